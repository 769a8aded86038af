"""The lessons of groups, laid out of their weekly patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.schedule import pattern
from zvans.schedule.days import DaysOff
from zvans.schedule.models import Group, Lesson
from zvans.team.models import Branch


def lay(groups: Sequence[Group]) -> list[Group]:
    """Lay the lessons that are still to come; those that have begun stay as they were.

    ``starts_on`` becomes the day of the first lesson, ``ends_on`` that of the last. It costs the same few queries
    for any number of groups.

    Args:
        groups: their ``weekly_times`` prefetched, their branches selected.

    Returns:
        The groups of which a lesson moved, came or went.

    Raises:
        Refused: when more lessons were held than the group has now, or a year has no day for the next one.
    """
    now, days_off = timezone.now(), DaysOff()
    held: dict[int, list[Lesson]] = {group.pk: [] for group in groups}
    for lesson in Lesson.objects.filter(group__in=held).order_by("number"):
        held[lesson.group_id].append(lesson)
    laid: list[Lesson] = []
    moved: list[Group] = []
    for group in groups:
        past = [lesson for lesson in held[group.pk] if lesson.starts_at <= now]
        coming = _coming(group, past, now, days_off)
        before = [_facts(lesson) for lesson in held[group.pk] if lesson.starts_at > now]
        if before != [_facts(lesson) for lesson in coming]:
            laid += coming
            moved.append(group)
            _date(group, [*past, *coming])
    _write(laid, moved)
    return moved


def relay_after(by: Actor, day: date, branch: Branch | None) -> None:
    """Days off have changed: move the lessons of every group that meets on or after that day."""
    where = Q(branch=branch) if branch else Q()
    groups = Group.objects.active().open().not_ended(day).filter(where)
    moved = lay([group for group in with_pattern(groups) if group.weekly_times.all()])
    journal.record_many([(journal.draft(by, "schedule.lessons_moved", group), group, ()) for group in moved])


def with_pattern(groups: QuerySet[Group]) -> QuerySet[Group]:
    return groups.select_related("branch").prefetch_related("weekly_times")


def _coming(group: Group, past: Sequence[Lesson], now: datetime, days_off: DaysOff) -> list[Lesson]:
    wanted = group.lesson_count - len(past)
    if wanted < 0:
        raise Refused(_("%(count)d lessons have been held already.") % {"count": len(past)}, field="lesson_count")
    rows = list(group.weekly_times.all())
    zone = group.branch.tz
    times = pattern.lessons(
        rows,
        first_day=max(group.starts_on, now.astimezone(zone).date()) if past else group.starts_on,
        count=wanted,
        zone=zone,
        is_off=days_off.of(group.branch_id),
        after=max(past[-1].ends_at, now) if past else None,
    )
    coming = [
        Lesson(
            group=group,
            number=number,
            starts_at=starts,
            ends_at=ends,
            teacher_id=group.teacher_id,
            room_id=group.room_id,
        )
        for number, (starts, ends) in enumerate(times, start=len(past) + 1)
    ]
    if rows and len(coming) < wanted:
        raise Refused(_("The school is closed on all these days for a year, so the lessons have no place."))
    return coming


def _facts(lesson: Lesson) -> tuple[object, ...]:
    return (lesson.number, lesson.starts_at, lesson.ends_at, lesson.teacher_id, lesson.room_id)


def _date(group: Group, lessons: Sequence[Lesson]) -> None:
    if lessons:
        zone = group.branch.tz
        group.starts_on = lessons[0].starts_at.astimezone(zone).date()
        group.ends_on = lessons[-1].starts_at.astimezone(zone).date()
    else:
        group.ends_on = None


def _write(laid: Iterable[Lesson], moved: Sequence[Group]) -> None:
    """Lessons keep their keys by their numbers, so that what hangs on them stays."""
    numbers = {group.pk: group.lesson_count if group.weekly_times.all() else 0 for group in moved}
    surplus = [Q(group=key, number__gt=number, starts_at__gt=timezone.now()) for key, number in numbers.items()]
    if surplus:
        Lesson.objects.filter(_any_of(surplus)).delete()
    Lesson.objects.bulk_create(
        laid,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["group", "number"],
        update_fields=["starts_at", "ends_at", "teacher", "room"],
    )
    Group.objects.bulk_update(moved, ["starts_on", "ends_on"], batch_size=200)


def _any_of(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either
