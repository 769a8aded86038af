"""Who is in a group, as its reader may see it."""

from __future__ import annotations

from dataclasses import dataclass

from zvans.people.access import sees_contacts
from zvans.schedule.access import visible_enrolments
from zvans.schedule.models import Enrolment, Group
from zvans.team.models import User


@dataclass(frozen=True)
class Roster:
    """The places of a group: who has one or is offered one, who waits (the next one first), who has left.

    ``phones`` and ``money`` tell whether the reader may see them; what they may not see is not even loaded.
    """

    held: list[Enrolment]
    waiting: list[Enrolment]
    left: list[Enrolment]
    phones: bool
    money: bool

    @property
    def enrolled(self) -> list[Enrolment]:
        return [place for place in self.held if place.state == Enrolment.State.ENROLLED]

    @property
    def coming(self) -> int:
        return sum(place.coming == Enrolment.Coming.YES for place in self.enrolled)

    @property
    def not_coming(self) -> int:
        return sum(place.coming == Enrolment.Coming.NO for place in self.enrolled)

    @property
    def unanswered(self) -> int:
        return sum(place.coming == Enrolment.Coming.UNKNOWN for place in self.enrolled)


def roster(user: User, group: Group) -> Roster:
    """The places of the group that the user may see, in a fixed number of queries."""
    phones, money = sees_contacts(user), user.has_perm("money.view_payment")
    places = (
        visible_enrolments(user).filter(group=group).select_related("student", *(("payer", "sale") if money else ()))
    )
    if phones:
        places = places.prefetch_related("student__contacts")
    rows = list(places.order_by("student__sort_name", "pk"))
    waiting = [place for place in rows if place.state == Enrolment.State.WAITING]
    return Roster(
        held=[place for place in rows if place.state in Enrolment.HOLDS_PLACE],
        waiting=sorted(waiting, key=lambda place: (place.line, place.created_at, place.pk)),
        left=sorted(
            (place for place in rows if place.state not in Enrolment.ACTIVE),
            key=lambda place: (place.ended_at is not None, place.ended_at),
            reverse=True,
        ),
        phones=phones,
        money=money,
    )
