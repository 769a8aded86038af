"""A cell as text."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from zvans.people.imports.words import NONE, key

Cell = str | float | int | bool | date | datetime | time | timedelta | None

_SPACES = re.compile(r"[^\S\n]+")


def text_of(cell: Cell) -> str:
    """The cell as a person would write it, without needless spaces: ``99941946.0`` is ``99941946``."""
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        return _SPACES.sub(" ", text).strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return "" if cell is None else str(cell)


def _number(number: float) -> str:
    if not math.isfinite(number):
        return ""
    return str(int(number)) if number == int(number) and abs(number) < 1e16 else repr(number)


def is_none(text: str) -> bool:
    """Whether the text says that there is nothing: "", "-", "nav", "nincs", "hakuna"."""
    if not text:
        return True
    words = key(text)
    return words in NONE if words else not any(c.isalnum() for c in text)
