"""Address books: vCard 2.1, 3.0 and 4.0, several in a file."""

from __future__ import annotations

import quopri
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass

# The columns that a card becomes; they are headings that ``columns`` knows.
COLUMNS = ("Family name", "Given name", "Middle name", "Full name", "Phone", "E-mail", "Birthday", "Organisation",
           "Address", "Category", "Website", "Note")  # fmt: skip
_WIDE = ("Phone", "E-mail")
_KINDS = {
    "TEL": "Phone", "EMAIL": "E-mail", "BDAY": "Birthday", "ORG": "Organisation", "ADR": "Address", "NOTE": "Note",
    "CATEGORIES": "Category", "URL": "Website", "TITLE": "Note", "ROLE": "Note", "X-SKYPE": "Note", "IMPP": "Note",
}  # fmt: skip
_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_ESCAPED = re.compile(r"\\([\\,;:nN])")


@dataclass(frozen=True)
class _Line:
    group: str
    name: str
    parameters: tuple[str, ...]
    value: str

    def has(self, word: str) -> bool:
        return any(word in parameter.upper() for parameter in self.parameters)


def is_address_book(data: bytes) -> bool:
    return b"BEGIN:VCARD" in data[:4000].replace(b"\x00", b"").upper().replace(b" ", b"")


def read(text: str) -> list[list[str]]:
    """One row for each card under ``COLUMNS``; what a card has several of is joined by a line break."""
    return [list(COLUMNS), *(_row(card) for card in _cards(text))]


def _cards(text: str) -> Iterator[list[_Line]]:
    card: list[_Line] | None = None
    for line in _lines(text):
        marked = line.upper().replace(" ", "")
        if marked == "BEGIN:VCARD":
            card = []
        elif marked == "END:VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None and (parsed := _parse(line)):
            card.append(parsed)


def _lines(text: str) -> Iterator[str]:
    """Whole lines: folded ones and the soft breaks of quoted-printable put together again."""
    held = ""
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in (" ", "\t") and not _is_soft(held):
            held += raw[1:]
        elif _is_soft(held):
            held = held[:-1] + raw.lstrip(" \t") if raw[:1] in (" ", "\t") else held[:-1] + raw
        else:
            if held:
                yield held
            held = raw
    if held:
        yield held


def _is_soft(line: str) -> bool:
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.split(":", maxsplit=1)[0].upper()


def _parse(line: str) -> _Line | None:
    found = re.match(r'^((?:"[^"]*"|[^":])+):(.*)$', line, re.S)
    if not found:
        return None
    name, *parameters = re.findall(r'(?:"[^"]*"|[^;"])+', found[1]) or [""]
    group, _, bare = name.rpartition(".")
    value = found[2]
    shouted = found[1].upper()
    if "QUOTED-PRINTABLE" in shouted:
        value = _decoded(quopri.decodestring(value.encode("utf-8", "surrogateescape")), parameters)
    elif ("ENCODING=B" in shouted or ";BASE64" in shouted) and bare.upper() in {"N", "FN", "NOTE", "ORG"}:
        try:
            value = _decoded(b64decode(value), parameters)
        except ValueError:
            return None
    return _Line(group.lower(), bare.upper().strip(), tuple(parameters), value)


def _decoded(data: bytes, parameters: list[str]) -> str:
    charset = next((p.split("=", 1)[1].strip('"') for p in parameters if p.upper().startswith("CHARSET=")), "utf-8")
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return data.decode("utf-8", "replace")


def _row(card: list[_Line]) -> list[str]:
    labels = {line.group: _LABEL.sub(r"\1", line.value) for line in card if line.name == "X-ABLABEL"}
    cells: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for line in card:
        if line.name == "N":
            family, given, middle, prefix, suffix = (_parts(line.value) + [""] * 5)[:5]
            cells["Family name"], cells["Given name"], cells["Middle name"] = [family], [given], [middle]
            cells["Note"] += [part for part in (prefix, suffix) if part]
        elif line.name in ("FN", "NICKNAME"):
            cells["Full name" if line.name == "FN" else "Note"].append(_plain(line.value))
        elif line.name in _KINDS and line.value.strip(" ;"):
            column = _KINDS[line.name]
            cells[column].append(_shown(line, labels.get(line.group, "")))
    if any(cells["Given name"]) or any(cells["Family name"]):
        cells["Full name"] = []
    elif not any(cells["Full name"]):
        cells["Full name"] = cells["Organisation"][:1]
    return ["\n".join(dict.fromkeys(filter(None, cells[column]))) for column in COLUMNS]


def _shown(line: _Line, label: str) -> str:
    if line.name == "TEL":
        number = _plain(line.value).removeprefix("tel:").split(";")[0]
        return f"{number} ({label})" if label else number
    if line.name == "EMAIL":
        return _plain(line.value).removeprefix("mailto:")
    if line.name in ("ADR", "ORG"):
        return ", ".join(part for part in _parts(line.value) if part)
    if line.name == "BDAY":
        return _day(line.value.split("T")[0])
    return _plain(line.value)


def _day(value: str) -> str:
    """``20020131`` as ``2002-01-31``; a day without its year stays as it is."""
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if len(value) == 8 and value.isdigit() else value


def _parts(value: str) -> list[str]:
    """The parts of a value that semicolons part; one that is escaped is text."""
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
