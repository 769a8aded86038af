"""The weekly pattern of a group: its lessons in time, and how it reads in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale

from zvans.core import locales
from zvans.core.times import at_wall_time

# When a lesson starts and ends, in UTC.
Span = tuple[datetime, datetime]

# A pattern that finds no day for its next lesson within a year never will.
_LONGEST_PAUSE = timedelta(days=366)


class Times(Protocol):
    """A row of a pattern: on this weekday (Monday is 0), at this wall time, for so many minutes."""

    @property
    def weekday(self) -> int: ...
    @property
    def starts_at(self) -> time: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, order=True)
class Time:
    """A row that is not (yet) in the database."""

    weekday: int
    starts_at: time
    minutes: int


def lessons(
    pattern: Iterable[Times],
    *,
    first_day: date,
    count: int,
    zone: ZoneInfo,
    is_off: Callable[[date], bool],
    after: datetime | None = None,
) -> Iterator[Span]:
    """The next ``count`` lessons of the pattern as ``(starts, ends)`` in UTC, in order and never overlapping.

    Args:
        first_day: the first day on which a lesson may be.
        is_off: whether the school is closed on a day.
        after: lessons start at or after this moment (the end of the last one that is kept).

    A lesson that the clock change pushes into the one before it is left out on that day. Fewer lessons come
    when a whole year has no day for the next one.
    """
    rows = sorted(pattern, key=lambda row: (row.starts_at, row.minutes))
    day, last_try = first_day, first_day + _LONGEST_PAUSE
    while rows and count and day < last_try:
        for starts, ends in _on(day, rows, zone) if not is_off(day) else ():
            if (after is None or starts >= after) and count:
                yield starts, ends
                after, count, last_try = ends, count - 1, day + _LONGEST_PAUSE
        day += timedelta(days=1)


def _on(day: date, rows: list[Times], zone: ZoneInfo) -> list[Span]:
    starts = [(at_wall_time(day, row.starts_at, zone), row.minutes) for row in rows if row.weekday == day.weekday()]
    return sorted((moment, moment + timedelta(minutes=minutes)) for moment, minutes in starts)


def overlaps(pattern: Iterable[Times]) -> bool:
    """Whether two rows of the pattern are at the same time on the same day."""
    rows = sorted(pattern, key=lambda row: (row.weekday, row.starts_at))
    return any(
        this.weekday == following.weekday and _minute(following) < _minute(this) + this.minutes
        for this, following in pairwise(rows)
    )


def in_words(pattern: Iterable[Times]) -> str:
    """The pattern in the active language, days of the same time together: "Mon, Wed 18:00; Sat 10:00"."""
    names = _weekdays(locales.active())
    days_at: dict[time, list[str]] = {}
    for row in sorted(pattern, key=lambda row: (row.weekday, row.starts_at)):
        days_at.setdefault(row.starts_at, []).append(names[row.weekday])
    return "; ".join(f"{', '.join(days)} {at:%H:%M}" for at, days in days_at.items())


@lru_cache(maxsize=64)
def _weekdays(locale: str) -> dict[int, str]:
    return dict(Locale.parse(locale).days["format"]["abbreviated"])


def _minute(row: Times) -> int:
    return row.starts_at.hour * 60 + row.starts_at.minute
