"""Instalment plans: pure arithmetic on parts ``(day, amount)`` in order of day, amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from zvans.money.models import Sale


class Part(NamedTuple):
    due_on: date
    amount: int


@dataclass(frozen=True)
class Covered:
    """A part of a plan and how much of it is paid."""

    due_on: date
    amount: int
    covered: int

    @property
    def left(self) -> int:
        return self.amount - self.covered


def of(sale: Sale) -> list[Part]:
    """The plan as it stands."""
    return [Part(part.due_on, part.amount) for part in sale.instalments.order_by("due_on", "pk")]


def coverage(parts: Iterable[Part], paid: int) -> list[Covered]:
    """How far payments fill each part: the earliest is filled first."""
    left = max(paid, 0)
    filled = []
    for part in parts:
        covered = min(left, part.amount)
        filled.append(Covered(part.due_on, part.amount, covered))
        left -= covered
    return filled


def first_not_covered(parts: Iterable[Part], paid: int) -> Covered | None:
    return next((part for part in coverage(parts, paid) if part.left), None)


def due_by(parts: Iterable[Part], paid: int, day: date) -> int:
    """What should have been paid by the end of ``day`` and was not."""
    return max(sum(part.amount for part in parts if part.due_on <= day) - paid, 0)


def split(amount: int, number: int, first: date, unit: int = 1) -> list[Part]:
    """``number`` monthly parts from ``first``, in whole ``unit``s as even as can be; the first takes the rest.

    A plan from the 31st falls on the last day of shorter months. Fewer parts come back when there are fewer
    units than parts.
    """
    number = max(min(number, amount // unit), 1)
    even = amount // number // unit * unit
    amounts = [amount - even * (number - 1)] + [even] * (number - 1)
    return [Part(first + relativedelta(months=month), part) for month, part in enumerate(amounts)]


def changed_by(parts: Sequence[Part], amount: int, today: date) -> list[Part]:
    """The plan when ``amount`` more is owed, or less: the last parts take the change."""
    changed = list(parts)
    if amount > 0:
        last = changed.pop() if changed else Part(today, 0)
        return [*changed, Part(last.due_on, last.amount + amount)]
    while amount and changed:
        last = changed.pop()
        kept = max(last.amount + amount, 0)
        amount += last.amount - kept
        if kept:
            changed.append(Part(last.due_on, kept))
    return changed
