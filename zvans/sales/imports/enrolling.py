"""Places for whoever a spreadsheet says is enrolled: each in the group that its row means."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zvans.core import money
from zvans.core.actors import Actor
from zvans.people.imports.targets import Outcome
from zvans.sales.imports.settling import Request
from zvans.sales.models import Deal
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment, Group

Asked = tuple[Request, Deal]


def enrol(by: Actor, asked: Sequence[Asked], outcome: Outcome) -> list[Asked]:
    """Give a place to each won request for a group; returns those that are to be written.

    A student who has a place in the group already gets nothing a second time, neither a deal nor a sale.
    """
    winners = [(request, deal) for request, deal in asked if deal.group and deal.state == Deal.State.WON]
    if not winners:
        return list(asked)
    places = {id(deal): _place(request, deal) for request, deal in winners}
    intake = schedule.enrol_many(by, list(places.values()))
    for _request, deal in winners:
        place = places[id(deal)]
        deal.enrolment = place if place.pk else None
    outcome.counts["enrolments_created"] = len(intake.given)
    outcome.counts["enrolments_waiting"] = len(intake.waiting)
    held = {id(place) for place in intake.held}
    for request, deal in winners:
        _tell(request, places[id(deal)], intake, outcome)
    return [(request, deal) for request, deal in asked if id(places.get(id(deal))) not in held]


def _place(request: Request, deal: Deal) -> Enrolment:
    return Enrolment(
        group=deal.group,
        student=deal.learner,
        payer=deal.client,
        price=request.price if request.price is not None else request.paid,
        discount=request.discount if request.price is not None else 0,
        discount_reason=_("from the spreadsheet") if request.discount else "",
        manager_id=deal.manager_id,
    )


def _tell(request: Request, place: Enrolment, intake: schedule.Intake, outcome: Outcome) -> None:
    """A sentence for whoever did not get the place that the row says they have."""
    facts = {"name": place.student, "group": place.group, "places": place.group.capacity}
    if any(place is one for one in intake.waiting):
        said = _(
            "All %(places)s places of “%(group)s” are taken: %(name)s is on its waiting list. "
            "Give the group more places, then give them theirs."
        )
    elif any(place is one for one in intake.refused):
        said = _("All %(places)s places of “%(group)s” are taken, and it has ended: %(name)s was given no place in it.")
    elif any(place is one for one in intake.held) and request.paid:
        facts["paid"] = money.show(request.paid)
        said = _(
            "%(name)s had a place in “%(group)s” before this row: it opened nothing, and its %(paid)s is not written down. "
            "Take the payment by hand if it is another one."
        )
    elif any(place is one for one in intake.held):
        said = _("%(name)s had a place in “%(group)s” before this row: it opened nothing.")
    else:
        return
    outcome.problems.append((request.row.number, request.said_in, str(place.group), said % facts))


def tell_of_several(request: Request, groups: Sequence[Group], outcome: Outcome) -> None:
    """A sentence for a row whose group can't be told from others."""
    names = ", ".join(f"{group} ({group.starts_on})" for group in groups[:5])
    reason = _(
        "This may be any of several groups: %(names)s. Nobody was given a place; "
        "write the group's name as it is in Zvans, or add a column with its first day."
    ) % {"names": names}
    outcome.problems.append((request.row.number, request.said_in, request.group or request.wanted, reason))
