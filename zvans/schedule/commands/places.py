"""Places in groups: given, moved, given up; and whether those who have one will come."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused, command
from zvans.money import commands as accounts
from zvans.money.models import Charge, Sale
from zvans.people import commands as people
from zvans.people.models import Client, FamilyTie
from zvans.schedule import letters, queries
from zvans.schedule.commands.holding import add, end, locked, locked_both, open_sale, record, settle, take_place
from zvans.schedule.commands.line import offer_next
from zvans.schedule.models import Enrolment, Group
from zvans.schedule.transfers import followers
from zvans.team.models import User

State = Enrolment.State


@command
def enrol(
    by: Actor,
    group: Group,
    student: Client,
    *,
    payer: Client | None = None,
    price: int | None = None,
    discount: int = 0,
    discount_reason: str = "",
    manager: User | None = None,
    wait_if_full: bool = False,
) -> Enrolment:
    """Give the student a place in the group, and open its sale, due when the group starts.

    Args:
        payer: who pays; by default whoever of the family pays for the student, else the student.
        price: as agreed, in minor units; by default the group's.
        wait_if_full: go to the end of the waiting list when there is no place; nothing is owed until there is.

    Raises:
        Refused: when the group is full, closed, or has the student already; when the discount is above the price.
    """
    group = locked(group)
    if group.state != Group.State.OPEN or group.is_archived:
        raise Refused(_("“%(group)s” is cancelled, so it has no places.") % {"group": group})
    place = Enrolment(
        group=group,
        student=student,
        payer=payer or who_pays_for(student),
        price=group.price if price is None else price,
        discount=discount,
        discount_reason=discount_reason,
        manager=manager,
    )
    if not 0 <= discount <= place.price:
        raise Refused(_("The discount can't be more than the price."), field="discount")
    if take_place(group):
        place.state = State.ENROLLED
        add(place)
        settle(by, place, "schedule.enrolled")
    elif wait_if_full:
        place.state = State.WAITING
        place.line = (group.enrolments.aggregate(last=Max("line"))["last"] or 0) + 1
        add(place)
        letters.waiting_list(by, place)
        record(by, "schedule.waiting", place)
    else:
        raise Refused(_("“%(group)s” is full.") % {"group": group}, field="group")
    return place


@command
def enrol_newcomer(by: Actor, group: Group, *, newcomer: dict[str, Any], **terms: Any) -> Enrolment:
    """Add someone nobody knew, and enrol them.

    Args:
        newcomer: the arguments for ``people.commands.add_client``.
        terms: those of ``enrol``.
    """
    return enrol(by, group, people.add_client(by, branch=group.branch, **newcomer), **terms)


@command
def cancel_enrolment(by: Actor, enrolment: Enrolment, *, reason: str) -> None:
    """Take the student out of the group or its waiting list: what is not paid is no longer owed, unsent messages
    are stopped, and a freed place is offered to the next in line.

    Raises:
        Refused: when they have left already.
    """
    group = locked(enrolment.group)
    freed = end(enrolment, State.CANCELLED, reason)
    if enrolment.sale:
        accounts.cancel_sale(by, enrolment.sale, reason=reason)
    record(by, "schedule.enrolment_cancelled", enrolment, reason=reason.strip())
    if freed:
        offer_next(by, group)


@command
def transfer(by: Actor, enrolment: Enrolment, group: Group) -> Enrolment:
    """Move the student to another group. The sale goes with them; a difference between the prices of the groups is
    charged or taken off. Whoever waits or holds an offer is given a place in the other group instead.

    Raises:
        Refused: when the other group is full or closed, has the student already, or is the same.
    """
    if group.pk == enrolment.group_id:
        raise Refused(_("They are in this group already."), field="group")
    before, after = locked_both(enrolment.group, group)
    if after.state != Group.State.OPEN or after.is_archived:
        raise Refused(_("“%(group)s” is cancelled, so it has no places.") % {"group": after}, field="group")
    if not take_place(after):
        raise Refused(_("“%(group)s” is full.") % {"group": after}, field="group")
    sale = enrolment.sale
    Enrolment.objects.filter(pk=enrolment.pk).update(sale=None)
    freed = end(enrolment, State.TRANSFERRED, str(after))
    difference = max(after.price - before.price, enrolment.discount - enrolment.price)
    place = Enrolment(
        group=after,
        student=enrolment.student,
        payer=enrolment.payer,
        price=enrolment.price + difference,
        discount=enrolment.discount,
        discount_reason=enrolment.discount_reason,
        manager=enrolment.manager,
        sale=sale,
        state=State.ENROLLED,
    )
    add(place)
    if sale is None:
        open_sale(by, place)
    else:
        _take_along(by, sale, before, after, difference)
    for follower in followers:
        follower.follow(by, enrolment, place)
    letters.moved_to_group(by, place)
    record(by, "schedule.transferred", place, concerning=[before], before=str(before), after=str(after))
    if freed:
        offer_next(by, before)
    return place


@command
def answer_coming(by: Actor, enrolment: Enrolment, coming: str) -> None:
    """Write down whether the student will come. Of a "no" whoever looks after them gets a call to make.

    Args:
        coming: one of ``Enrolment.Coming``.

    Raises:
        Refused: when they have no place in the group (any more).
    """
    enrolled = Enrolment.objects.filter(pk=enrolment.pk, state=State.ENROLLED)
    if not enrolled.exclude(coming=coming).update(coming=coming):
        if enrolled.exists():
            return
        raise Refused(_("There is no place in this group any more."))
    enrolment.coming = coming
    kinds = {"yes": "schedule.is_coming", "no": "schedule.is_not_coming", "": "schedule.coming_unknown"}
    record(by, kinds[coming], enrolment)
    if coming == Enrolment.Coming.NO and by.user_id is None:
        _ask_someone_to_call(by, enrolment)


@command
def ask_coming(by: Actor, group: Group) -> int:
    """Ask everyone who has a place and has not answered "will you come?"; once a day at the most.

    Returns:
        How many are asked; those who can't be written to are not among them.
    """
    places = group.enrolments.filter(state=State.ENROLLED, coming=Enrolment.Coming.UNKNOWN)
    asked = letters.will_you_come(places, again=queries.today(group.branch))
    if asked:
        journal.record(by, "schedule.asked_coming", group, count=asked)
    return asked


def who_pays_for(student: Client) -> Client:
    """The relative who pays for the student, or the student."""
    tie = FamilyTie.objects.filter(client=student, pays=True).select_related("relative").order_by("pk").first()
    return tie.relative if tie else student


def _take_along(by: Actor, sale: Sale, before: Group, after: Group, difference: int) -> None:
    """The sale goes to the other group: under its name, unless it had one of its own, and at its price."""
    if sale.title == str(before)[:200]:
        accounts.rename_sale(by, sale, str(after))
    if difference:
        why = _("Moved to “%(group)s”") % {"group": after}
        accounts.add_charge(by, sale, kind=Charge.Kind.CORRECTION, amount=difference, reason=why)


def _ask_someone_to_call(by: Actor, place: Enrolment) -> None:
    manager = place.manager or place.student.manager
    if manager is None or not manager.is_active:
        return
    people.add_task(
        by,
        title=_("Says they won't come: %(group)s") % {"group": place.group},
        due_at=timezone.now(),
        assignee=manager,
        client=place.student,
        is_call=True,
    )
