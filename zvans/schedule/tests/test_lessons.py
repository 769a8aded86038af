"""Lessons are laid from the weekly pattern: at the same wall time all year, on no day off, the past untouched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.demo.cast import Cast
from zvans.schedule import commands, pattern
from zvans.schedule.models import Group, Lesson
from zvans.schedule.pattern import Time
from zvans.schedule.tests import making

ZONES = ["Europe/Riga", "Europe/Budapest", "Asia/Ulaanbaatar", "Africa/Dar_es_Salaam", "America/Santiago"]


def never(_day: date) -> bool:
    return False


def laid(times: list[Time], first_day: date, count: int, zone: str = "Europe/Riga") -> list[tuple[datetime, datetime]]:
    return list(pattern.lessons(times, first_day=first_day, count=count, zone=ZoneInfo(zone), is_off=never))


@pytest.mark.parametrize("zone", ZONES)
def test_a_lesson_at_six_is_at_six_all_year(zone: str) -> None:
    lessons = laid([Time(weekday, time(18), 90) for weekday in range(7)], date(2026, 1, 1), 365, zone)
    local = [starts.astimezone(ZoneInfo(zone)) for starts, _ends in lessons]
    assert [moment.time() for moment in local] == [time(18)] * 365
    assert [moment.date() for moment in local] == [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    assert all(ends - starts == timedelta(minutes=90) for starts, ends in lessons)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "shown"),
    [
        ("Europe/Riga", date(2026, 3, 29), time(3, 30), time(4, 30)),  # a time that is skipped is moved on
        ("Europe/Riga", date(2026, 10, 25), time(3, 30), time(3, 30)),  # one that comes twice is its first coming
        ("Europe/Budapest", date(2026, 3, 29), time(2, 15), time(3, 15)),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), time(1, 30)),
        ("America/Santiago", date(2026, 4, 4), time(23, 30), time(23, 30)),
    ],
)
def test_times_that_a_clock_change_skips_or_repeats(zone: str, day: date, wall: time, shown: time) -> None:
    ((starts, _ends),) = laid([Time(day.weekday(), wall, 60)], day, 1, zone)
    local = starts.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time(), local.fold) == (day, shown, 0)


rows = some.builds(
    Time,
    weekday=some.integers(0, 6),
    starts_at=some.builds(time, some.integers(0, 23), some.sampled_from([0, 15, 30, 45])),
    minutes=some.sampled_from([30, 45, 60, 90, 180]),
)


@given(
    times=some.lists(rows, min_size=1, max_size=5).filter(lambda times: not pattern.overlaps(times)),
    first_day=some.dates(date(2024, 1, 1), date(2030, 1, 1)),
    count=some.integers(1, 60),
    zone=some.sampled_from(ZONES),
    closed=some.sets(some.integers(0, 40)),
)
def test_law_of_lessons(times: list[Time], first_day: date, count: int, zone: str, closed: set[int]) -> None:
    """So many lessons, all at the pattern's days and wall times, none on a day off, in order, none overlapping."""
    off = {first_day + timedelta(days=day) for day in closed}
    tz = ZoneInfo(zone)
    lessons = list(pattern.lessons(times, first_day=first_day, count=count, zone=tz, is_off=lambda day: day in off))
    assert len(lessons) == count
    for (_start, this_end), (next_start, _end) in pairwise(lessons):
        assert this_end <= next_start
    for starts, ends in lessons:
        local = starts.astimezone(tz)
        # A wall time that is skipped on that day is moved on by the length of the gap.
        asked = [
            row
            for row in times
            for day in (local.date(), local.date() - timedelta(days=1))
            if row.weekday == day.weekday()
            and datetime.combine(day, row.starts_at, tz).astimezone(UTC) == starts
            and ends - starts == timedelta(minutes=row.minutes)
        ]
        assert asked
        assert local.date() not in off


def test_the_words_of_a_pattern() -> None:
    times = [Time(2, time(18), 90), Time(0, time(18), 90), Time(5, time(10), 60)]
    assert pattern.in_words(times) == "Mon, Wed 18:00; Sat 10:00"


def test_a_new_group_has_its_lessons_and_last_day(cast: Cast) -> None:
    group = making.group(cast, lesson_count=4, starts_on=date(2027, 2, 1))
    assert days(group) == [date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 8), date(2027, 2, 10)]
    assert (group.starts_on, group.ends_on) == (date(2027, 2, 1), date(2027, 2, 10))
    assert {lesson.teacher for lesson in group.lessons.all()} == {cast.anna}


def test_the_first_day_is_that_of_the_first_lesson(cast: Cast) -> None:
    group = making.group(cast, lesson_count=2, starts_on=date(2027, 2, 2))
    assert group.starts_on == date(2027, 2, 3)


def test_public_holidays_are_left_out_unless_we_work(cast: Cast) -> None:
    group = making.group(cast, lesson_count=2, starts_on=date(2028, 1, 1), times=[Time(5, time(10), 60)])
    assert days(group) == [date(2028, 1, 8), date(2028, 1, 15)], "the first of January is a holiday in Latvia"
    commands.work_on_holiday(Actor.of(cast.sanita), date(2028, 1, 1))
    other = making.group(cast, lesson_count=1, starts_on=date(2028, 1, 1), times=[Time(5, time(10), 60)])
    assert days(other) == [date(2028, 1, 1)]


def test_a_closure_moves_the_lessons_of_its_branch_only(cast: Cast) -> None:
    centrs = making.group(cast, lesson_count=3, starts_on=date(2027, 2, 1))
    studija = making.group(cast, lesson_count=3, starts_on=date(2027, 2, 1), branch=cast.studija)
    (closure,) = commands.add_closure(Actor.of(cast.sanita), day=date(2027, 2, 3), name="Repairs", branch=cast.centrs)
    assert days(centrs) == [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 10)]
    assert days(studija) == [date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 8)]
    centrs.refresh_from_db()
    assert centrs.ends_on == date(2027, 2, 10)
    commands.remove_closure(Actor.of(cast.sanita), closure)
    assert days(centrs) == [date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 8)]


def test_what_is_past_stays(cast: Cast) -> None:
    group = making.group(cast, lesson_count=6, starts_on=date(2027, 2, 1))
    before = list(group.lessons.values_list("pk", flat=True))
    with at(datetime(2027, 2, 9, 12, tzinfo=UTC)):
        commands.change_group(Actor.of(cast.sanita), group, times=[Time(3, time(19), 60)])
    assert days(group) == [
        *(date(2027, 2, day) for day in (1, 3, 8)),
        *(date(2027, 2, day) for day in (11, 18, 25)),
    ]
    assert list(group.lessons.values_list("pk", flat=True)) == before, "lessons keep their keys"


def test_a_group_that_has_begun_keeps_its_first_day_and_lessons(cast: Cast) -> None:
    group = making.group(cast, lesson_count=6, starts_on=date(2027, 2, 1))
    with at(datetime(2027, 2, 9, 12, tzinfo=UTC)):
        with pytest.raises(Refused, match="has begun"):
            commands.change_group(Actor.of(cast.sanita), group, starts_on=date(2027, 3, 1))
        with pytest.raises(Refused, match="3 lessons have been held"):
            commands.change_group(Actor.of(cast.sanita), group, lesson_count=2)


def test_fewer_lessons_end_it_sooner(cast: Cast) -> None:
    group = making.group(cast, lesson_count=6, starts_on=date(2027, 2, 1))
    changed = commands.change_group(Actor.of(cast.sanita), group, lesson_count=2)
    assert days(group) == [date(2027, 2, 1), date(2027, 2, 3)]
    assert changed.ends_on == date(2027, 2, 3)


def test_days_off_cost_the_same_for_any_number_of_groups(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    for _group in range(12):
        making.group(cast, lesson_count=20, starts_on=date(2027, 2, 1))
    with django_assert_max_num_queries(22):
        commands.add_closure(Actor.of(cast.sanita), day=date(2027, 2, 3), name="Repairs")
    assert not Lesson.objects.filter(starts_at__date=date(2027, 2, 3)).exists()


def at(moment: datetime) -> AbstractContextManager[Any]:
    return patch("django.utils.timezone.now", lambda: moment)


def days(group: Group) -> list[date]:
    return [lesson.starts_at.astimezone(group.branch.tz).date() for lesson in group.lessons.all()]
