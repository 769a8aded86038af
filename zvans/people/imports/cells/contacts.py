"""Phones and e-mails as people write them: several in a cell, with whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zvans.core import phones
from zvans.people.imports.cells.plain import is_none
from zvans.people.imports.words import PHONE_LABELS, RELATIONS, key, keys


@dataclass(frozen=True)
class Reached:
    """A number or an address that a cell holds.

    Args:
        value: E.164 or the lower-case address; as written when it can't be read.
        readable: whether it could be read.
    """

    value: str
    readable: bool
    label: str = ""
    whose: str = ""


_AND = keys("and|or", "un|vai", "és|vagy|ill", "ба|болон|эсвэл", "na|au", "и|или")
_SPLIT = re.compile(r"[,;|\n]|\s/\s|\s\\\s|//|\s&\s|\s\+\s(?=\d)")
_RUN = re.compile(r"(?:\+|\(\+?|00)?\s*\d(?:[\d\s().\-–/\\]*\d)?\)?")
_EXPONENT = re.compile(r"^\d[.,]\d+E\+?\d+$", re.I)
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_MESSENGERS = {"wa": "WhatsApp", "whatsapp": "WhatsApp", "viber": "Viber", "telegram": "Telegram", "signal": "Signal",
               "votsap": "WhatsApp", "vatsap": "WhatsApp", "vayber": "Viber"}  # fmt: skip


def phones_in(text: str, country: str) -> list[Reached]:
    """Every phone of the cell, in its order; what holds no number comes back as one that can't be read."""
    text = text.removeprefix("'").strip()
    if is_none(text):
        return []
    whole = number_of(text, country) if not _WORDS.search(text.removeprefix("tel:")) else None
    if whole:
        return [Reached(whole, True)]
    found: list[Reached] = []
    for part in _parts(text):
        read = _part(part, country)
        if not read and found and _WORDS.search(part):
            label, whose = _owner(part)
            found[-1] = Reached(found[-1].value, found[-1].readable, found[-1].label or label, found[-1].whose or whose)
        elif not read and not is_none(part):
            found.append(Reached(part, False))
        found.extend(read)
    return found


def numbers_of(text: str, country: str) -> tuple[list[Reached], str]:
    """The phones in a text that says more than phones, and what the text says beside them."""
    found = []
    rest = text
    for run in _RUN.findall(text):
        number = number_of(run, country) if sum(c.isdigit() for c in run) >= 6 else None
        if number:
            found.append(Reached(number, True))
            rest = rest.replace(run, " ", 1)
    return found, re.sub(r"\s+", " ", rest).strip(" ,;:-–/")


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in _SPLIT.split(text)]
    return [piece for part in parts for piece in _at_and(part) if piece]


def _at_and(part: str) -> list[str]:
    """The part cut at "and" and "or" that stand between numbers."""
    pieces = re.split(r"(?<=\d)\s+([^\W\d_]{1,5})\s+(?=[+(\d])", part)
    joined = [pieces[0]]
    for word, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if key(word) in _AND:
            joined.append(piece)
        else:
            joined[-1] += f" {word} {piece}"
    return joined


def _part(part: str, country: str) -> list[Reached]:
    runs = [run for run in _RUN.findall(part) if sum(c.isdigit() for c in run) >= 4]
    if _EXPONENT.match(part) or not runs:
        return []
    label, whose = _owner(_RUN.sub(" ", part))
    numbers = [number for run in runs for number in _numbers(run, country)]
    if not numbers:
        return [Reached(part.strip(), False)]
    return [Reached(number, True, label, whose) for number in numbers]


def _numbers(run: str, country: str) -> list[str]:
    """The numbers in a run of digits: one, or several that only a slash or a space parts."""
    whole = number_of(run, country)
    if whole:
        return [whole]
    for mark in (r"[/\\]", r"\s+"):
        pieces = [piece for piece in re.split(mark, run.strip()) if piece]
        found = _joined(pieces, country)
        if found:
            return found
    return []


def _joined(pieces: list[str], country: str) -> list[str]:
    """The numbers that the pieces make, each the fewest pieces that are a number; none when any is left over."""
    found: list[str] = []
    held = ""
    for piece in pieces:
        held = f"{held} {piece}".strip()
        number = number_of(held, country)
        if number:
            found.append(number)
            held = ""
    return found if not held else []


@lru_cache(maxsize=20_000)
def number_of(typed: str, country: str) -> str | None:
    return phones.parse(typed.removeprefix("tel:").split(";")[0].strip(), country)


def _owner(words: str) -> tuple[str, str]:
    """What the words beside a number are: its label ("WhatsApp"), or whose it is ("vīrs")."""
    text = re.sub(r"[()\[\]:,;/]+", " ", words)
    text = re.sub(r"\s+", " ", text).strip(" .-–")
    if not _WORDS.search(text):
        return "", ""
    labels = [word for word in text.split() if key(word) in PHONE_LABELS]
    others = [word for word in text.split() if word not in labels and key(word) not in _AND]
    shown = [_MESSENGERS.get(key(word), word) for word in labels if key(word) in _MESSENGERS or len(key(word)) > 3]
    whose = " ".join(others)[:80]
    return " ".join(shown)[:40], whose


def is_relation(words: str) -> bool:
    return any(word in RELATIONS for word in key(words).split())


_ADDRESS = re.compile(r"[^\s@,;<>()\[\]\"'|]+@[^\s@,;<>()\[\]\"'|/]+", re.U)


def emails_in(text: str) -> list[Reached]:
    """Every e-mail of the cell; what holds none comes back as one that can't be read."""
    if is_none(text):
        return []
    close = re.sub(r"\s*@\s*", "@", text.replace("mailto:", "").replace("(at)", "@").replace("[at]", "@"))
    close = re.sub(r"(@[\w.-]*?)\s*\.\s*(?=[a-z]{2,10}\b)", r"\1.", close)
    addresses = [address.strip(".:/").lower() for address in _ADDRESS.findall(close)]
    if not addresses:
        return [Reached(text[:254], False)]
    return [Reached(address[:254], _is_address(address)) for address in dict.fromkeys(addresses)]


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
