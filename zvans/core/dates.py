"""Days and moments as a busy person reads them, in the active language."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import locales


def day(value: date | datetime | None) -> str:
    """A date for a busy reader: "today", "tomorrow", "12 Mar", with the year when it is another one."""
    if value is None:
        return ""
    found = _local(value).date() if isinstance(value, datetime) else value
    return _day(found, timezone.localdate(), locales.active())


@lru_cache(maxsize=4096)
def _day(found: date, today: date, locale: str) -> str:
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((found - today).days)
    if near:
        return near
    if found.year == today.year:
        return format_skeleton("MMMd", found, locale=locale)
    return format_date(found, "medium", locale)


def long_day(value: date) -> str:
    """A date in full, for letters: "12 January 2027"."""
    return format_date(value, "long", locales.active())


def day_time(value: datetime | None) -> str:
    """As ``day``, with the time: "tomorrow 18:00"."""
    if not value:
        return ""
    local = _local(value)
    return f"{_day(local.date(), timezone.localdate(), locales.active())} {local:%H:%M}"


def clock(value: datetime | time | None) -> str:
    """The time of day, in 24 hours: "18:00"."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value:%H:%M}" if value is not None else ""


def iso(value: datetime) -> str:
    """The moment for machines, on the clock of the school: "2027-03-12T18:00:00+02:00"."""
    return _local(value).isoformat()


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
