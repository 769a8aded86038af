"""How a deal ends: won (and enrolled in the same act), refused, or opened again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.people import commands as people
from zvans.people.models import Client, FamilyTie
from zvans.sales.commands.deals import concerned, read_step, update_open, worked_on
from zvans.sales.models import Answer, Deal, RefusalReason
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment, Group

_CLOSED: dict[str, Any] = {"next_step": "", "next_step_at": None}


@command
def win(
    by: Actor,
    deal: Deal,
    *,
    student: Client | None = None,
    group: Group | None = None,
    price: int | None = None,
    discount: int = 0,
    discount_reason: str = "",
    wait_if_full: bool = False,
) -> Deal:
    """The client takes it. A deal for a group gives the student their place in the same act.

    Args:
        student: who will study; the deal's student, else its client, when None.
        group: the deal's when None.
        price: in minor units, before the discount; the deal's agreed price, else the group's, when None.
        wait_if_full: stand on the waiting list when the group has no place left.

    Raises:
        Refused: when the deal is closed, or the place can't be given; the sentence says why.
    """
    group = group or deal.group
    if price is None:
        price = group.price if group and deal.price is None else deal.price
    changes = update_open(
        deal,
        state=Deal.State.WON,
        answer=Answer.CONFIRMED,
        student=student or deal.student,
        group=group,
        program=group.program if group else deal.program,
        price=price,
        **_CLOSED,
    )
    if group:
        deal.enrolment = schedule.enrol(
            by,
            group,
            deal.learner,
            payer=deal.client,
            price=deal.price,
            discount=discount,
            discount_reason=discount_reason,
            manager=deal.manager,
            wait_if_full=wait_if_full,
        )
    deal.closed_at = timezone.now()
    deal.save(update_fields=["enrolment", "closed_at"])
    worked_on(by, "sales.deal_won", deal, changes, wanted=deal.wanted)
    return deal


@command
def win_for_someone_new(
    by: Actor,
    deal: Deal,
    *,
    given_name: str,
    family_name: str = "",
    relation: str = FamilyTie.Kind.PARENT,
    **terms: Any,
) -> Deal:
    """As ``win``, for a student who is not yet known: they are added, with the deal's client as the relative who pays.

    Args:
        relation: what the deal's client is to the student.
        terms: as for ``win``.
    """
    client = deal.client
    student = people.add_client(
        by,
        given_name=given_name,
        family_name=family_name,
        manager=client.manager,
        branch=client.branch,
        source=client.source,
        language=client.language,
    )
    people.tie_family(by, student, client, kind=FamilyTie.Kind(relation), pays=True)
    return win(by, deal, student=student, **terms)


@command
def refuse(by: Actor, deal: Deal, *, reason: RefusalReason, note: str = "") -> Deal:
    """The client does not want it, for a reason from the owner's list."""
    changes = update_open(deal, state=Deal.State.LOST, refusal_reason=reason, refusal_note=note.strip(), **_CLOSED)
    deal.closed_at = timezone.now()
    deal.save(update_fields=["closed_at"])
    worked_on(by, "sales.deal_lost", deal, changes, reason=reason.name, comment=deal.refusal_note)
    return deal


@command
def reopen(
    by: Actor, deal: Deal, *, next_step: str, next_step_at: datetime | None, next_step_kind: str = Deal.Step.CALL
) -> Deal:
    """Work on a closed deal again, with a next step.

    Raises:
        Refused: while the student holds the place that the deal won.
    """
    if deal.enrolment and deal.enrolment.state in Enrolment.ACTIVE:
        raise Refused(_("The student has a place in the group. Cancel the place first."))
    was = deal.state
    changes = assign(
        deal,
        state=Deal.State.OPEN,
        answer=Answer.NONE,
        enrolment=None,
        refusal_reason=None,
        refusal_note="",
        closed_at=None,
        **read_step(next_step, next_step_at, next_step_kind),
    )
    new = {name: getattr(deal, name) for name in changes}
    if was == Deal.State.OPEN or not Deal.objects.filter(pk=deal.pk, state=was).update(**new):
        raise Refused(_("This deal is open already."))
    journal.record(by, "sales.deal_reopened", deal, concerning=concerned(deal), changes=changes)
    return deal


@command
def follow_transfer(by: Actor, left: Enrolment, taken: Enrolment) -> None:
    """The deal that won a place goes along when its student moves to another group."""
    deal = Deal.objects.filter(enrolment=left).select_related("client", "student").first()
    if deal:
        changes = assign(deal, enrolment=taken, group=taken.group, program=taken.group.program)
        deal.save(update_fields=list(changes))
        search.index(deal)
        changes.pop("enrolment")
        journal.record(by, "sales.deal_changed", deal, concerning=concerned(deal), changes=changes)
