"""The few entries among which the search box chooses, read by one statement on either engine.

It asks for all kinds at once; only when it stops there, because too much is found, does it go on with each kind
apart: whole words, then beginnings, then the rest. So a rare name costs one look into the index, and
of a common one the best are among those read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

# So many entries of all kinds at once, and of each kind in each of its readings when those are not all.
_AT_ONCE, OF_EACH = 120, 40

# The entry of a subject is numbered by its kind (content type) and its key: the entries of a kind lie together.
_SUBJECTS = 1 << 40


def number(kind: int, subject: int) -> int:
    """The key of the entry of a subject of a kind (the key of its content type)."""
    return kind * _SUBJECTS + subject


def numbers(kind: int) -> tuple[int, int]:
    """The first and the last key that entries of a kind may have."""
    return number(kind, 0), number(kind + 1, 0) - 1


class Reading(NamedTuple):
    """What an entry must hold, and the part of it that the index is asked for (at least three characters)."""

    held: str
    asked: str


@dataclass(frozen=True)
class Term:
    """A word or a number of the query, with the ways it may be written: one of them must be held."""

    anywhere: tuple[Reading, ...]
    first: tuple[Reading, ...]
    whole: tuple[Reading, ...]

    @classmethod
    def of_word(cls, word: str) -> Term:
        """A word of two letters is looked for at the beginning of words, a longer one anywhere."""
        anywhere, first, whole = (
            (Reading(text, text),) for text in (word if len(word) > 2 else f" {word}", f" {word}", f" {word} ")
        )
        return cls(anywhere, first, whole)

    @classmethod
    def of_number(cls, readings: Iterable[str], calling_code: str) -> Term:
        """Digits of a phone, which is kept as ``+37125662475``.

        Each phone of the country holds its calling code, so the index is not asked for that.
        """
        anywhere, first = [], []
        for digits in readings:
            national = digits.removeprefix(calling_code)
            if national == digits or len(national) < 3:
                anywhere.append(Reading(digits, digits))
            else:
                anywhere.append(Reading(digits, _rare(national, calling_code)))
            first += [Reading(f"+{calling_code}{national}", _rare(national, calling_code))] if national else []
            first.append(Reading(f" {digits}", f" {digits}"))
        whole = (Reading(f"{reading.held} ", reading.asked) for reading in first)
        return cls(tuple(anywhere), tuple(first), tuple(whole))

    def distance(self, text: str) -> int:
        """0 for a whole word of the text, 1 for a beginning, 2 for any other part."""
        for distance, readings in enumerate((self.whole, self.first)):
            if any(reading.held in text for reading in readings):
                return distance
        return 2


def _rare(national: str, calling_code: str) -> str:
    return national if len(national) > 3 else f"{calling_code[-2:]}{national}"


class Candidate(NamedTuple):
    subject: int
    text: str


def candidates(terms: Sequence[Term], kinds: Mapping[int, bool]) -> dict[int, list[Candidate]]:
    """Entries of each kind that hold all the terms; ``OF_EACH`` or more when they are perhaps not all.

    Args:
        kinds: keys of content types, and whether private words are read too.
    """
    statement = _Statement()
    with connection.cursor() as cursor:
        cursor.execute(statement.written(terms, kinds), statement.values)
        rows = cursor.fetchall()
    found: dict[int, dict[int, str]] = {kind: {} for kind in kinds}
    for key, text in rows:
        kind, subject = divmod(key, _SUBJECTS)
        found[kind][subject] = text
    return {kind: [Candidate(*item) for item in texts.items()] for kind, texts in found.items()}


class _Statement:
    """SQL, written from its beginning to its end, with the values of its marks."""

    def __init__(self) -> None:
        self.values: list[str | int] = []
        self.is_sqlite = connection.vendor == "sqlite"

    def written(self, terms: Sequence[Term], kinds: Mapping[int, bool]) -> str:
        anywhere = [term.anywhere for term in terms]
        by_reach = [(reach, [kind for kind in kinds if kinds[kind] == reach]) for reach in sorted(set(kinds.values()))]
        at_once = " UNION ALL ".join(
            self._scan(anywhere, [numbers(kind) for kind in of_reach], reach, _AT_ONCE) for reach, of_reach in by_reach
        )
        apart = [
            self._scan(readings, [numbers(kind)], reach, OF_EACH, is_more=True)
            for kind, reach in kinds.items()
            for readings in ([term.whole for term in terms], [term.first for term in terms], anywhere)
        ]
        return (
            f"WITH hits (id, entry_text) AS MATERIALIZED ({at_once}), "  # noqa: S608
            f"goes_on (yes) AS MATERIALIZED (SELECT 1 WHERE (SELECT COUNT(*) FROM hits) >= {_AT_ONCE}) "
            f"SELECT id, entry_text FROM hits UNION ALL {' UNION ALL '.join(apart)}"
        )

    def _scan(
        self,
        terms: Sequence[Sequence[Reading]],
        ranges: Sequence[tuple[int, int]],
        reach: bool,
        limit: int,
        *,
        is_more: bool = False,
    ) -> str:
        """``is_more``: only when what was read at once is not all."""
        text = "entry.words || entry.private" if reach else "entry.words"
        tables, index = self._sqlite(terms, ranges, reach) if self.is_sqlite else self._postgresql(terms, ranges, reach)
        conditions = [index, *(self._held(readings, text) for readings in terms if _is_asked_in_part(readings))]
        if is_more:
            # SQLite asks the index before it looks at a condition that needs no table.
            if self.is_sqlite:
                tables = f"goes_on CROSS JOIN {tables}"
            else:
                conditions.append("EXISTS (SELECT 1 FROM goes_on)")
        return (
            f"SELECT * FROM (SELECT entry.id, {text} AS entry_text FROM {tables} "  # noqa: S608
            f"WHERE {' AND '.join(conditions)} LIMIT {limit}) AS found"
        )

    def _sqlite(
        self, terms: Sequence[Sequence[Reading]], ranges: Sequence[tuple[int, int]], reach: bool
    ) -> tuple[str, str]:
        self.values.append(match_expression(terms, private=reach))
        within = self._within("core_search.rowid", ranges)
        return (
            "core_search CROSS JOIN core_searchentry AS entry ON entry.id = core_search.rowid",
            f"core_search MATCH %s AND {within}",
        )

    def _postgresql(
        self, terms: Sequence[Sequence[Reading]], ranges: Sequence[tuple[int, int]], reach: bool
    ) -> tuple[str, str]:
        conditions = []
        for readings in terms:
            either = []
            for asked in dict.fromkeys(reading.asked for reading in readings):
                for column in ("words", "private") if reach else ("words",):
                    either.append(f"entry.{column} LIKE %s")
                    self.values.append(_like(asked))
            conditions.append(f"({' OR '.join(either)})")
        return "core_searchentry AS entry", f"{' AND '.join(conditions)} AND {self._within('entry.id', ranges)}"

    def _within(self, column: str, ranges: Sequence[tuple[int, int]]) -> str:
        return f"({' OR '.join(f'{column} BETWEEN {first} AND {last}' for first, last in ranges)})"

    def _held(self, readings: Sequence[Reading], text: str) -> str:
        position = "instr" if self.is_sqlite else "strpos"
        self.values += [reading.held for reading in readings]
        return f"({' OR '.join([f'{position}({text}, %s) > 0'] * len(readings))})"


def match_expression(terms: Sequence[Sequence[Reading]], *, private: bool) -> str:
    """What SQLite's index is asked: one reading of each term."""
    columns = "{words private}" if private else "{words}"
    either = (" OR ".join(dict.fromkeys(f'"{reading.asked}"' for reading in readings)) for readings in terms)
    return " AND ".join(f"{columns} : ({term})" for term in either)


def _is_asked_in_part(readings: Sequence[Reading]) -> bool:
    return any(reading.asked != reading.held for reading in readings)


def _like(text: str) -> str:
    return "%" + text.replace("_", r"\_") + "%"
