"""Free text, shown to someone who may not see how to reach people: phones and e-mails in it are covered."""

import re

_HIDDEN = "•••"
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_NUMBER = re.compile(r"(?<![\w-])\+?\(?\d[\d\s()./-]{4,}\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*")


def without_contacts(text: str) -> str:
    """``text`` with e-mails, and numbers of seven digits or more that are no dates, put out of sight."""
    return _NUMBER.sub(_cover, _EMAIL.sub(_HIDDEN, text))


def _cover(found: re.Match[str]) -> str:
    number = found.group()
    is_phone = sum(character.isdigit() for character in number) >= 7 and not _DATE.fullmatch(number)
    return _HIDDEN if is_phone else number
