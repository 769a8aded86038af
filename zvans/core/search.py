"""Finding anything by part of a name, digits of a phone, or an e-mail: one folded index on both engines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat, StrIndex
from django.utils.functional import Promise

from zvans.core import bulk, organisation, phones
from zvans.core.candidates import OF_EACH, Candidate, Term, candidates, match_expression, number, numbers
from zvans.core.models import SearchEntry
from zvans.core.registry import Registry

if TYPE_CHECKING:
    from zvans.team.models import User


def _no_words(_record: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of object that the search box finds.

    Args:
        name: the model's label, "people.client".
        heading: over its results.
        words: what anyone who may see the object finds it by.
        visible: the objects that a user may see.
        row: the template that shows one result; the object is ``found``.
        private: what only users for whom ``sees_private`` holds find it by.
        follows: kinds whose words stand in these too (a client's name in a deal's), each with the objects to
            index again when records of that kind are.
    """

    name: str
    model: type[models.Model]
    heading: str | Promise
    words: Callable[[Any], Iterable[str]]
    visible: Callable[[User], QuerySet[Any]]
    row: str
    private: Callable[[Any], Iterable[str]] = _no_words
    sees_private: Callable[[User], bool] = lambda _user: False
    icon: str = "search"
    order: int = 0
    follows: Mapping[str, Callable[[list[Any]], Iterable[Any]]] = field(default_factory=dict)

    def hides_nothing(self, user: User) -> bool:
        """Whether the user may find by all the words that there are."""
        return self.private is _no_words or self.sees_private(user)


kinds: Registry[Kind] = Registry()

# Two spellings of a sound in Latin letters are one: Khulan and Hulan, Zhanna and Janna.
_SOUNDS = (("kh", "h"), ("zh", "j"), ("ii", "i"), ("iy", "i"))
_WORD = re.compile(r"[a-z0-9@.+_-]+")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """``text`` without case, accents or script, as words after a space each: `` anna berzina``."""
    plain = text if text.isascii() else anyascii(unicodedata.normalize("NFC", text))
    plain = plain.lower().replace("'", "")
    for spelling, sound in _SOUNDS:
        plain = plain.replace(spelling, sound)
    return "".join(f" {word}" for word in _WORD.findall(plain))


def index(record: models.Model) -> None:
    """Bring the record's search entry up to date; part of the command that changed the record."""
    index_many([record])


def index_many(records: Iterable[models.Model]) -> None:
    """As ``index``, for many records of one model."""
    records = list(records)
    if not records:
        return
    kind = kinds[records[0]._meta.label_lower]
    content_type = _content_type(kind)
    bulk.insert(
        SearchEntry,
        ("id", "subject_type_id", "subject_id", "words", "private"),
        (
            (
                number(content_type, record.pk),
                content_type,
                record.pk,
                _folded(kind.words(record)),
                _folded(kind.private(record)),
            )
            for record in records
        ),
        replace=(("id",), ("words", "private")),
    )
    for follower in kinds:
        if kind.name in follower.follows:
            index_many(follower.follows[kind.name](records))


def matching(kind: Kind, query: str, *, private: bool) -> QuerySet[SearchEntry]:
    """The entries of one kind that hold every word of the query; none when it is shorter than two letters.

    A word of three letters or more is found anywhere in a word, one of two at the beginning. Digits with
    the usual marks between them are one number.
    """
    first, last = numbers(_content_type(kind))
    entries = SearchEntry.objects.filter(pk__gte=first, pk__lte=last)
    terms = _terms(query)
    if not terms:
        return entries.none()
    if connection.vendor == "sqlite":
        index = RawSQL(
            "SELECT rowid FROM core_search WHERE core_search MATCH %s AND rowid BETWEEN %s AND %s",
            [match_expression([term.anywhere for term in terms], private=private), first, last],
        )
        entries = entries.filter(pk__in=index)
        terms = [term for term in terms if any(reading.asked != reading.held for reading in term.anywhere)]
    return entries.filter(*_held(terms, private=private))


def found(user: User, kind: Kind, query: str) -> QuerySet[Any]:
    """The objects of one kind that the query finds and the user may see, in no order; for lists."""
    entries = matching(kind, query, private=kind.sees_private(user))
    return kind.visible(user).filter(pk__in=entries.values("subject_id"))


def best(user: User, kind: Kind, query: str, limit: int) -> list[Any]:
    """A few objects of one kind that the query finds and the user may see, best first; for fields with choices."""
    return best_of_each(user, [kind], query, limit)[0][1]


def best_of_each(user: User, kinds: Iterable[Kind], query: str, limit: int) -> list[tuple[Kind, list[Any]]]:
    """As ``best``, for several kinds; for the search box.

    Whole words come first, then beginnings of words, then the rest; among equals those that begin with the query.
    """
    terms = _terms(query)
    if not terms:
        return [(kind, []) for kind in kinds]
    by_type = {_content_type(kind): kind for kind in kinds}
    hits = candidates(terms, {key: kind.hides_nothing(user) for key, kind in by_type.items()})
    return [(kind, _seen(user, kind, terms, hits[key], limit)) for key, kind in by_type.items()]


def _seen(user: User, kind: Kind, terms: list[Term], hits: list[Candidate], limit: int) -> list[Any]:
    """The best that the user may see; when there are too few among the candidates, any of what the user may see."""
    if not hits:
        return []
    ranked = [hit.subject for hit in sorted(hits, key=partial(_rank, terms))[:OF_EACH]]
    place = StrIndex(
        Value("".join(f",{key}" for key in ranked) + ","),
        Concat(Value(","), Cast("pk", CharField()), Value(","), output_field=CharField()),
    )
    records = list(kind.visible(user).filter(pk__in=ranked).order_by(place)[:limit])
    if len(records) < limit and len(hits) >= OF_EACH:
        entry = SearchEntry.objects.filter(
            *_held(terms, private=kind.sees_private(user)), pk=OuterRef("pk") + number(_content_type(kind), 0)
        )
        records += (
            kind.visible(user)
            .exclude(pk__in=[record.pk for record in records])
            .filter(Exists(entry))
            .order_by()[: limit - len(records)]
        )
    return records


def _rank(terms: list[Term], hit: Candidate) -> tuple[int, int, str, int]:
    begins = min((hit.text.find(reading.held) for reading in terms[0].anywhere if reading.held in hit.text), default=0)
    return sum(term.distance(hit.text) for term in terms), begins, hit.text, hit.subject


def _held(terms: Iterable[Term], *, private: bool) -> list[Q]:
    """Conditions on an entry: one reading of each term is in it."""
    columns = ("words", "private") if private else ("words",)
    return [
        reduce(or_, (Q((f"{column}__contains", reading.held)) for column in columns for reading in term.anywhere))
        for term in terms
    ]


def _content_type(kind: Kind) -> int:
    return ContentType.objects.get_for_model(kind.model).pk


def _folded(texts: Iterable[str]) -> str:
    """The words of all the texts, with a space on each side of a word."""
    words = "".join(dict.fromkeys(fold(text) for text in texts if text))
    return f"{words} " if words else ""


_NUMBER = re.compile(r"^[+(]?\d[\d\s()/.-]{2,}$")


def _terms(query: str) -> list[Term]:
    """The words and numbers that an entry must hold."""
    query = query.strip()
    if _NUMBER.match(query):
        country = organisation.current().country
        return [Term.of_number(phones.readings(query, country), phones.calling_code(country))]
    return [Term.of_word(word) for word in dict.fromkeys(fold(query).split()) if len(word) > 1]
