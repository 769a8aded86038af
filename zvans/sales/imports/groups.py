"""Which group a row means: by its name, by its program and first day, or because there is only one it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zvans.people.imports.cells.dates import read_time
from zvans.people.imports.words import key
from zvans.schedule.models import Group

# Whoever asks for a course joins one that begins within so many days, when the row names no group.
_AHEAD = timedelta(days=180)


@dataclass(frozen=True)
class Said:
    """What a row says of the group: the course, the group, its first day; and the day of the request."""

    wanted: str = ""
    group: str = ""
    starts_on: date | None = None
    on: date | None = None


@dataclass(frozen=True)
class Match:
    """The group that is meant.

    Args:
        is_named: the row names it; otherwise it is the only one that whoever is enrolled can be in.
        several: those that are meant equally, when it can't be told which.
    """

    group: Group | None = None
    is_named: bool = False
    several: Sequence[Group] = ()


class Groups:
    """The groups that there are, found by what rows say of them; letter case, accents and script don't count."""

    def __init__(self, groups: Iterable[Group], today: date) -> None:
        self.today = today
        self.by_name: dict[str, list[Group]] = {}
        self.by_program: dict[str, list[Group]] = {}
        self.words: dict[int, frozenset[str]] = {}
        for group in groups:
            self.by_name.setdefault(key(group.name), []).append(group)
            self.by_program.setdefault(key(group.program.name), []).append(group)
        self.found: dict[Said, Match] = {}

    def find(self, said: Said) -> Match:
        if said not in self.found:
            self.found[said] = self._find(said) if self.by_name else Match()
        return self.found[said]

    def _find(self, said: Said) -> Match:
        for candidates in (self._named(said), self._of_the_day(said)):
            fitting = [group for group in candidates if said.starts_on in (None, group.starts_on)]
            if fitting:
                one = fitting[0] if len(fitting) == 1 else None
                return Match(one, is_named=True, several=() if one else fitting)
        return Match(self._only_one(said))

    def _named(self, said: Said) -> Sequence[Group]:
        """Those of the name, the surest reading of it first."""
        course, name = key(said.wanted), key(said.group)
        theirs = self.by_program.get(course, [])
        readings = (
            [group for group in theirs if name and key(group.name) == name],
            self.by_name.get(f"{course} {name}", []) if name and course else [],
            self.by_name.get(name, []) if name and not theirs else [],
            self.by_name.get(course, []) if course and not name else [],
            [group for group in theirs if name and set(name.split()) <= self._words(group)],
        )
        return next((found for found in readings if found), [])

    def _of_the_day(self, said: Said) -> Sequence[Group]:
        return self.by_program.get(key(said.wanted), []) if said.starts_on and not said.group else []

    def _only_one(self, said: Said) -> Group | None:
        """The one group of the course that goes on or is to come, if the request is of its time.

        A name that is none of ours may be a timetable: then the hour is to be the group's.
        """
        theirs = [group for group in self.by_program.get(key(said.wanted), []) if not group.has_ended(self.today)]
        if said.starts_on:
            return None
        if said.group:
            hour = read_time(said.group)
            theirs = [g for g in theirs if hour and any(time.starts_at == hour for time in g.weekly_times.all())]
        one = theirs[0] if len(theirs) == 1 else None
        is_old = one is not None and said.on is not None and said.on < one.starts_on - _AHEAD
        return None if is_old else one

    def _words(self, group: Group) -> frozenset[str]:
        """All words that speak of the group: its name, its program, its weekly pattern."""
        if group.pk not in self.words:
            self.words[group.pk] = frozenset(key(f"{group.program.name} {group.name} {group.pattern}").split())
        return self.words[group.pk]
