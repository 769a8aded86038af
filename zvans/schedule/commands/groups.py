"""Groups: opened (one or many at once), changed, cancelled, put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zvans.core import journal, organisation, search
from zvans.core.actors import Actor
from zvans.core.commands import Changes, Refused, assign, command
from zvans.money import commands as accounts
from zvans.schedule import letters, pattern, queries
from zvans.schedule.commands.holding import end, locked, record
from zvans.schedule.commands.lessons import lay
from zvans.schedule.commands.line import offer_free_places
from zvans.schedule.days import DaysOff
from zvans.schedule.models import Enrolment, Group, Lesson, Program, Room, WeeklyTime
from zvans.schedule.pattern import Time
from zvans.team.models import Branch, User

_MOVES_LESSONS = {"starts_on", "lesson_count", "teacher", "room", "branch"}


@dataclass(frozen=True)
class NewGroup:
    """A group to be opened. What is None is as in the program.

    Args:
        times: the weekly pattern; without it the group has no lessons yet.
        starts_on: no lesson is before this day; the first day of the group is that of its first lesson.
        name: by default the program, the first day and the label of the variant ("evening").
        price: in minor units.
    """

    program: Program
    branch: Branch
    starts_on: date
    times: Sequence[Time] = ()
    name: str = ""
    label: str = ""
    teacher: User | None = None
    room: Room | None = None
    link: str = ""
    lesson_count: int | None = None
    capacity: int | None = None
    price: int | None = None
    sign_up_from: date | None = None
    sign_up_until: date | None = None
    is_public: bool = True

    def build(self, days_off: DaysOff) -> tuple[Group, list[pattern.Span]]:
        """The group and its lessons, not yet written.

        Raises:
            Refused: when something is missing or can't be together.
        """
        program = self.program
        price = program.price if self.price is None else self.price
        if price is None:
            raise Refused(_("Write the price; the program has none."), field="price")
        group = Group(
            program=program,
            name=self.name.strip(),
            branch=self.branch,
            teacher=self.teacher,
            room=self.room,
            link=self.link,
            starts_on=self.starts_on,
            lesson_count=self.lesson_count or program.lesson_count,
            capacity=self.capacity or program.capacity,
            price=price,
            sign_up_from=self.sign_up_from,
            sign_up_until=self.sign_up_until,
            is_public=self.is_public,
        )
        _check(group, self.times)
        lessons = self._lessons(group, days_off)
        if lessons:
            group.starts_on = lessons[0][0].astimezone(self.branch.tz).date()
        group.name = group.name or _default_name(program, group.starts_on, self.label)
        return group, lessons

    def _lessons(self, group: Group, days_off: DaysOff) -> list[pattern.Span]:
        times = pattern.lessons(
            self.times,
            first_day=self.starts_on,
            count=group.lesson_count,
            zone=self.branch.tz,
            is_off=days_off.of(self.branch.pk),
        )
        return list(times)


@command
def open_group(by: Actor, **fields: Any) -> Group:
    """Open a group, with its lessons.

    Args:
        fields: those of ``NewGroup``.

    Raises:
        Refused: when something is missing or can't be together.
    """
    return open_groups(by, [NewGroup(**fields)])[0]


@command
def open_groups(by: Actor, new: Sequence[NewGroup]) -> list[Group]:
    """Open several groups, or none when one of them can't be."""
    days_off = DaysOff()
    groups = Group.objects.bulk_create([each.build(days_off)[0] for each in new])
    WeeklyTime.objects.bulk_create(
        [_row(group, row) for group, each in zip(groups, new, strict=True) for row in each.times]
    )
    prefetch_related_objects(groups, "weekly_times")
    lay(groups)
    search.index_many(groups)
    journal.record_many([(journal.draft(by, "schedule.group_opened", group), group, ()) for group in groups])
    return groups


@command
def change_group(by: Actor, group: Group, *, times: Sequence[Time] | None = None, **fields: Any) -> Group:
    """Change what is given, and lay the lessons to come anew when that concerns them. More places are offered to the
    waiting list at once.

    Returns:
        The group as it is now.

    Raises:
        Refused: when there would be fewer places than are taken, or the first day of a group that has begun moves.
    """
    group = locked(group)
    changes = assign(group, **fields)
    before = group.pattern
    if times is not None:
        group.weekly_times.all().delete()
        WeeklyTime.objects.bulk_create([_row(group, row) for row in times])
    prefetch_related_objects([group], "weekly_times")
    if group.pattern != before:
        changes["pattern"] = [before, group.pattern]
    _check(group, list(group.weekly_times.all()))
    _save(group, changes)
    if _MOVES_LESSONS & changes.keys() or times is not None:
        lay([group])
    if changes:
        search.index(group)
        journal.record(by, "schedule.group_changed", group, changes=changes)
    if "capacity" in changes:
        offer_free_places(by, group)
    return group


@command
def cancel_group(by: Actor, group: Group, *, reason: str) -> None:
    """The group will not be: everyone in it or waiting for it is told, and what they have not paid is not owed.

    Raises:
        Refused: when it is cancelled already.
    """
    group = locked(group)
    if not Group.objects.filter(pk=group.pk, state=Group.State.OPEN).update(state=Group.State.CANCELLED):
        raise Refused(_("This group is cancelled already."))
    group.state = Group.State.CANCELLED
    coming = group.lessons.filter(starts_at__gt=timezone.now())
    coming.update(state=Lesson.State.CANCELLED)
    for place in letters.with_readers(group.enrolments.filter(state__in=Enrolment.ACTIVE)).select_related("sale"):
        end(place, Enrolment.State.CANCELLED, _("The group was cancelled"))
        if place.sale:
            accounts.cancel_sale(by, place.sale, reason=_("The group was cancelled"))
        letters.group_cancelled(by, place, reason.strip())
        record(by, "schedule.enrolment_cancelled", place, reason=reason.strip())
    journal.record(by, "schedule.group_cancelled", group, reason=reason.strip())


@command
def archive_group(by: Actor, group: Group) -> None:
    """Put it away; it can come back.

    Raises:
        Refused: while it goes on and has students.
    """
    group = locked(group)
    going_on = group.state == Group.State.OPEN and not group.has_ended(queries.today(group.branch))
    if going_on and group.enrolments.filter(state__in=Enrolment.ACTIVE).exists():
        raise Refused(_("It has students and has not ended. Cancel it first, or move them to another group."))
    if Group.objects.active().filter(pk=group.pk).update(archived_at=timezone.now()):
        journal.record(by, "schedule.group_archived", group)


@command
def restore_group(by: Actor, group: Group) -> None:
    if Group.objects.archived().filter(pk=group.pk).update(archived_at=None):
        journal.record(by, "schedule.group_restored", group)


def _default_name(program: Program, starts_on: date, label: str) -> str:
    """What a group is called when nobody names it: "English A1, 12 Jan, evening"."""
    locale = translation.to_locale(organisation.current().language)
    parts = (program.name, format_skeleton("MMMd", starts_on, locale=locale), label)
    return ", ".join(filter(None, parts))[:120]


def _check(group: Group, times: Sequence[pattern.Times]) -> None:
    if pattern.overlaps(times):
        raise Refused(_("Two lessons of the week overlap."), field="times")
    if group.room and group.room.branch_id != group.branch_id:
        facts = {"room": group.room, "branch": group.branch}
        raise Refused(_("%(room)s is not in the branch “%(branch)s”.") % facts, field="room")
    if group.sign_up_from and group.sign_up_until and group.sign_up_until < group.sign_up_from:
        raise Refused(_("Sign-up would end before it begins."), field="sign_up_until")


def _save(group: Group, changes: Changes) -> None:
    """Write the changes; the places by a conditional update, so that they never fall below those taken."""
    if "starts_on" in changes and group.lessons.filter(starts_at__lte=timezone.now()).exists():
        raise Refused(_("The group has begun, so its first day can't move."), field="starts_on")
    if "capacity" in changes:
        enough = Group.objects.filter(pk=group.pk, taken__lte=group.capacity)
        if not enough.update(capacity=group.capacity):
            raise Refused(
                _("%(taken)d places are taken, so there can't be fewer.") % {"taken": group.taken}, field="capacity"
            )
    fields = changes.keys() - {"capacity", "pattern"}
    if fields:
        group.save(update_fields=[*fields, "sort_name"])


def _row(group: Group, row: Time) -> WeeklyTime:
    return WeeklyTime(group=group, weekday=row.weekday, starts_at=row.starts_at, minutes=row.minutes)
