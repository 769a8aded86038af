"""Places given to many students at once, and taken back: what an import does. Nobody is written to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from zvans.core import bulk, journal
from zvans.core.actors import Actor
from zvans.core.commands import command
from zvans.messaging.commands import cancel as cancel_messages
from zvans.schedule import letters, queries
from zvans.schedule.commands.holding import locked_all, take_places
from zvans.schedule.commands.line import offer_free_places
from zvans.schedule.models import Enrolment, Group

State = Enrolment.State


@dataclass
class Intake:
    """What became of the places that were asked for.

    Args:
        given: theirs now.
        waiting: on the waiting list, because the group was full.
        held: the student had a place in the group already.
        refused: the group was full and has ended.
    """

    given: list[Enrolment] = field(default_factory=list)
    waiting: list[Enrolment] = field(default_factory=list)
    held: list[Enrolment] = field(default_factory=list)
    refused: list[Enrolment] = field(default_factory=list)

    @property
    def written(self) -> list[Enrolment]:
        return [*self.given, *self.waiting]


@command
def enrol_many(by: Actor, places: Sequence[Enrolment]) -> Intake:
    """Give each student a place while their group has one; whoever comes after waits, unless the group has ended.

    No sale is opened: the caller hangs one on each place.

    Args:
        places: not yet written, each with its group, student, payer and price; the groups are open.
    """
    intake = Intake()
    groups = locked_all({place.group_id for place in places})
    wanted = _not_held(places, intake)
    for group in groups:
        _fill(group, [place for place in wanted if place.group_id == group.pk], intake)
    bulk.create(intake.written)
    _record(by, "schedule.enrolled", intake.given)
    _record(by, "schedule.waiting", intake.waiting)
    return intake


@command
def take_back_many(by: Actor, places: Sequence[Enrolment], *, reason: str) -> None:
    """End the places, stop what was not yet sent of them, and offer those that are free to whoever waits.

    The sales are the caller's to cancel.
    """
    groups = locked_all({place.group_id for place in places})
    mine = Enrolment.objects.filter(pk__in=[place.pk for place in places], state__in=Enrolment.ACTIVE)
    ending = list(mine.select_related("student", "payer", "group"))
    freed = Counter(place.group_id for place in ending if place.state in Enrolment.HOLDS_PLACE)
    mine.update(state=State.CANCELLED, ended_at=timezone.now(), ended_reason=reason[:200], offered_until=None)
    for group_id, number in freed.items():
        Group.objects.filter(pk=group_id).update(taken=F("taken") - number)
    for place in ending:
        cancel_messages(letters.key(place, ""))
    _record(by, "schedule.enrolment_cancelled", ending, reason=reason)
    for group in groups:
        if freed[group.pk]:
            offer_free_places(by, group)


def _not_held(places: Sequence[Enrolment], intake: Intake) -> list[Enrolment]:
    """Those whose student has no place in the group yet, each student once."""
    groups, students = {place.group_id for place in places}, {place.student_id for place in places}
    there = Enrolment.objects.filter(group__in=groups, student__in=students, state__in=Enrolment.ACTIVE)
    held = set(there.values_list("group_id", "student_id")) if places else set()
    wanted: list[Enrolment] = []
    for place in places:
        pair = place.group_id, place.student_id
        (intake.held if pair in held else wanted).append(place)
        held.add(pair)
    return wanted


def _fill(group: Group, places: list[Enrolment], intake: Intake) -> None:
    number = take_places(group, len(places))
    for place in places[:number]:
        place.state = State.ENROLLED
    intake.given += places[:number]
    late = places[number:]
    if group.has_ended(queries.today(group.branch)):
        intake.refused += late
        return
    last = (group.enrolments.aggregate(last=Max("line"))["last"] or 0) if late else 0
    for line, place in enumerate(late, start=last + 1):
        place.state, place.line = State.WAITING, line
    intake.waiting += late


def _record(by: Actor, kind: str, places: Iterable[Enrolment], **facts: Any) -> None:
    journal.record_many(
        (journal.draft(by, kind, place, **facts), place, (place.group, place.student, place.payer)) for place in places
    )
