"""The waiting list: a freed place is offered to the next in line, taken, declined, or goes on when time is up."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused, command
from zvans.messaging.queries import next_daytime
from zvans.money import commands as accounts
from zvans.schedule import letters, queries
from zvans.schedule.commands.holding import end, free_place, locked, record, settle, take_place
from zvans.schedule.models import Enrolment, Group, PlaceRules

State = Enrolment.State


@command
def offer_next(by: Actor, group: Group) -> Enrolment | None:
    """Hold a free place for the first in the waiting list and write to them; None when there is nobody or nothing.

    The offer ends in the daytime, so that the next in line is not written to at night. Once the group has started, places are no longer offered by themselves.
    """
    group = locked(group)
    if group.state != Group.State.OPEN or group.is_archived or group.has_started(queries.today(group.branch)):
        return None
    place = queries.waiting_line(group).select_related("student", "payer").first()
    if place is None or not take_place(group):
        return None
    until = next_daytime(timezone.now() + timedelta(hours=queries.offer_hours()))
    waiting = Enrolment.objects.filter(pk=place.pk, state=State.WAITING)
    if not waiting.update(state=State.OFFERED, offered_until=until):
        free_place(group.pk)
        return None
    place.group, place.state, place.offered_until = group, State.OFFERED, until
    letters.waiting_list_offer(by, place)
    record(by, "schedule.place_offered", place, until=until)
    return place


@command
def offer_free_places(by: Actor, group: Group) -> None:
    """Offer every free place, for as long as anyone waits."""
    while offer_next(by, group):
        pass


@command
def accept_offer(by: Actor, enrolment: Enrolment) -> None:
    """The place is theirs.

    Raises:
        Refused: when the offer has ended.
    """
    place = _fresh(enrolment)
    offered = Enrolment.objects.filter(pk=place.pk, state=State.OFFERED)
    if not offered.update(state=State.ENROLLED, offered_until=None):
        raise Refused(_("This offer has ended."))
    place.state = State.ENROLLED
    settle(by, place, "schedule.offer_accepted")


@command
def decline_offer(by: Actor, enrolment: Enrolment) -> None:
    """They want no place any more; the next in line is asked. Whoever only waits leaves the line.

    Raises:
        Refused: when they have a place, or have left.
    """
    place = _fresh(enrolment)
    if place.state not in (State.OFFERED, State.WAITING):
        raise Refused(_("This offer has ended."))
    freed = end(place, State.CANCELLED, _("No longer wanted the place"))
    _no_longer_owed(by, place, _("No longer wanted the place"))
    record(by, "schedule.offer_declined", place)
    if freed:
        offer_next(by, place.group)


@command
def lapse_offer(by: Actor, enrolment: Enrolment) -> None:
    """An offer whose time is up goes to the next in line; one that was answered meanwhile is left alone."""
    place = _fresh(enrolment)
    if place.state != State.OFFERED or place.offered_until is None or place.offered_until > timezone.now():
        return
    end(place, State.CANCELLED, _("Did not answer the offer in time"))
    _no_longer_owed(by, place, _("Did not answer the offer in time"))
    record(by, "schedule.offer_lapsed", place)
    offer_next(by, place.group)


@command
def give_place(by: Actor, enrolment: Enrolment) -> None:
    """Give someone in the waiting list a free place at once, out of turn too.

    Raises:
        Refused: when there is no free place, or they don't wait any more.
    """
    place = _fresh(enrolment)
    if not take_place(place.group):
        raise Refused(_("“%(group)s” is full.") % {"group": place.group})
    if not Enrolment.objects.filter(pk=place.pk, state=State.WAITING).update(state=State.ENROLLED):
        raise Refused(_("%(name)s is not on the waiting list any more.") % {"name": place.student})
    place.state = State.ENROLLED
    settle(by, place, "schedule.enrolled")


@command
def move_in_line(by: Actor, enrolment: Enrolment, *, up: bool) -> None:
    """Change places in the waiting list with whoever stands before or after."""
    place = _fresh(enrolment)
    line = list(queries.waiting_line(place.group).select_related("student", "payer", "group"))
    at = next((index for index, other in enumerate(line) if other.pk == place.pk), None)
    to = None if at is None else at - 1 if up else at + 1
    if at is None or to is None or not 0 <= to < len(line):
        return
    line.insert(to, line.pop(at))
    for number, waiting in enumerate(line, start=1):
        waiting.line = number
    Enrolment.objects.bulk_update(line, ["line"])
    record(by, "schedule.moved_in_line", line[to], number=to + 1)


@command
def set_place_rules(by: Actor, *, offer_hours: int) -> None:
    before = queries.offer_hours()
    rules, _made = PlaceRules.objects.update_or_create(pk=1, defaults={"offer_hours": offer_hours})
    if before != offer_hours:
        journal.record(by, "schedule.rules_changed", rules, changes={"offer_hours": [before, offer_hours]})


def _no_longer_owed(by: Actor, place: Enrolment, reason: str) -> None:
    """Whoever paid while they waited (an import brought them so) has a sale to cancel."""
    if place.sale:
        accounts.cancel_sale(by, place.sale, reason=reason)


def _fresh(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is now, its group locked."""
    group = locked(enrolment.group)
    place = Enrolment.objects.select_related("student", "payer", "manager", "sale").get(pk=enrolment.pk)
    place.group = group
    return place
