"""What would come of an import: its first rows are written and taken back at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from zvans.people.imports.rows import Problem
from zvans.people.imports.run import BATCH, Plan, actor_of, as_the_school, write
from zvans.people.imports.writing import RowResult, Writer
from zvans.people.models import ImportRun

# The preview is of so many rows; more would keep the person waiting, and others' writes with them.
MOST_ROWS = 1000


@dataclass
class Preview:
    """What would come of the rows that were tried.

    Args:
        total: of the whole import; ``tried`` of them were read for this.
    """

    total: int
    tried: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rows: list[RowResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.tried == self.total


def preview(run: ImportRun, plan: Plan) -> Preview:
    """Bring the first rows in, look at what came of them, and take them back."""
    seen = Preview(plan.total, problems=list(plan.notices), skipped=plan.skipped)
    with as_the_school(), transaction.atomic():
        writer = Writer(actor_of(run), run.manager)
        for done, part, lines in islice(plan.batches(0), MOST_ROWS // BATCH + len(plan.parts)):
            if seen.tried >= MOST_ROWS:
                break
            result = write(writer, part, lines)
            seen.tried = done
            seen.counts += result.counts
            seen.rows += result.rows
            seen.problems += result.problems
        transaction.set_rollback(True)
    return seen
