"""What opening several groups at once would bring: their lessons, and what there is to know before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from zvans.schedule import pattern
from zvans.schedule.commands.groups import NewGroup
from zvans.schedule.days import DaysOff
from zvans.schedule.models import Group, Lesson

# A teacher or a room: ("teacher", 7).
Resource = tuple[str, int]


@dataclass
class Planned:
    """A group that would be opened. ``clashes`` names the groups that have its teacher or room at the same time."""

    number: int
    new: NewGroup
    group: Group
    lessons: list[pattern.Span]
    closed: list[date]
    teacher_clashes: list[str] = field(default_factory=list)
    room_clashes: list[str] = field(default_factory=list)

    @property
    def first_day(self) -> date:
        return self._day(self.lessons[0]) if self.lessons else self.group.starts_on

    @property
    def last_day(self) -> date:
        return self._day(self.lessons[-1]) if self.lessons else self.group.starts_on

    @property
    def in_words(self) -> str:
        return pattern.in_words(self.new.times)

    @property
    def more_clashes(self) -> int:
        """How many clashes there are beside the two of each kind that are shown."""
        return sum(max(len(clashes) - 2, 0) for clashes in (self.teacher_clashes, self.room_clashes))

    @property
    def is_short(self) -> bool:
        return len(self.lessons) < self.group.lesson_count

    def _day(self, span: pattern.Span) -> date:
        return span[0].astimezone(self.group.branch.tz).date()


def preview(new: Sequence[NewGroup]) -> list[Planned]:
    """Each group as it would be opened, in three queries for any number of them.

    Raises:
        Refused: when one can't be opened.
    """
    days_off = DaysOff()
    planned = [_plan(number, each, days_off) for number, each in enumerate(new)]
    busy = _busy(planned)
    for each in planned:
        each.teacher_clashes = _clashes(busy, each, "teacher", each.group.teacher_id)
        each.room_clashes = _clashes(busy, each, "room", each.group.room_id)
        for resource in _resources(each.group.teacher_id, each.group.room_id):
            for span in each.lessons:
                busy.setdefault((resource, span[0].date()), []).append((span, each.group.name))
    return planned


def _plan(number: int, new: NewGroup, days_off: DaysOff) -> Planned:
    group, lessons = new.build(days_off)
    planned = Planned(number, new, group, lessons, [])
    weekdays = {row.weekday for row in new.times}
    days = (new.starts_on + timedelta(days=count) for count in range((planned.last_day - new.starts_on).days))
    is_off = days_off.of(group.branch_id)
    planned.closed = [day for day in days if day.weekday() in weekdays and is_off(day)]
    return planned


Busy = dict[tuple[Resource, date], list[tuple[pattern.Span, str]]]


def _busy(planned: Sequence[Planned]) -> Busy:
    """The lessons that the same teachers and rooms have already, by day (of UTC, as all lessons here are)."""
    spans = [span for each in planned for span in each.lessons]
    teachers = {each.group.teacher_id for each in planned} - {None}
    rooms = {each.group.room_id for each in planned} - {None}
    if not spans or not (teachers or rooms):
        return {}
    held = Lesson.objects.filter(
        Q(teacher__in=teachers) | Q(room__in=rooms),
        state=Lesson.State.PLANNED,
        starts_at__lt=max(ends for _starts, ends in spans),
        ends_at__gt=min(starts for starts, _ends in spans),
    )
    busy: Busy = {}
    for teacher, room, starts, ends, name in held.values_list(
        "teacher", "room", "starts_at", "ends_at", "group__name"
    ).order_by():
        for resource in _resources(teacher, room):
            busy.setdefault((resource, starts.date()), []).append(((starts, ends), name))
    return busy


def _resources(teacher: int | None, room: int | None) -> Iterator[Resource]:
    if teacher:
        yield "teacher", teacher
    if room:
        yield "room", room


def _clashes(busy: Busy, planned: Planned, kind: str, key: int | None) -> list[str]:
    """The names of the groups that hold the resource during one of the planned lessons."""
    if key is None:
        return []
    names: dict[str, None] = {}
    for starts, ends in planned.lessons:
        for day in {starts.date(), ends.date()}:
            for (others_start, others_end), name in busy.get(((kind, key), day), ()):
                if others_start < ends and starts < others_end:
                    names[name] = None
    return list(names)
