"""Days on which there are no lessons: the country's public holidays, and the school's own closures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import holidays
from django.utils import translation

from zvans.core import organisation
from zvans.schedule.models import Closure


def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of the school's country, named in the active language when that is known."""
    return _holidays(organisation.current().country, year, translation.get_language() or "en")


def is_public_holiday(day: date) -> bool:
    return day in _holidays(organisation.current().country, day.year, "en")


class DaysOff:
    """What is closed when, read once; ``DaysOff().of(branch)`` tells of a day whether the branch is closed."""

    def __init__(self) -> None:
        self._closed: set[tuple[date, int | None]] = set()
        self._works: set[tuple[date, int | None]] = set()
        for day, branch_id, works in Closure.objects.values_list("day", "branch_id", "works"):
            (self._works if works else self._closed).add((day, branch_id))
        self._country = organisation.current().country

    def of(self, branch_id: int) -> Callable[[date], bool]:
        def is_off(day: date) -> bool:
            here = {(day, None), (day, branch_id)}
            if here & self._closed:
                return True
            return day in _holidays(self._country, day.year, "en") and not here & self._works

        return is_off


@cache
def _holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """A year of a country; a country that the library doesn't know has none."""
    if country not in holidays.list_supported_countries():
        return {}
    known = holidays.list_localized_countries().get(country, [])
    spoken = next((name for name in known if name.split("_")[0] == language), None) or next(
        (name for name in known if name.startswith("en")), None
    )
    found = holidays.country_holidays(country, years=year, language=spoken)
    return dict(sorted(found.items()))
