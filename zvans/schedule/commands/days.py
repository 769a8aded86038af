"""Days off. Lessons that are planned on a day that becomes free move on by themselves; what is past stays."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused, command
from zvans.schedule.commands.lessons import relay_after
from zvans.schedule.days import public_holidays
from zvans.schedule.models import Closure
from zvans.team.models import Branch


@command
def add_closure(
    by: Actor, *, day: date, until: date | None = None, name: str, branch: Branch | None = None
) -> list[Closure]:
    """Close the school, or one branch, on a day or from ``day`` to ``until``.

    Raises:
        Refused: when the days are in the wrong order, more than a year, or one of them is marked already.
    """
    last = until or day
    if last < day:
        raise Refused(_("The last day is before the first."), field="until")
    if (last - day).days > 366:
        raise Refused(_("That is more than a year."), field="until")
    days = [date.fromordinal(number) for number in range(day.toordinal(), last.toordinal() + 1)]
    closures = [_mark(Closure(day=each, name=name.strip(), branch=branch)) for each in days]
    journal.record(by, "schedule.closure_added", closures[0], until=last, name=name.strip())
    relay_after(by, day, branch)
    return closures


@command
def remove_closure(by: Actor, closure: Closure) -> None:
    """Be open on that day after all."""
    day, branch = closure.day, closure.branch
    journal.record(by, "schedule.closure_removed", closure)
    closure.delete()
    relay_after(by, day, branch)


@command
def work_on_holiday(by: Actor, day: date) -> None:
    """Have lessons on a public holiday.

    Raises:
        Refused: when it is none.
    """
    name = public_holidays(day.year).get(day)
    if name is None:
        raise Refused(_("That is not a public holiday."))
    if Closure.objects.filter(day=day, branch=None, works=True).exists():
        return
    Closure.objects.filter(day=day, branch=None).delete()
    closure = _mark(Closure(day=day, name=name[:120], works=True))
    journal.record(by, "schedule.holiday_worked", closure)
    relay_after(by, day, None)


@command
def rest_on_holiday(by: Actor, day: date) -> None:
    """Have no lessons on a public holiday, as is usual."""
    closure = Closure.objects.filter(day=day, branch=None, works=True).first()
    if closure is None:
        return
    journal.record(by, "schedule.holiday_rested", closure)
    closure.delete()
    relay_after(by, day, None)


def _mark(closure: Closure) -> Closure:
    try:
        with transaction.atomic():
            closure.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("%(day)s is marked already.") % {"day": closure.day}, field="day") from None
    return closure
