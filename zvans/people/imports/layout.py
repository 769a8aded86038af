"""Where the table is on a sheet: titles above, the heading, the rows of people, and lines that are no people."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from zvans.people.imports import columns, fields
from zvans.people.imports.cells.contacts import number_of as phone_of
from zvans.people.imports.cells.dates import DateStyle, read_date
from zvans.people.imports.cells.names import looks_like_name
from zvans.people.imports.cells.plain import Cell, is_none, text_of
from zvans.people.imports.given_names import GIVEN
from zvans.people.imports.reading import Book, Sheet
from zvans.people.imports.words import TOTALS, key, keys

_HEADING_WITHIN = 30
_STAFF = keys("staff|teachers|employees|team", "skolotāji|pasniedzēji|darbinieki|komanda", "tanárok|oktatók|munkatársak|dolgozók",
              "багш|багш нар|ажилчид", "walimu|wafanyakazi", "преподаватели|сотрудники|учителя|персонал")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the table; ``number`` is the one that a person sees in the file."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """What a sheet holds.

    Args:
        headings: one for each column, "" where there is none.
        guesses: what each column is taken for.
        skipped: the lines that are no people (seasons, totals, headings again), as (row, text).
    """

    name: str
    headings: Sequence[str]
    lines: Sequence[Line]
    guesses: dict[int, columns.Guess]
    skipped: Sequence[tuple[int, str]] = field(default=())
    heading_row: int | None = None
    holds_people: bool = False
    by_default: bool = False

    @property
    def mapping(self) -> dict[int, str]:
        return {index: guess.field for index, guess in self.guesses.items()}

    @property
    def signature(self) -> str:
        """The same for every file with the same headings."""
        return hashlib.sha256("|".join(key(heading) for heading in self.headings).encode()).hexdigest()


def tables(book: Book, country: str) -> list[Table]:
    """Every sheet as a table; those that hold people are brought in when nothing else is said."""
    return [table(sheet, country) for sheet in book.sheets]


def table(sheet: Sheet, country: str) -> Table:
    filled = [
        Line(number, row) for number, row in enumerate(sheet.rows, sheet.first) if any(not _empty(c) for c in row)
    ]
    width = max((_width(line.cells) for line in filled), default=0)
    at, depth = _heading(filled[:_HEADING_WITHIN])
    headings = _headings(filled, at, depth, width)
    body = filled if at is None else filled[at + depth :]
    sample = _columns(body[:600], width)
    guesses = columns.guess(headings, sample, country)
    name_columns = {i for i, g in guesses.items() if g.field in (fields.NAME, fields.GIVEN, fields.FAMILY)}
    lines, skipped = _people(body, headings, name_columns, width)
    people = _holds_people(guesses, [sample[index] for index in name_columns])
    return Table(
        name=sheet.name,
        headings=headings,
        lines=lines,
        guesses=guesses,
        skipped=skipped,
        heading_row=None if at is None else filled[at].number,
        holds_people=people and bool(lines),
        by_default=people and bool(lines) and not sheet.is_hidden and key(sheet.name) not in _STAFF,
    )


def _heading(top: Sequence[Line]) -> tuple[int | None, int]:
    """Where the heading is among the first filled rows, and of how many rows; (None, 0) without one."""
    scores = [_likeness(line.cells) for line in top]
    known = [sum(columns.is_known(text_of(cell)) for cell in line.cells if isinstance(cell, str)) for line in top]
    sure = [index for index in range(len(top)) if scores[index] > 0 and known[index] >= 2]
    if sure:
        best = max(sure, key=lambda index: (known[index], -index))
        second = (
            best + 1 < len(top)
            and known[best + 1] >= 2
            and scores[best + 1] > 0
            and not _same(top[best], top[best + 1])
        )
        return best, 2 if second else 1
    below = Counter(_width(line.cells) for line in top)
    width = below.most_common(1)[0][0] if below else 0
    for index, line in enumerate(top[:-1]):
        wide = sum(not _empty(cell) for cell in line.cells) * 2 > width
        if (
            scores[index] > 0
            and (known[index] or (wide and width > 1))
            and any(_is_data(cell) for cell in top[index + 1].cells)
        ):
            return (index, 1) if wide or known[index] else (None, 0)
        if any(_is_data(cell) for cell in line.cells):
            return None, 0
    return None, 0


def _likeness(cells: Sequence[Cell]) -> int:
    """How many cells could be headings; 0 when one of them holds data, or all but one are empty."""
    texts = [cell for cell in cells if not _empty(cell)]
    if any(_is_data(cell) for cell in texts) or not any(isinstance(cell, str) for cell in texts):
        return 0
    if len(texts) < 2 and not (len(cells) == 1 and columns.is_known(text_of(texts[0]))):
        return 0
    return len(texts)


def _is_data(cell: Cell) -> bool:
    """Whether the cell holds what no heading does: a date, a number, a phone, an address."""
    if not isinstance(cell, str):
        return cell is not None and not isinstance(cell, bool)
    digits = sum(character.isdigit() for character in cell)
    return ("@" in cell and "." in cell) or digits > 4 or bool(digits and read_date(cell, DateStyle()))


def _headings(filled: Sequence[Line], at: int | None, depth: int, width: int) -> list[str]:
    if at is None:
        return [""] * width
    rows = [
        [re.sub(r"\s+", " ", text_of(cell)) for cell in line.cells] + [""] * width for line in filled[at : at + depth]
    ]
    return [" ".join(dict.fromkeys(row[i] for row in rows if row[i])) for i in range(width)]


def _columns(lines: Sequence[Line], width: int) -> list[list[Cell]]:
    return [
        [line.cells[i] if i < len(line.cells) else None for line in lines if not _lonely(line)] for i in range(width)
    ]


def _people(
    body: Sequence[Line], headings: Sequence[str], names: set[int], width: int
) -> tuple[list[Line], list[tuple[int, str]]]:
    people, skipped = [], []
    again = [heading.casefold() for heading in headings]
    for line in body:
        texts = [text_of(cell) for cell in line.cells]
        if _is_total(texts) or _repeats(texts, again) or (width > 2 and _is_section(texts, names)):
            skipped.append((line.number, " ".join(filter(None, texts))[:200]))
        else:
            people.append(line)
    return people, skipped


def _is_total(texts: Sequence[str]) -> bool:
    held = [text for text in texts if text]
    if any("@" in text for text in held):
        return False
    first = next((text for text in held if any(c.isalpha() for c in text)), "")
    word = key(first)
    if word in TOTALS:
        return True
    starts = any(word.startswith(f"{total} ") for total in TOTALS) and (":" in first or any(c.isdigit() for c in first))
    return starts and len(held) <= 4


def _repeats(texts: Sequence[str], headings: Sequence[str]) -> bool:
    held = [(text, heading) for text, heading in zip(texts, headings, strict=False) if text]
    same = sum(len(text) == len(heading) and text.casefold() == heading for text, heading in held)
    return same >= 2 and same * 10 >= len(held) * 6


def _is_section(texts: Sequence[str], names: set[int]) -> bool:
    """A line with one text: a season, a group. A person of whom only the name is known is no section."""
    held = [(index, text) for index, text in enumerate(texts) if text]
    if len({text for _index, text in held}) != 1:
        return False
    index, text = held[0]
    if phone_of(text, "ZZ") or "@" in text:
        return False
    words = key(text).split()
    person = (
        index in names
        and looks_like_name(text)
        and ((len(words) > 1 and not text.isupper()) or any(w in GIVEN for w in words))
    )
    return not (person and len(held) == 1)


def _holds_people(guesses: dict[int, columns.Guess], names: Sequence[Sequence[Cell]]) -> bool:
    """Whether the columns speak of people: names with a way to reach them, or words that are people's names."""
    found = {guess.field for guess in guesses.values()}
    if found & {fields.PHONE, fields.EMAIL}:
        return True
    if names and found & {fields.BIRTHDAY, fields.PARENT, fields.PARENT_PHONE}:
        return True
    seen = [columns.profile(column, ()) for column in names]
    return any(profile.given > 0.2 or profile.two_words > 0.5 for profile in seen)


def _same(one: Line, other: Line) -> bool:
    return [text_of(cell) for cell in one.cells] == [text_of(cell) for cell in other.cells]


def _lonely(line: Line) -> bool:
    return sum(not _empty(cell) for cell in line.cells) < 2 < len(line.cells)


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _width(cells: Sequence[Cell]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if not _empty(cell)), default=0)


def filled_cells(line: Line) -> list[str]:
    return [text for cell in line.cells if (text := text_of(cell)) and not is_none(text)]
