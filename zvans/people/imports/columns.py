"""What each column is, guessed from its heading and its values."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from django.utils import timezone

from zvans.people.imports import fields
from zvans.people.imports.cells.amounts import currency_of, read_amount
from zvans.people.imports.cells.contacts import number_of as phone_of
from zvans.people.imports.cells.dates import DateStyle, read_date, read_time
from zvans.people.imports.cells.names import looks_like_name
from zvans.people.imports.cells.plain import Cell, is_none, text_of
from zvans.people.imports.cells.statuses import Standing, read_status
from zvans.people.imports.given_names import GIVEN
from zvans.people.imports.targets import Field
from zvans.people.imports.words import PARENTS, key, keys

_SAMPLE = 400
# A heading may be understood so; the better of two fits wins, then the field that stands first here.
_RANK = (
    fields.BIRTHDAY, fields.PARENT_PHONE, fields.PARENT_EMAIL, "deal.paid_on", "deal.method", "deal.balance", "deal.discount",
    "deal.paid", "deal.price", "deal.status", fields.PHONE, fields.EMAIL, "deal.applied_on", "deal.starts_on", "deal.time", fields.REFERRED_BY,
    fields.SOURCE, fields.MANAGER, fields.PARENT, "deal.group", "deal.service", "deal.program", "deal.specialist", fields.FAMILY, fields.PATRONYMIC,
    fields.NAME, fields.GIVEN,
)  # fmt: skip
_COUNTRIES = ("LV", "HU", "MN", "TZ", "KE", "RU", "GB", "US")


@dataclass(frozen=True)
class Guess:
    """What a column is taken for, and how surely (0 to 1)."""

    field: str
    confidence: float


@dataclass(frozen=True)
class Profile:
    """What the values of a column look like: the share of its filled cells of each kind."""

    filled: int
    phone: float = 0
    email: float = 0
    date: float = 0
    serial: float = 0
    name: float = 0
    two_words: float = 0
    given: float = 0
    status: float = 0
    money: float = 0
    marked_money: float = 0
    time: float = 0
    distinct: float = 0
    counts_up: bool = False
    median_year: int = 0


def profile(cells: Sequence[Cell], countries: Sequence[str]) -> Profile:
    held = [cell for cell in cells if not is_none(text_of(cell))][:_SAMPLE]
    texts = [text_of(cell) for cell in held]
    total = len(held)
    if not total:
        return Profile(0)
    style = DateStyle(today=timezone.localdate())
    years = [day.year for cell in held if not _is_plain_number(cell) and (day := read_date(cell, style))]
    names = [text for text in texts if looks_like_name(text)]
    numbers = [int(text) for text in texts if text.rstrip(".").isdigit() and len(text) < 7]
    statuses = [status for text in texts if (status := read_status(text)) and status.standing != Standing.NEW]
    return Profile(
        filled=total,
        phone=sum(_is_phone(text, countries) for text in texts) / total,
        email=sum("@" in text for text in texts) / total,
        date=len(years) / total,
        serial=sum(_is_serial(cell) for cell in held) / total,
        name=len(names) / total,
        two_words=sum(len(name.split()) > 1 for name in names) / total,
        given=sum(any(word in GIVEN for word in key(name).split()) for name in names) / total,
        status=len(statuses) / total,
        money=sum(read_amount(cell, "EUR") is not None for cell in held) / total,
        marked_money=sum(bool(currency_of(text)) and any(c.isdigit() for c in text) for text in texts) / total,
        time=sum(read_time(cell) is not None and ":" in text_of(cell) for cell in held) / total,
        distinct=len(set(texts)) / total,
        counts_up=len(numbers) == total
        and total > 2
        and all(b > a for a, b in itertools.pairwise(numbers))
        and numbers[-1] - numbers[0] < 3 * total,
        median_year=int(median(years)) if years else 0,
    )


def guess(headings: Sequence[str], columns: Sequence[Sequence[Cell]], country: str) -> dict[int, Guess]:
    """What each column is. A field that only one column may hold goes to the column that fits best."""
    every = fields.every_field()
    countries = tuple(dict.fromkeys([country, *_COUNTRIES]))
    profiles = [profile(column, countries) for column in columns]
    wanted = sorted(
        (
            (score, -_rank(name), -index, name)
            for index, heading in enumerate(headings)
            for name, score in understood(heading).items()
            if fits(name, profiles[index])
        ),
        reverse=True,
    )
    found: dict[int, Guess] = {}
    taken: set[str] = set()
    for score, _order, negative, name in wanted:
        index = -negative
        if index in found or (name in taken and not every[name].many):
            continue
        found[index] = Guess(name, min(1.0, score / 12))
        taken.add(name)
    for index, heading in enumerate(headings):
        if index not in found:
            found[index] = _by_values(heading, profiles[index], taken, every)
            taken.add(found[index].field)
    _settle_names(found, profiles, headings)
    return found


def understood(heading: str) -> Mapping[str, float]:
    """The fields that a heading may mean, with how well it fits: 12 when it is one of their very words."""
    return _understood(key(_without_currency(heading)))


def is_known(heading: str) -> bool:
    words = key(_without_currency(heading))
    return bool(words) and (words in _numbers() or any(score >= 7 for score in _understood(words).values()))


def fits(field: str, seen: Profile) -> bool:
    """Whether the values don't speak against what the heading says."""
    check = _FITTING.get(field)
    return check is None or seen.filled == 0 or check(seen)


def _may_be_phones(seen: Profile) -> bool:
    return seen.phone >= 0.2 or (seen.email < 0.5 and seen.name < 0.5 and seen.date < 0.6)


def _may_be_words(seen: Profile) -> bool:
    return seen.phone < 0.5 and seen.email < 0.5 and seen.date < 0.7


_FITTING: dict[str, Callable[[Profile], bool]] = {
    fields.PHONE: _may_be_phones,
    fields.PARENT_PHONE: _may_be_phones,
    fields.EMAIL: lambda seen: seen.email >= 0.2,
    fields.PARENT_EMAIL: lambda seen: seen.email >= 0.2,
    fields.NAME: lambda seen: seen.name >= 0.3 and seen.phone < 0.5,
    **dict.fromkeys((fields.GIVEN, fields.FAMILY, fields.PATRONYMIC), lambda seen: seen.name >= 0.3),
    fields.PARENT: lambda seen: seen.date < 0.5 and seen.money < 0.9,
    **dict.fromkeys(
        (fields.BIRTHDAY, "deal.applied_on", "deal.starts_on", "deal.paid_on"),
        lambda seen: seen.date + seen.serial >= 0.3,
    ),
    "deal.time": lambda seen: seen.name < 0.5,
    **dict.fromkeys(("deal.price", "deal.paid", "deal.balance"), lambda seen: seen.money >= 0.4),
    **dict.fromkeys(
        (fields.MANAGER, fields.REFERRED_BY, fields.SOURCE, "deal.program", "deal.service", "deal.specialist"),
        _may_be_words,
    ),
}


@lru_cache(maxsize=2000)
def _understood(words: str) -> dict[str, float]:
    if not words:
        return {}
    found: dict[str, float] = {}
    for name, synonyms in _synonyms().items():
        best = max((_fit(words, synonym) for synonym in synonyms), default=0.0)
        if best >= 4:
            found[name] = best
    parent = any(word in PARENTS or word.startswith(_parent_stems()) for word in words.split())
    for own, theirs in ((fields.PHONE, fields.PARENT_PHONE), (fields.EMAIL, fields.PARENT_EMAIL)):
        if parent and own in found:
            found[theirs] = found.pop(own) + 6
            found.pop(fields.PARENT, None)
    return found


def _fit(words: str, synonym: str) -> float:
    if words == synonym:
        return 12.0
    parts, wanted = words.split(), synonym.split()
    if f" {synonym} " in f" {words} ":
        return 7.0 + 2 * len(wanted) / len(parts) + 0.1 * len(wanted)
    if words.replace(" ", "") == synonym.replace(" ", ""):
        return 11.0
    if (
        len(wanted) == 1
        and len(synonym) >= 4
        and any(len(part) >= 4 and (part.startswith(synonym[:-1]) or synonym.startswith(part)) for part in parts)
    ):
        return 5.0 + 1 / len(parts)
    return 0.0


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    return {name: keys(*field.headings) for name, field in fields.every_field().items() if field.headings}


@lru_cache(maxsize=1)
def _numbers() -> frozenset[str]:
    return keys(fields.NUMBERS)


@lru_cache(maxsize=1)
def _parent_stems() -> tuple[str, ...]:
    return tuple(
        keys(
            "vecāk|mamm|mātes|tēva|parent|guardian|mother|father|szülő|gondvisel|anyja|anyuka|эцэг эх|ээжийн|аавын|эцэгэх|mzazi|mlezi|родител|мамы|папы|матери"
        )
    )


def _rank(name: str) -> int:
    return _RANK.index(name) if name in _RANK else len(_RANK)


def _by_values(heading: str, seen: Profile, taken: set[str], every: Mapping[str, Field]) -> Guess:
    """What a column is whose heading says nothing that we know."""
    if key(_without_currency(heading)) in _numbers() or (not heading and seen.counts_up):
        return Guess(fields.SKIP, 0.9)
    if seen.filled == 0:
        return Guess(fields.KEEP if heading else fields.SKIP, 0.5)
    if seen.email > 0.5:
        return Guess(fields.EMAIL, seen.email)
    if seen.phone > 0.6:
        return Guess(fields.PHONE, seen.phone)
    if not heading:
        guessed = _unheaded(seen, taken, every)
        if guessed:
            return guessed
    return Guess(fields.KEEP, 0.3)


def _unheaded(seen: Profile, taken: set[str], every: Mapping[str, Field]) -> Guess | None:
    today = timezone.localdate()
    checks = (
        (fields.BIRTHDAY, seen.date > 0.7 and seen.median_year < today.year - 8),
        ("deal.applied_on", seen.date > 0.7 and seen.median_year >= today.year - 8),
        ("deal.status", seen.status > 0.7 and seen.distinct < 0.5),
        (fields.NAME, seen.two_words > 0.6 and seen.given > 0.2 and seen.distinct > 0.3),
        ("deal.price", seen.marked_money > 0.5 or (seen.money > 0.95 and not seen.counts_up and seen.distinct < 0.5)),
    )
    return next((Guess(name, 0.6) for name, holds in checks if holds and name in every and name not in taken), None)


def _settle_names(found: dict[int, Guess], profiles: Sequence[Profile], headings: Sequence[str]) -> None:
    """One of whole name, or given name with family name; without any, the column that looks most like names."""
    at = {guess.field: index for index, guess in found.items()}
    halves = {fields.FAMILY, fields.PATRONYMIC} & at.keys()
    if fields.GIVEN in at and not halves and fields.NAME not in at:
        found[at[fields.GIVEN]] = Guess(fields.NAME, found[at[fields.GIVEN]].confidence)
    elif fields.NAME in at and halves and fields.GIVEN not in at:
        found[at[fields.NAME]] = Guess(fields.GIVEN, found[at[fields.NAME]].confidence)
    elif not {fields.NAME, fields.GIVEN, fields.FAMILY} & at.keys():
        free = [index for index, guess in found.items() if guess.field == fields.KEEP and profiles[index].name > 0.7]
        best = max(
            free,
            key=lambda index: (profiles[index].two_words, profiles[index].given, profiles[index].distinct),
            default=None,
        )
        if best is not None and (
            profiles[best].given > 0.2 or (profiles[best].two_words > 0.6 and profiles[best].distinct > 0.5)
        ):
            found[best] = Guess(fields.NAME, 0.5)
            _pair(found, profiles, headings, best)


def _pair(found: dict[int, Guess], profiles: Sequence[Profile], headings: Sequence[str], best: int) -> None:
    """Two columns of single words beside each other, without headings: a given and a family name."""
    if profiles[best].two_words > 0.4:
        return
    beside = [i for i in (best - 1, best + 1) if i in found and found[i].field == fields.KEEP and not headings[i]
              and profiles[i].name > 0.7 and profiles[i].distinct > 0.2]  # fmt: skip
    if beside:
        found[best], found[beside[0]] = Guess(fields.GIVEN, 0.5), Guess(fields.FAMILY, 0.5)


def _is_phone(text: str, countries: Sequence[str]) -> bool:
    digits = sum(character.isdigit() for character in text)
    if digits < 7 or digits > 40 or "@" in text or (not text.isdigit() and read_date(text, DateStyle())):
        return False
    piece = text.replace(";", ",").split(",")[0].split(" / ")[0].split("(v")[0]
    return any(phone_of(piece, country) for country in countries) or (
        digits >= 9 and text.lstrip().startswith(("+", "00"))
    )


def _is_serial(cell: Cell) -> bool:
    """Whether a plain number could be a date: a spreadsheet's day number, or ``20020131``."""
    text = text_of(cell)
    return text.isdigit() and ((len(text) == 5 and text[0] in "12345") or (len(text) == 8 and text[:2] in ("19", "20")))


def _is_plain_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _without_currency(heading: str) -> str:
    return (
        "".join(character for character in heading if character not in "€$£₮₽₸₴:*")
        .replace("(TZS)", "")
        .replace("EUR", "")
    )
