"""Text of any usual encoding and separator, decided by what it decodes to."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from math import log

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = (
    "cp1257", "cp1250", "cp1251", "cp1252", "iso8859-13", "iso8859-2", "iso8859-4", "iso8859-5", "koi8-r", "cp866",
    "cp852", "cp775", "mac-latin2", "mac-cyrillic", "mac-roman", "iso8859-15",
)  # fmt: skip
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# The letters beside a–z that a text of one language has.
_ALPHABETS = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "āčēģīķļņšūžōŗ", "áéíóöőúüű", _CYRILLIC, _CYRILLIC + "өү", "äöüßàâçéèêëîïôùûœ", "ąčęėįšųūž", "äõöüšž",
        "ąćęłńóśźż", "áčďéěíňóřšťúůýžäľĺŕô", "àèéìíîòóùúñç", "åäöæøé", "ăâîșțşţ", _CYRILLIC + "іїєґ",
    )
)  # fmt: skip
_MARKS = frozenset("–—„“”‘’«»…€№°§•·´×²½\u00a0\u202f©®™£₽≤≥✓")
_SAMPLE = 60_000
_SEPARATORS = ";,\t|"


def decode(data: bytes) -> str:
    """The text of the bytes: by its mark, as UTF-8, or in the code page whose letters make one language."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        nearly = data.decode("utf-8", "replace")
    letters = sum(ord(character) > 127 for character in nearly)
    if nearly.count("\ufffd") * 20 < letters:
        return nearly
    sample = data if len(data) <= _SAMPLE else data[:_SAMPLE]
    best = max(_CANDIDATES, key=lambda name: _likeness(sample, name))
    return data.decode(best, "replace")


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of the usual letters is the same small one."""
    sample = data[:4000]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _likeness(data: bytes, name: str) -> float:
    """How much the bytes, decoded so, look like words of one language."""
    text = data.decode(name, "replace")
    beyond = Counter(character for character in text if ord(character) > 127)
    if not beyond:
        return 0.0
    strange = sum(count for character, count in beyond.items() if not character.isalpha() and character not in _MARKS)
    language = max(
        sum(count if character in alphabet else -count for character, count in beyond.items() if character.isalpha())
        for alphabet in _ALPHABETS
    )
    # A capital after a small letter: what a wrong Cyrillic code page makes of whole words.
    mixed = len(re.findall(r"[a-zа-яёāčēģīķļņšūžáéíóöőúüű][А-ЯЁĀČĒĢĪĶĻŅŠŪŽÁÉÍÓÖŐÚÜŰ]", text))
    return language - 2 * strange - 2 * mixed - 0.001 * _CANDIDATES.index(name)


def split(text: str) -> list[list[str]]:
    """The cells of separated text; quotes hold separators and line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    told = re.match(r"^sep=(.)\n", text, re.I)
    separator = told[1] if told else _separator(text)
    rows = _rows(text, separator)
    if any(cell.count("\n") > 40 for row in rows for cell in row):
        rows = _rows(text, separator, csv.QUOTE_NONE)
    return [[], *rows[1:]] if told else rows


def _separator(text: str) -> str:
    head = text[:_SAMPLE] if len(text) <= _SAMPLE else text[: text.rfind("\n", 0, _SAMPLE) + 1]
    return max(_SEPARATORS, key=lambda mark: _evenness(head, mark))


def _evenness(text: str, separator: str) -> float:
    """How evenly the separator cuts the rows into columns."""
    widths = Counter(len(row) for row in _rows(text, separator)[:300] if any(cell.strip() for cell in row))
    if not widths:
        return 0.0
    width = max(widths, key=lambda width: (widths[width] * log(width + 0.001), width))
    if width < 2:
        return 0.0
    return widths[width] / widths.total() * log(width + 1)


def _rows(text: str, separator: str, quoting: int = csv.QUOTE_MINIMAL) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    return list(reader)
