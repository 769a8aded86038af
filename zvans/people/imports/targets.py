"""What a row of a spreadsheet may hold beside the person: the apps above register deals, enrolments, payments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from zvans.core.actors import Actor
from zvans.core.registry import Registry
from zvans.people.models import Client
from zvans.team.models import Branch, User


@dataclass(frozen=True)
class Field:
    """A column's meaning.

    Args:
        name: "deal.price".
        kind: how its cells are read: "text", "money", "date", "status", "choice" — see ``cells``.
        headings: how people head such a column, in the five languages, folded by ``search.fold``.
    """

    name: str
    label: str | Promise
    kind: str
    headings: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One row ready to be written: whose it is, and what was read of the target's fields.

    ``values`` holds, by field name, what ``cells`` read: str, date, minor units…; fields that were empty are
    absent. ``client`` pays, ``student`` studies (mostly the same person).
    """

    number: int
    client: Client
    student: Client
    values: dict[str, Any]
    manager: User | None = None
    branch: Branch | None = None


@dataclass
class Outcome:
    """How many records of each kind a batch made ("deals_created"), and what could not be done: (row, field, why)."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Target:
    """Something that rows may open.

    Args:
        write: writes a batch of rows (some hundreds) within the importer's transaction, in a fixed number of
            queries a batch, every event with the actor's ``batch``.
        undo: takes back all that the batch wrote.
    """

    name: str
    label: str | Promise
    fields: Sequence[Field]
    write: Callable[[Actor, Sequence[Row]], Outcome]
    undo: Callable[[Actor], None]
    order: int = 0


targets: Registry[Target] = Registry()
