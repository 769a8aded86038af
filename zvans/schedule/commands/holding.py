"""How a place is held: taken, settled, ended.

A place is taken and freed by a conditional ``UPDATE`` of ``Group.taken`` alone, and the state of an enrolment
changes by one too, so that it is counted exactly once whoever else is at it. Every command about places locks its
groups first, in the order of their keys, so that two of them wait for each other instead of locking each other out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.messaging.commands import cancel as cancel_messages
from zvans.money import commands as accounts
from zvans.schedule import letters, queries
from zvans.schedule.models import Enrolment, Group

State = Enrolment.State


def locked(group: Group) -> Group:
    """The group as it is now, kept from other transactions until this one ends (SQLite has one at a time anyhow)."""
    return _locking().get(pk=group.pk)


def locked_both(one: Group, other: Group) -> tuple[Group, Group]:
    held = {group.pk: group for group in _locking().filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    return held[one.pk], held[other.pk]


def locked_all(keys: Iterable[int]) -> list[Group]:
    return list(_locking().filter(pk__in=list(keys)).order_by("pk"))


def _locking() -> QuerySet[Group]:
    return Group.objects.select_for_update(of=("self",), no_key=True).select_related("program", "branch")


def take_place(group: Group) -> bool:
    """Take a place if there is one."""
    free = Group.objects.filter(pk=group.pk, taken__lt=F("capacity"))
    if not free.update(taken=F("taken") + 1):
        return False
    group.taken += 1
    return True


def take_places(group: Group, wanted: int) -> int:
    """Take so many places of a locked group, or as many as there are; returns how many."""
    number = max(0, min(wanted, group.free))
    free = Group.objects.filter(pk=group.pk, taken__lte=F("capacity") - number)
    if not number or not free.update(taken=F("taken") + number):
        return 0
    group.taken += number
    return number


def free_place(group_id: int) -> None:
    """Give back a place that was taken; once, by whoever ended the enrolment that held it."""
    Group.objects.filter(pk=group_id).update(taken=F("taken") - 1)


def end(place: Enrolment, state: State, reason: str) -> bool:
    """End the enrolment in the given state; whether it held a place, which is then free.

    Raises:
        Refused: when it has ended already.
    """
    row = Enrolment.objects.filter(pk=place.pk)
    ended = {"state": state, "ended_at": timezone.now(), "ended_reason": reason.strip()[:200], "offered_until": None}
    held = bool(row.filter(state__in=Enrolment.HOLDS_PLACE).update(**ended))
    if held:
        free_place(place.group_id)
    elif not row.filter(state=State.WAITING).update(**ended):
        raise Refused(_("%(name)s has left this group already.") % {"name": place.student})
    cancel_messages(letters.key(place, ""))
    place.state = state
    return held


def settle(by: Actor, place: Enrolment, kind: str) -> None:
    """What follows when a place is theirs: the sale, the confirmation, the event of the given kind."""
    open_sale(by, place)
    letters.place_confirmed(by, place)
    record(by, kind, place)


def record(by: Actor, kind: str, place: Enrolment, *, concerning: list[Group] | None = None, **facts: Any) -> None:
    people = {place.student, place.payer}
    journal.record(by, kind, place, concerning=[place.group, *people, *(concerning or [])], **facts)


def add(place: Enrolment) -> None:
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError:
        facts = {"name": place.student, "group": place.group}
        raise Refused(_("%(name)s is in “%(group)s” already.") % facts, field="student") from None


def open_sale(by: Actor, place: Enrolment) -> None:
    """The sale of a place; whoever paid while they waited has theirs already."""
    group = place.group
    if place.price == 0 or place.sale_id:
        return
    place.sale = accounts.open_sale(
        by,
        payer=place.payer,
        title=str(group),
        price=place.price,
        discount=place.discount,
        discount_reason=place.discount_reason,
        due_on=max(group.starts_on, queries.today(group.branch)),
        branch=group.branch,
        manager=place.manager,
        student=place.student,
    )
    place.save(update_fields=["sale"])
