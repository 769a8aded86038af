"""Tables in HTML and XML: what many programs save under the name of a spreadsheet.

HTML pages with tables, "XML Spreadsheet 2003" and flat OpenDocument sheets are read alike: a row holds cells, and a
cell may say that it stands for several, or in which column it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from zvans.people.imports.cells.plain import Cell

_ROWS = {"tr", "row", "table:table-row"}
_CELLS = {"td", "th", "cell", "table:table-cell", "table:covered-table-cell"}
_SHEETS = {"table", "table:table"}
_BREAKS = {"br", "p", "div", "li", "text:p"}
_UNSEEN = {"script", "style", "comment", "office:annotation"}
# Whatever stands for more columns or rows than this fills the sheet up to its edge.
_MOST = 1000
_BEGINNING = re.compile(rb"^\s*(<!doctype\s+html|<html|<\?xml|<!--|<meta|<head|<body|<table|<style)", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)|<\?xml[^>]*encoding\s*=\s*["']([\w-]+)""", re.I)


def is_markup(data: bytes) -> bool:
    return bool(_BEGINNING.match(data[:2000].removeprefix(b"\xef\xbb\xbf"))) or _is_wide(data)


def charset_of(data: bytes) -> str:
    """The encoding that the page says it is in; "" when it says none."""
    found = _CHARSET.search(data[:4000])
    return (found[1] or found[2]).decode() if found else ""


def tables(text: str) -> list[tuple[str, list[list[Cell]]]]:
    """The tables of the text that hold anything, each with its name, or its number when there are several."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    held = [table for table in reader.done if any(any(row) for row in table.rows)]
    return [(table.name or (str(n) if len(held) > 1 else ""), table.rows) for n, table in enumerate(held, start=1)]


def _is_wide(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) and bool(_BEGINNING.match(data[2:4000].replace(b"\x00", b"")))


@dataclass
class _Table:
    """A table as far as it is read.

    Args:
        is_sheet: an XML worksheet, which has a table of its own inside.
        reach: the last row into which a cell of the column reaches down.
    """

    name: str
    is_sheet: bool
    rows: list[list[Cell]] = field(default_factory=list)
    reach: dict[int, int] = field(default_factory=dict)

    def begin_row(self, number: int) -> None:
        """Begin the next row, or the one of that number."""
        self.rows += [[] for _between in range(min(number - 1 - len(self.rows), _MOST))]
        self.rows.append([])

    def put(self, text: str, *, column: int, across: int, down: int, times: int) -> None:
        """Write a cell after those of the row, or at the column of that number."""
        if not self.rows:
            self.begin_row(0)
        row, here = self.rows[-1], len(self.rows) - 1
        row += [None] * min(column - 1 - len(row), _MOST)
        while self.reach.get(len(row), -1) >= here:
            row.append(None)
        first = len(row)
        row += [text or None] * times + [None] * (across - 1)
        if down > 1:
            self.reach |= dict.fromkeys(range(first, len(row)), here + down - 1)


class _Reader(HTMLParser):
    """Reads rows and cells; whatever else stands between them is the text of a cell, or nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.done: list[_Table] = []
        self.cell: dict[str, str] | None = None
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "worksheet" or (tag in _SHEETS and not self._in_sheet()):
            self._end_cell()
            self.open.append(_Table(said.get("name", ""), is_sheet=tag == "worksheet"))
        elif tag in _ROWS and self.open:
            self._end_cell()
            self.open[-1].begin_row(_whole(said, "index", 0))
        elif tag in _CELLS:
            self._end_cell()
            self.cell, self.words = said, []
        elif tag in _BREAKS and self.words:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _CELLS or tag in _ROWS:
            self._end_cell()
        elif self.open and (tag == "worksheet" or (tag in _SHEETS and not self._in_sheet())):
            self._end_cell()
            self.done.append(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.unseen:
            self.words.append(re.sub(r"[\xa0\r\n]", " ", data))

    def close(self) -> None:
        super().close()
        self._end_cell()
        self.done += reversed(self.open)

    def _in_sheet(self) -> bool:
        return bool(self.open) and self.open[-1].is_sheet

    def _end_cell(self) -> None:
        said, self.cell = self.cell, None
        if said is None or not self.open:
            return
        text = said.get("date-value") or "".join(self.words).strip()
        self.open[-1].put(
            text,
            column=_whole(said, "index", 0),
            across=_whole(said, "colspan", 1) + _whole(said, "mergeacross", 0),
            down=_whole(said, "rowspan", 1) + _whole(said, "mergedown", 0),
            times=_whole(said, "number-columns-repeated", 1),
        )


def _whole(said: dict[str, str], name: str, default: int) -> int:
    value = said.get(name, "")
    return min(int(value), _MOST if name != "index" else 10**6) if value.isascii() and value.isdigit() else default
