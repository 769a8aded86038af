"""Reads that join: what the website shows, what comes next, who is in the line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zvans.core import organisation
from zvans.schedule.models import Enrolment, Group, GroupQuerySet, Lesson, PlaceRules, Program
from zvans.team.models import Branch


def today(branch: Branch | None = None) -> date:
    """The date at the branch, or where the school is."""
    return timezone.localdate(timezone=(branch or organisation.current()).tz)


def with_facts(groups: GroupQuerySet) -> GroupQuerySet:
    """What a row about a group shows, in two queries: program, branch, teacher, room, pattern."""
    return groups.select_related("program", "branch", "teacher", "room").prefetch_related("weekly_times")


def public_groups(on: date) -> GroupQuerySet:
    """The groups that the website offers on a day: public and open, not started unless sign-up lasts longer."""
    late = Q(sign_up_until__gte=on) | Q(sign_up_until=None, starts_on__gte=on)
    begun = Q(sign_up_from=None) | Q(sign_up_from__lte=on)
    groups = Group.objects.active().filter(
        late,
        begun,
        state=Group.State.OPEN,
        is_public=True,
        program__is_public=True,
        program__archived_at=None,
        branch__archived_at=None,
    )
    return with_facts(groups).order_by("starts_on", "program__sort_name", "pk")


def with_group_count(programs: QuerySet[Program], groups: GroupQuerySet) -> QuerySet[Program]:
    """Annotated ``group_count``: how many of the groups go on or are to come."""
    current = groups.active().open().not_ended(today()).filter(program=OuterRef("pk"))
    counted = current.order_by().values("program").annotate(n=Count("pk")).values("n")
    return programs.annotate(group_count=Coalesce(Subquery(counted), 0))


def next_lesson(group: Group, after: datetime | None = None) -> Lesson | None:
    """The first planned lesson that has not ended."""
    now = after or timezone.now()
    return group.lessons.filter(state=Lesson.State.PLANNED, ends_at__gt=now).first()


def waiting_line(group: Group) -> QuerySet[Enrolment]:
    """Who waits for a place, the next one first."""
    return group.enrolments.filter(state=Enrolment.State.WAITING).order_by("line", "created_at", "pk")


def number_in_line(place: Enrolment) -> int:
    """The place's number in the waiting list, from 1."""
    before = Q(line__lt=place.line) | Q(line=place.line, created_at__lt=place.created_at)
    return waiting_line(place.group).filter(before).count() + 1


def offer_hours() -> int:
    """How many hours an offered place is held."""
    rules = PlaceRules.objects.filter(pk=1).first() or PlaceRules()
    return rules.offer_hours


def answers(groups: GroupQuerySet) -> GroupQuerySet:
    """Annotated ``coming``, ``not_coming``: how many with a place have said so."""
    enrolled = Q(enrolments__state=Enrolment.State.ENROLLED)
    return groups.annotate(
        coming=Count("enrolments", filter=enrolled & Q(enrolments__coming=Enrolment.Coming.YES)),
        not_coming=Count("enrolments", filter=enrolled & Q(enrolments__coming=Enrolment.Coming.NO)),
    )


def about_to_start(groups: GroupQuerySet, *, days: int, limit: int) -> list[Group]:
    """The groups that start within so many days, with how full they are and who has answered."""
    day = today()
    soon = groups.active().open().filter(starts_on__gte=day, starts_on__lte=day + timedelta(days=days))
    return list(answers(with_facts(soon).with_waiting())[:limit])


def taught_now(groups: GroupQuerySet, limit: int) -> list[Group]:
    """The running and coming groups, annotated ``next_at``; soonest lesson first."""
    coming = Lesson.objects.filter(state=Lesson.State.PLANNED, ends_at__gt=timezone.now())
    first = coming.filter(group=OuterRef("pk")).order_by("starts_at")
    found = groups.active().open().not_ended(today())
    found = found.annotate(next_at=Subquery(first.values("starts_at")[:1])).order_by("next_at", "starts_on")
    return list(with_facts(found)[:limit])
