"""A row of a table as what it says: a person, their parents, and what else the targets make of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any

import phonenumbers
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import phones
from zvans.people.imports import fields, words
from zvans.people.imports.cells.amounts import country_of_currency, read_amount
from zvans.people.imports.cells.contacts import Reached, emails_in, is_relation, number_of, numbers_of, phones_in
from zvans.people.imports.cells.dates import DateStyle, read_date, read_time, style_of
from zvans.people.imports.cells.methods import read_method
from zvans.people.imports.cells.names import Name, NameOrder, order_of, proper, read_name
from zvans.people.imports.cells.plain import Cell, is_none, text_of
from zvans.people.imports.cells.statuses import read_status
from zvans.people.imports.layout import Line, Table
from zvans.people.imports.words import key
from zvans.people.models import ContactPoint, FamilyTie

_LEARN_FROM = 3000
PHONE, EMAIL, MESSENGER = ContactPoint.Kind.PHONE, ContactPoint.Kind.EMAIL, ContactPoint.Kind.MESSENGER


@dataclass(frozen=True)
class Problem:
    """A cell that could not be read, and a sentence that says why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Point:
    """A way to reach a person: as ``ContactPoint`` keeps it."""

    kind: str
    value: str
    typed: str = ""
    label: str = ""
    whose: str = ""


@dataclass
class Person:
    """A client as a row has them."""

    name: Name
    birthday: date | None = None
    points: list[Point] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Relative:
    person: Person
    kind: str = FamilyTie.Kind.PARENT


@dataclass
class Draft:
    """What one row says; ``values`` are the targets' fields."""

    number: int
    person: Person
    relatives: list[Relative] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    source: str = ""
    manager: str = ""
    branch: str = ""
    tags: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table; what is ambiguous in a cell it has decided for the whole column.

    Args:
        mapping: the field of each column.
        country: whose phones go without a country code, unless the numbers speak for another.
        currency: of the amounts.
    """

    def __init__(self, table: Table, mapping: dict[int, str], *, country: str, currency: str) -> None:
        self.table = table
        self.mapping = {index: name for index, name in mapping.items() if name}
        self.mapped = frozenset(self.mapping.values())
        self.currency = currency
        every = fields.every_field()
        self.kinds = {name: every[name].kind for name in self.mapped if name in every}
        self.language = words.language_of(table.headings)
        self.country = country_of(table, self.mapping, country, self.language)
        self.today = timezone.localdate()
        self.reasons = {
            "date": _("This is no date that can be read."),
            "time": _("This is no time that can be read."),
            "money": _("This is no amount that can be read."),
            "status": _("It is not clear from this where the client stands."),
        }
        learned = table.lines[:_LEARN_FROM]
        self.styles = {
            index: style_of(
                (_cell(line, index) for line in learned),
                past=name == fields.BIRTHDAY,
                today=self.today,
                country=self.country,
            )
            for index, name in self.mapping.items()
            if self.kinds.get(name) == "date"
        }
        self.readers = {
            index: self._reader(self.kinds.get(name, "text"), index) for index, name in self.mapping.items()
        }
        self.order = self._name_order(learned)

    def heading(self, index: int) -> str:
        """The column's heading, or its letter as a spreadsheet shows it."""
        return self.table.headings[index] or letter(index)

    def read(self, line: Line) -> Draft:
        draft = Draft(line.number, Person(Name()))
        parent_points: list[Point] = []
        for index, name in self.mapping.items():
            text = text_of(_cell(line, index))
            if not text or (is_none(text) and self.kinds.get(name) != "money"):
                continue
            if name in (fields.PARENT_PHONE, fields.PARENT_EMAIL):
                parent_points += self._points(draft, index, text, name)
            else:
                self._read_cell(draft, index, name, _cell(line, index), text)
        self._give_to_parent(draft, parent_points)
        self._name_the_nameless(draft)
        return draft

    def _read_cell(self, draft: Draft, index: int, name: str, cell: Cell, text: str) -> None:
        person = draft.person
        if name in (fields.NAME, fields.GIVEN, fields.FAMILY, fields.PATRONYMIC):
            self._read_name(draft, name, text)
        elif name in (fields.PHONE, fields.EMAIL):
            person.points += self._points(draft, index, text, name)
        elif name == fields.MESSENGER:
            person.points.append(self._messenger(index, text))
        elif name == fields.PARENT:
            self._read_parents(draft, index, text)
        elif name in (fields.SOURCE, fields.REFERRED_BY):
            self._read_source(draft, name, index, text)
        elif name == fields.NOTE:
            person.notes.append(text)
        elif name == fields.KEEP:
            person.notes.append(f"{self.heading(index)}: {text}")
        else:
            self._read_fact(draft, index, name, cell, text)

    def _read_fact(self, draft: Draft, index: int, name: str, cell: Cell, text: str) -> None:
        if name == fields.BIRTHDAY:
            day = self.readers[index](cell)
            if day is None:
                self._cannot(draft, index, text, _("This is no date of birth that can be read."))
            draft.person.birthday = draft.person.birthday or day
        elif name == fields.MANAGER:
            draft.manager = text
        elif name == fields.BRANCH:
            draft.branch = text
        elif name == fields.TAG:
            draft.tags += [tag.strip()[:40] for tag in re.split(r"[,;\n]", text) if tag.strip()]
        else:
            self._read_value(draft, index, name, cell, text)

    def _read_value(self, draft: Draft, index: int, name: str, cell: Cell, text: str) -> None:
        """A cell of a target's field."""
        kind = self.kinds.get(name, "text")
        value = self.readers[index](cell if kind in ("date", "time", "money") else text)
        if value is not None:
            draft.values.setdefault(name, []).append(value)
        elif kind in self.reasons:
            self._cannot(draft, index, text, self.reasons[kind])
        else:
            draft.person.notes.append(f"{self.heading(index)}: {text}")

    def _reader(self, kind: str, index: int) -> Callable[[Any], Any]:
        """What reads the cells of a column; the same few stand in most of its rows, so that they are kept."""
        readers: dict[str, Callable[[Any], Any]] = {
            "date": partial(read_date, style=self.styles.get(index, DateStyle(today=self.today))),
            "money": partial(read_amount, currency=self.currency),
            "time": read_time,
            "status": read_status,
            "method": read_method,
        }
        return lru_cache(maxsize=4096, typed=True)(readers[kind]) if kind in readers else str

    def _read_name(self, draft: Draft, name: str, text: str) -> None:
        person, held = draft.person, draft.person.name
        if name == fields.NAME:
            found, rest = numbers_of(text, self.country) if sum(c.isdigit() for c in text) > 5 else ([], text)
            person.points += [_point(PHONE, reached) for reached in found]
            read = read_name(rest, self.order)
            if not held:
                person.name = read
            if read.title or read.remark:
                person.notes += filter(None, (read.title, read.remark))
            return
        part = " ".join(proper(word) for word in text.split())
        given, family, patronymic = held.given, held.family, held.patronymic
        if name == fields.GIVEN:
            given = part
        elif name == fields.FAMILY:
            family = part
        else:
            patronymic = part
        person.name = Name(given, family, patronymic)

    def _points(self, draft: Draft, index: int, text: str, name: str) -> list[Point]:
        """The phones and e-mails of a cell; either may stand in the other's column."""
        found: list[Point] = []
        addresses = [reached for reached in emails_in(text) if reached.readable] if "@" in text else []
        if addresses and name in (fields.PHONE, fields.PARENT_PHONE):
            found += [_point(EMAIL, reached) for reached in addresses]
            text = re.sub(r"\S*\s?@\s?\S+", " ", text).strip(" ,;/|\n")
        if name in (fields.EMAIL, fields.PARENT_EMAIL):
            reached_all = emails_in(text)
            if not addresses and (numbers := [r for r in phones_in(text, self.country) if r.readable]):
                return [_point(PHONE, reached) for reached in numbers]
            kind, reason = EMAIL, _("This is no e-mail address; it is kept as it is written.")
        else:
            reached_all = phones_in(text, self.country)
            kind, reason = PHONE, _("This is no phone number that exists; it is kept as it is written.")
        for reached in reached_all:
            if not reached.readable:
                draft.problems.append(Problem(draft.number, self.heading(index), reached.value[:200], reason))
            found.append(_point(kind, reached))
        return found

    def _messenger(self, index: int, text: str) -> Point:
        number = number_of(text, self.country)
        if number:
            return Point(PHONE, number, label=self.heading(index)[:40])
        return Point(MESSENGER, text[:254], label=self.heading(index)[:40])

    def _read_parents(self, draft: Draft, index: int, text: str) -> None:
        for piece in _pieces(text):
            addresses = [reached for reached in emails_in(piece) if reached.readable] if "@" in piece else []
            numbers, rest = numbers_of(re.sub(r"\S*\s?@\s?\S+", " ", piece), self.country)
            points = [_point(PHONE, reached) for reached in numbers] + [_point(EMAIL, reached) for reached in addresses]
            relation = [word for word in re.findall(r"[^\W\d_]+", rest) if is_relation(word)]
            bare = re.sub(r"[()\[\]:,;]", " ", rest)
            bare = " ".join(word for word in bare.split() if word.strip(".-") not in relation).strip(" .-–")
            name = read_name(bare, self.order) if re.search(r"[^\W\d_]{2}", bare) else Name()
            if not name:
                whose = (" ".join(relation) or self.heading(index))[:80]
                draft.person.points += [Point(p.kind, p.value, p.typed, p.label, whose) for p in points]
                if not points:
                    draft.person.notes.append(f"{self.heading(index)}: {piece}")
                continue
            notes = [rest] if name.remark and not relation else []
            draft.relatives.append(Relative(Person(name, points=points, notes=notes), _relation(relation, name)))

    def _give_to_parent(self, draft: Draft, points: list[Point]) -> None:
        if points and draft.relatives:
            draft.relatives[0].person.points += points
        else:
            draft.person.points += [Point(p.kind, p.value, p.typed, p.label, p.whose or _("parent")) for p in points]
        own = _name_key(draft.person.name)
        for relative in list(draft.relatives):
            if own and _name_key(relative.person.name) == own:  # "the payer" names the client themself
                draft.person.points += relative.person.points
                draft.relatives.remove(relative)

    def _name_the_nameless(self, draft: Draft) -> None:
        person = draft.person
        if person.name:
            return
        if draft.relatives and not person.points:
            first = draft.relatives.pop(0)
            first.person.notes += person.notes
            draft.person = first.person
        elif person.points:
            shown = [phones.display(p.value, self.country) if p.kind == PHONE else p.value for p in person.points]
            person.name = Name(given=shown[0][:120])
        else:
            return
        reason = _("The row has no name; the client is called “%(name)s” for now.") % {"name": draft.person.name.given}
        draft.problems.append(Problem(draft.number, self._name_heading(), "", reason))

    def _read_source(self, draft: Draft, name: str, index: int, text: str) -> None:
        recommender = words.recommender(text)
        if name == fields.REFERRED_BY or recommender is not None:
            draft.source = draft.source or words.RECOMMENDATION
            draft.person.notes.append(f"{self.heading(index)}: {text}")
        else:
            draft.source = words.source(text)

    def _cannot(self, draft: Draft, index: int, text: str, reason: str) -> None:
        draft.person.notes.append(f"{self.heading(index)}: {text}")
        draft.problems.append(Problem(draft.number, self.heading(index), text[:200], reason))

    def _name_heading(self) -> str:
        named = (fields.NAME, fields.GIVEN, fields.FAMILY)
        return next((self.heading(index) for index, name in self.mapping.items() if name in named), "")

    def _name_order(self, lines: Sequence[Line]) -> NameOrder:
        at = next((index for index, name in self.mapping.items() if name == fields.NAME), None)
        if at is None:
            return NameOrder()
        return order_of(
            [text_of(_cell(line, at)) for line in lines],
            hint=words.family_first(self.table.headings[at]),
            language=self.language or {"HU": "hu"}.get(self.country, ""),
        )


def country_of(table: Table, mapping: dict[int, str], home: str, language: str) -> str:
    """The country whose phones the table has without their country code: home, unless they are another's."""
    at = [index for index, name in mapping.items() if name in (fields.PHONE, fields.PARENT_PHONE)]
    texts = [text for line in table.lines[:400] for index in at if (text := text_of(_cell(line, index)))]
    pieces = [
        piece.strip()
        for text in texts
        for piece in re.split(r"[,;\n]|\s/\s", text)
        if sum(c.isdigit() for c in piece) > 5
    ]
    abroad = Counter(region for piece in pieces if (region := _region(piece)))
    local = [piece for piece in pieces if not number_of(piece, "ZZ")]
    marks = [country_of_currency(heading) for heading in table.headings]
    likely = [home, *abroad, *filter(None, marks), words.COUNTRY_OF_LANGUAGE.get(language, "")]
    candidates = list(dict.fromkeys(country for country in likely if country))
    if not local or not candidates:
        return home or (abroad.most_common(1)[0][0] if abroad else candidates[0] if candidates else "")
    readable = {country: sum(bool(number_of(piece, country)) for piece in local) for country in candidates}
    best = max(candidates, key=lambda country: readable[country])
    return home if home and readable[home] * 10 >= readable[best] * 9 and readable[home] else best


def letter(index: int) -> str:
    """The name of a column in a spreadsheet: A, B … Z, AA."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _region(text: str) -> str:
    number = number_of(text, "ZZ")
    if not number:
        return ""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""


def _cell(line: Line, index: int) -> Cell:
    return line.cells[index] if index < len(line.cells) else None


def _point(kind: str, reached: Reached) -> Point:
    value = reached.value[:254]
    return Point(kind, value, "" if reached.readable else value, reached.label, reached.whose)


def _pieces(text: str) -> list[str]:
    """The cell cut where it speaks of several people, each with letters of their own."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]|\s/\s", text) if piece.strip()]
    by_comma = [piece.strip() for piece in text.split(",")]
    if len(pieces) == 1 and len(by_comma) > 1 and all(_names_and_reaches(piece) for piece in by_comma):
        return by_comma
    return pieces if all(re.search(r"[^\W\d_]{2}", piece) for piece in pieces) else [text.replace("\n", ", ")]


def _names_and_reaches(piece: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", piece)) and sum(c.isdigit() for c in piece) > 5


def _relation(said: Sequence[str], name: Name) -> str:
    if name.is_firm:
        return FamilyTie.Kind.EMPLOYER
    for known, kind in ((words.PARTNER, FamilyTie.Kind.PARTNER), (words.SIBLING, FamilyTie.Kind.SIBLING)):
        if any(key(word) in known for word in said):
            return kind
    return FamilyTie.Kind.PARENT


def _name_key(name: Name) -> tuple[str, ...]:
    return tuple(sorted(key(f"{name.given} {name.family}").split()))
