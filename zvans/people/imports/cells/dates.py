"""Dates and times as people write them; what is ambiguous is decided for the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zvans.people.imports.cells.plain import Cell, text_of
from zvans.people.imports.words import month

_NUMBERS = re.compile(
    r"^\D{0,3}?(\d{1,4})\s*[./\-–,\s]\s*(\d{1,2})\s*[./\-–,\s]\s*(\d{1,4})(?!\d)\s*[.,;]?\s*(.*)$", re.S
)
_COMPACT = re.compile(r"^(?:(19|20)(\d{2})(\d{2})(\d{2})|(\d{2})(\d{2})((?:19|20)\d{2}))$")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_MONGOLIAN = re.compile(r"(\d{4})\s*оны?\s*(\d{1,2})\D*сар\w*\s*(\d{1,2})", re.I)
_REST = re.compile(
    r"^(?:[Tt]?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?|Z|[+-]\d{2}:?\d{2})?|г\.?|г\.?\s*р\.?|gads?|g|\.|)$"
)
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class DateStyle:
    """How a column writes its dates.

    Args:
        month_first: ``07/31/2025``.
        year_first: two-digit years come first: ``24.03.12`` is 12 March 2024.
        past: the dates are birthdays, which lie in the past.
        today: the day from which a two-digit year is read.
    """

    month_first: bool = False
    year_first: bool = False
    past: bool = False
    today: date = date(2100, 1, 1)


def style_of(column: Iterable[Cell], *, past: bool, today: date, country: str = "") -> DateStyle:
    """What the column proves about its ambiguous dates; day first when it proves nothing."""
    first, second, short_first, short_last = 0, 0, 0, 0
    for cell in column:
        found = _NUMBERS.match(text_of(cell)) if isinstance(cell, str) else None
        if not found:
            continue
        one, two, three = (int(part) for part in found.groups()[:3])
        if len(found[3]) >= 3 and len(found[1]) <= 2:
            first, second = first + (one > 12), second + (two > 12)
        elif len(found[1]) <= 2 and len(found[3]) <= 2:
            short_first, short_last = short_first + (one > 31), short_last + (three > 31)
            first, second = first + (12 < one <= 31), second + (two > 12)
    american = country == "US" and not first
    return DateStyle(
        month_first=(second > first) or american,
        year_first=short_first > 0 and not short_last,
        past=past,
        today=today,
    )


def read_date(cell: Cell, style: DateStyle) -> date | None:
    """The date in the cell, or None when there is none that can be read without doubt."""
    if isinstance(cell, datetime):
        return _sane(cell.date(), style)
    if isinstance(cell, date):
        return _sane(cell, style)
    if isinstance(cell, (bool, time | timedelta)) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _from_serial(float(cell), style)
    text = text_of(cell).replace("\n", " ").strip()
    return _from_text(text, style) if text else None


def _from_serial(number: float, style: DateStyle) -> date | None:
    if 3_000 <= number < 80_000:
        return _sane(_EPOCH + timedelta(days=int(number)), style)
    return _from_text(str(int(number)), style) if 1e7 <= number < 1e8 and number == int(number) else None


def _from_text(text: str, style: DateStyle) -> date | None:
    if not text.isascii():
        mongolian = _MONGOLIAN.match(text)
        if mongolian:
            return _date(int(mongolian[1]), int(mongolian[2]), int(mongolian[3]), style)
    found = _NUMBERS.match(text)
    if found and _REST.match(found[4]):
        return _from_parts(found[1], found[2], found[3], style)
    compact = _COMPACT.match(text)
    if compact:
        if compact[1]:
            return _date(int(compact[1] + compact[2]), int(compact[3]), int(compact[4]), style)
        return _date(int(compact[7]), int(compact[6]), int(compact[5]), style)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_serial(float(text), style)
    return _from_words(text, style)


def _from_parts(one: str, two: str, three: str, style: DateStyle) -> date | None:
    if len(one) == 4:
        return _date(int(one), int(two), int(three), style) if len(three) <= 2 else None
    if len(one) == 3 or len(three) == 3:
        return None
    if len(three) <= 2 and (style.year_first or int(one) > 31):
        return _date(_century(int(one), int(two), int(three), style), int(two), int(three), style)
    day, number = (int(two), int(one)) if style.month_first else (int(one), int(two))
    if number > 12 >= day:
        day, number = number, day
    year = int(three) if len(three) == 4 else _century(int(three), number, day, style)
    return _date(year, number, day, style)


def _from_words(text: str, style: DateStyle) -> date | None:
    words = _WORDS.findall(text)
    if not 3 <= len(words) <= 6:
        return None
    numbers = [word for word in words if word.isdigit()]
    months = [found for word in words if not word.isdigit() and (found := month(word))]
    if len(months) != 1 or len(numbers) != 2:
        return None
    first, second = numbers
    if len(first) == 4:
        return _date(int(first), months[0], int(second), style)
    year = int(second) if len(second) == 4 else _century(int(second), months[0], int(first), style)
    return _date(year, months[0], int(first), style)


def _century(short: int, number: int, day: int, style: DateStyle) -> int:
    """The full year: a birthday is the latest one that is past, anything else lies at most a year ahead."""
    year = 2000 + short
    if style.past:
        later = (year, number, day) > (style.today.year, style.today.month, style.today.day)
    else:
        later = year > style.today.year + 1
    return year - 100 if later else year


def _date(year: int, number: int, day: int, style: DateStyle) -> date | None:
    try:
        return _sane(date(year, number, day), style)
    except ValueError:
        return None


def _sane(day: date, style: DateStyle) -> date | None:
    """None for a date that can't be meant: a birthday to come, a year out of all bounds."""
    if style.past:
        return day if day.year >= 1900 and day <= style.today else None
    return day if 1950 <= day.year <= style.today.year + 10 else None


_TIME = re.compile(r"^\D{0,12}?(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?|\s)?(?::\d{2})?\s*([aApP])?\.?\s*[mM]?\.?\D{0,12}$")


def read_time(cell: Cell) -> time | None:
    """The time of day: ``2:00 PM``, ``15.15``, ``17h00``, or a spreadsheet's fraction of a day."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    if isinstance(cell, timedelta):
        return _clock(int(cell.total_seconds()) // 3600, int(cell.total_seconds()) // 60 % 60, "")
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 1440)
        return _clock(minutes // 60, minutes % 60, "")
    text = text_of(cell)
    if isinstance(cell, float) and "." in text and len(text.split(".")[1]) == 1:
        text += "0"
    found = _TIME.match(text)
    return _clock(int(found[1]), int(found[2] or 0), (found[3] or "").lower()) if found else None


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None
