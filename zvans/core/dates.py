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
    today = timezone.localdate()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((found - today).days)
    if near:
        return near
    return (
        _in_year(found, locales.active())
        if found.year == today.year
        else format_date(found, "medium", locales.active())
    )


def long_day(value: date) -> str:
    """A date in full, for letters: "12 January 2027"."""
    return format_date(value, "long", locales.active())


def day_time(value: datetime | None) -> str:
    """As ``day``, with the time: "tomorrow 18:00"."""
    return f"{day(value)} {clock(value)}" if value else ""


def clock(value: datetime | time | None) -> str:
    """The time of day, in 24 hours: "18:00"."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value:%H:%M}" if value is not None else ""


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@lru_cache(maxsize=1024)
def _in_year(found: date, locale: str) -> str:
    return format_skeleton("MMMd", found, locale=locale)
