"""What a row of a spreadsheet may hold beside the person: the apps above register deals, enrolments, payments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from zvans.core.actors import Actor
from zvans.core.registry import Registry
from zvans.people.models import Client


@dataclass(frozen=True)
class Field:
    """A column's meaning.

    Args:
        name: "deal.price".
        kind: how its cells are read, see ``cells``: "text", "money" (an ``Amount``), "date", "time",
            "status" (a ``Status``), "method" (a ``Payment.Method`` value).
        headings: how people head such a column, as they write it, in the languages that ``words`` knows.
        many: whether several columns may hold it.
    """

    name: str
    label: str | Promise
    kind: str
    headings: Sequence[str]
    many: bool = False


@dataclass(frozen=True)
class Row:
    """One row ready to be written: whose it is, and what was read of the target's fields.

    ``values`` holds, by field name, a list of what ``cells`` read in each column of the field; fields that were
    empty are absent. ``mapped`` names the fields that the sheet has a column for. ``client`` pays, ``student``
    studies (mostly the same person).
    """

    number: int
    client: Client
    student: Client
    values: dict[str, list[Any]]
    mapped: frozenset[str] = frozenset()
    manager_id: int | None = None
    branch_id: int | None = None
    source_id: int | None = None


@dataclass
class Outcome:
    """What became of a batch.

    Args:
        counts: how many records of each kind it made ("deals_created").
        problems: what could not be done: (row, field, value, why).
        shown: what was made of the row of that number, in a few words for the preview.
    """

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)
    shown: Callable[[int], str] = lambda _row: ""


@dataclass(frozen=True)
class Target:
    """Something that rows may open.

    Args:
        write: writes a batch of rows (some hundreds) within the importer's transaction, in a fixed number of
            queries a batch, every event with the actor's ``batch``.
        undo: takes back what the actor's batch made; it returns how many records of each kind it took back
            ("deals_archived"), and how many it left alone because people have worked with them since ("deals_kept").
    """

    name: str
    label: str | Promise
    fields: Sequence[Field]
    write: Callable[[Actor, Sequence[Row]], Outcome]
    undo: Callable[[Actor], dict[str, int]]
    order: int = 0


targets: Registry[Target] = Registry()
