"""Finding anything by part of a name, digits of a phone, or an e-mail: one folded index on both engines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise

from zvans.core import bulk, organisation, phones
from zvans.core.models import SearchEntry
from zvans.core.registry import Registry

if TYPE_CHECKING:
    from zvans.team.models import User


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
    private: Callable[[Any], Iterable[str]] = lambda _record: ()
    sees_private: Callable[[User], bool] = lambda _user: False
    icon: str = "search"
    order: int = 0
    follows: Mapping[str, Callable[[list[Any]], Iterable[Any]]] = field(default_factory=dict)


kinds: Registry[Kind] = Registry()

_CANDIDATES = 200


# Two spellings of a sound in Latin letters are one: Khulan and Hulan, Zhanna and Janna.
_SOUNDS = (("kh", "h"), ("zh", "j"), ("ii", "i"), ("iy", "i"))
_WORD = re.compile(r"[a-z0-9@.+_-]+")


def fold(text: str) -> str:
    """``text`` without case, accents or script, as words after a space each: `` anna berzina``."""
    plain = anyascii(unicodedata.normalize("NFC", text)).lower().replace("'", "")
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
    content_type = ContentType.objects.get_for_model(kind.model)
    bulk.insert(
        SearchEntry,
        ("subject_type_id", "subject_id", "words", "private"),
        (
            (content_type.pk, record.pk, _folded(kind.words(record)), _folded(kind.private(record)))
            for record in records
        ),
        replace=(("subject_type_id", "subject_id"), ("words", "private")),
    )
    for follower in kinds:
        if kind.name in follower.follows:
            index_many(follower.follows[kind.name](records))


def matching(kind: Kind, query: str, *, private: bool) -> QuerySet[SearchEntry]:
    """The entries of one kind that hold every word of the query; none when it is shorter than two letters.

    A word of three letters or more is found anywhere in a word, one of two at the beginning. Digits with
    the usual marks between them are one number.
    """
    entries = SearchEntry.objects.filter(subject_type=ContentType.objects.get_for_model(kind.model))
    terms = _terms(query)
    if not terms:
        return entries.none()
    if connection.vendor == "sqlite":
        index = RawSQL(
            "SELECT rowid FROM core_search WHERE core_search MATCH %s", [_match_expression(terms, private=private)]
        )
        return entries.filter(pk__in=index)
    columns = ("words", "private") if private else ("words",)
    for readings in terms:
        conditions = (Q(**{f"{column}__contains": reading}) for column in columns for reading in readings)
        entries = entries.filter(reduce(or_, conditions))
    return entries


def found(user: User, kind: Kind, query: str) -> QuerySet[Any]:
    """The objects of one kind that the query finds and the user may see, in no order; for lists."""
    entries = matching(kind, query, private=kind.sees_private(user))
    return kind.visible(user).filter(pk__in=entries.values("subject_id"))


def best(user: User, kind: Kind, query: str, limit: int) -> list[Any]:
    """A few of what the query finds, whole words first; for the search box.

    The index is read only until ``_CANDIDATES`` hits; when the user may see too few of those, it is read whole.
    """
    entries = matching(kind, query, private=kind.sees_private(user)).order_by()
    hits = dict(entries.values_list("subject_id", "words")[:_CANDIDATES])
    records = list(kind.visible(user).filter(pk__in=hits).order_by())
    if len(records) < limit and len(hits) == _CANDIDATES:
        records = list(found(user, kind, query).order_by()[:limit])
    words = set(fold(query).split())
    return sorted(records, key=lambda record: -len(words & set(hits.get(record.pk, "").split())))[:limit]


def _folded(texts: Iterable[str]) -> str:
    return "".join(dict.fromkeys(fold(text) for text in texts if text))


_NUMBER = re.compile(r"^[+(]?\d[\d\s()/.-]{2,}$")


def _terms(query: str) -> list[list[str]]:
    """The words that an entry must hold, each with the ways it may be written in the index."""
    query = query.strip()
    if _NUMBER.match(query):
        return [phones.readings(query, organisation.current().country)]
    words = fold(query).split()
    return [[word if len(word) > 2 else f" {word}"] for word in words if len(word) > 1]


def _match_expression(terms: list[list[str]], *, private: bool) -> str:
    columns = "{words private}" if private else "{words}"
    either = (" OR ".join(f'"{reading}"' for reading in readings) for readings in terms)
    return " AND ".join(f"{columns} : ({term})" for term in either)
