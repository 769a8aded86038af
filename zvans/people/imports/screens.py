"""What the screen of an import shows: its columns, each with samples and the choice of what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise

from zvans.people.imports import fields
from zvans.people.imports.cells.plain import text_of
from zvans.people.imports.layout import Table
from zvans.people.imports.rows import letter
from zvans.people.imports.run import Part, Plan

_SAMPLES = 3


@dataclass(frozen=True)
class ColumnChoice:
    """A column as the screen offers it.

    Args:
        name: of the form's field.
        unsure: our guess is worth a look.
    """

    name: str
    heading: str
    samples: list[str]
    chosen: str
    unsure: bool


@dataclass(frozen=True)
class SheetChoice:
    name: str
    rows: int
    holds_people: bool
    is_chosen: bool


def columns_of(plan: Plan) -> list[tuple[str, list[ColumnChoice]]]:
    """The columns of each sheet that is brought in; empty ones are left out."""
    return [(part.table.name, list(_columns(place, part))) for place, part in enumerate(plan.parts)]


def sheets_of(plan: Plan) -> list[SheetChoice]:
    chosen = {part.table.name for part in plan.parts}
    return [SheetChoice(t.name, len(t.lines), t.holds_people, t.name in chosen) for t in plan.tables]


def chosen_mapping(posted: Mapping[str, str], plan: Plan) -> dict[str, dict[str, str]]:
    """The mapping that the form says; fields that there are not are left as guessed."""
    every = {*fields.every_field(), fields.SKIP}
    mapping: dict[str, dict[str, str]] = {}
    for place, part in enumerate(plan.parts):
        told = {str(i): posted[n] for i in range(len(part.table.headings)) if (n := _name(place, i)) in posted}
        mapping[part.table.name] = {index: name for index, name in told.items() if name in every}
    return mapping


def options() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    return fields.choices()


def _columns(place: int, part: Part) -> list[ColumnChoice]:
    found = []
    for index, heading in enumerate(part.table.headings):
        samples = _samples(part.table, index)
        if not samples and not heading:
            continue
        chosen = part.mapping.get(index, fields.SKIP)
        guess = part.table.guesses.get(index)
        unsure = bool(samples) and (chosen == fields.KEEP or (guess is not None and guess.confidence < 0.5))
        found.append(ColumnChoice(_name(place, index), heading or letter(index), samples, chosen, unsure))
    return found


def _samples(table: Table, index: int) -> list[str]:
    texts = (text_of(line.cells[index]) for line in table.lines[:200] if index < len(line.cells))
    return [text[:60] for text in islice(dict.fromkeys(filter(None, texts)), _SAMPLES)]


def _name(place: int, index: int) -> str:
    return f"column-{place}-{index}"
