"""A weekly pattern as rows of day, time and minutes. Without scripts some spare rows are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from zvans.schedule.models import WeeklyTime
from zvans.schedule.pattern import Time, Times

_PARTS = ("weekday", "starts_at", "minutes")
_MOST = 14
_SHOWN = 3

Row = Mapping[str, Any]


class TimesInput(forms.Widget):
    """Rows named ``times-0-weekday``, ``times-0-starts_at``, ``times-0-minutes``…"""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        rows = ({part: data.get(f"{name}-{number}-{part}", "") for part in _PARTS} for number in range(_MOST))
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-weekday" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        filled = [_as_row(row) for row in value or ()]
        spare = [dict.fromkeys(_PARTS, "")] * max(_SHOWN - len(filled), 1)
        context = {"name": name, "rows": [*filled, *spare][:_MOST], "filled": max(len(filled), 1)}
        return mark_safe(render_to_string("schedule/times.html", context | {"weekdays": WeeklyTime.Weekday.choices}))


def _as_row(row: Row | Times) -> Row:
    if isinstance(row, Mapping):
        return row
    return {"weekday": str(row.weekday), "starts_at": f"{row.starts_at:%H:%M}", "minutes": row.minutes}


class TimesField(forms.Field):
    """A weekly pattern, cleaned to rows of ``(weekday, starts_at, minutes or None)``."""

    widget = TimesInput
    default_error_messages = {
        "half": _("Write both the day and the time."),
        "time": _("“%(value)s” is not a time. Write it as 18:00."),
        "minutes": _("A lesson lasts 5 to 720 minutes."),
        "twice": _("The same day and time stand here twice."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Days and times"), "required": False, **kwargs})

    def clean(self, value: Any) -> list[tuple[int, time, int | None]]:
        rows = [self._row(row) for row in super().clean(value) or ()]
        if len({row[:2] for row in rows}) < len(rows):
            raise forms.ValidationError(self.error_messages["twice"], "twice")
        return rows

    def _row(self, row: Row) -> tuple[int, time, int | None]:
        weekday, starts_at, minutes = (str(row[part]).strip() for part in _PARTS)
        if weekday not in map(str, WeeklyTime.Weekday.values) or not starts_at:
            raise forms.ValidationError(self.error_messages["half"], "half")
        try:
            at = forms.TimeField().clean(starts_at)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["time"], "time", {"value": starts_at}) from None
        if minutes and not (minutes.isdecimal() and 5 <= int(minutes) <= 720):
            raise forms.ValidationError(self.error_messages["minutes"], "minutes")
        return int(weekday), at, int(minutes) if minutes else None


def pattern_of(rows: Iterable[tuple[int, time, int | None]], minutes: int) -> list[Time]:
    """The rows as a pattern; lessons without a length of their own last ``minutes``."""
    return [Time(weekday, at, own or minutes) for weekday, at, own in rows]
