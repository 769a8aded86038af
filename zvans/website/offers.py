"""An open group, in the words of the public pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names, get_timezone_location
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zvans.core import collation, locales, money
from zvans.schedule import queries
from zvans.schedule.models import Group, Program, WeeklyTime
from zvans.team.models import Branch

_FEW = 3


@dataclass(frozen=True)
class Offer:
    """A group that takes applications."""

    group: Group

    @property
    def is_full(self) -> bool:
        return self.group.free <= 0

    @property
    def is_online(self) -> bool:
        return bool(self.group.link) and self.group.room_id is None

    @property
    def places(self) -> str:
        if self.is_full:
            return _("Full")
        return ngettext("%(n)s place left", "%(n)s places left", self.group.free) % {"n": self.group.free}

    @property
    def tone(self) -> str:
        return "tone-quiet" if self.is_full else "tone-yellow" if self.group.free <= _FEW else "tone-green"

    @property
    def dates(self) -> str:
        """ "12 Jan – 28 Mar", with the year when it is another one; "from 12 Jan" without an end."""
        group = self.group
        if group.ends_on is None:
            return _("from %(day)s") % {"day": _day(group.starts_on)}
        if group.ends_on == group.starts_on:
            return _day(group.starts_on)
        return f"{_day(group.starts_on)} – {_day(group.ends_on)}"

    @property
    def lessons(self) -> str:
        count = self.group.lesson_count
        return ngettext("%(n)s lesson", "%(n)s lessons", count) % {"n": count}

    @cached_property
    def times(self) -> str:
        """ "Mon, Wed 18:00–19:30"; with the city whose time it is when the group meets online."""
        weekly = _weekly(self.group.weekly_times.all())
        if weekly and self.is_online:
            city = get_timezone_location(ZoneInfo(self.group.branch.time_zone), locales.active(), return_city=True)
            return _("%(times)s (time of %(city)s)") % {"times": weekly, "city": city}
        return weekly

    @property
    def place(self) -> str:
        branch = self.group.branch
        if self.is_online:
            return _("Online")
        return ", ".join(filter(None, (branch.name, branch.address)))

    @property
    def price(self) -> str:
        return money.show(self.group.price) if self.group.price else _("Free of charge")

    @property
    def closes(self) -> str:
        until = self.group.sign_up_until
        return _("Sign-up until %(day)s") % {"day": _day(until)} if until else ""


@dataclass(frozen=True)
class Shelf:
    """A program with its open groups."""

    program: Program
    offers: list[Offer]


def all_open() -> list[Offer]:
    """Every group that takes applications today, soonest first."""
    return [Offer(group) for group in queries.public_groups(queries.today())]


def one_open(pk: int) -> Offer | None:
    group = queries.public_groups(queries.today()).filter(pk=pk).first()
    return Offer(group) if group else None


def shelves(offers: Iterable[Offer]) -> list[Shelf]:
    """The offers by program; the program that starts soonest stands first."""
    by_program: dict[int, Shelf] = {}
    for offer in offers:
        program = offer.group.program
        by_program.setdefault(program.pk, Shelf(program, [])).offers.append(offer)
    return list(by_program.values())


def programs_of(offers: Iterable[Offer]) -> list[Program]:
    return sorted({offer.group.program for offer in offers}, key=lambda program: program.sort_name)


def branches_of(offers: Iterable[Offer]) -> list[Branch]:
    return sorted({offer.group.branch for offer in offers}, key=lambda branch: collation.order(branch.name))


def _weekly(times: Iterable[WeeklyTime]) -> str:
    """Days that share their hours stand together: "Mon, Wed 18:00–19:30; Sat 10:00–11:30"."""
    names = get_day_names("abbreviated", locale=locales.active())
    by_hours = sorted(times, key=lambda time: (time.starts_at, time.minutes, time.weekday))
    parts = []
    for (starts_at, minutes), shared in groupby(by_hours, key=lambda time: (time.starts_at, time.minutes)):
        days = [time.weekday for time in shared]
        ends_at = (datetime.combine(date.min, starts_at) + timedelta(minutes=minutes)).time()
        hours = f"{starts_at:%H:%M}–{ends_at:%H:%M}"
        parts.append((days[0], f"{', '.join(names[day] for day in days)} {hours}"))
    return "; ".join(text for _first, text in sorted(parts))


def _day(day: date) -> str:
    skeleton = "MMMd" if day.year == timezone.localdate().year else "yMMMd"
    return format_skeleton(skeleton, day, locale=locales.active())
