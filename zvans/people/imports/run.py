"""An import from beginning to end: a batch a transaction, so that a killed worker goes on where it stopped."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zvans.core import jobs, journal, organisation
from zvans.core.actors import Actor, ActorKind
from zvans.core.commands import Refused, command
from zvans.core.models import Job
from zvans.people.imports import fields, layout, reading
from zvans.people.imports.cells.amounts import currency_of
from zvans.people.imports.layout import Line, Table
from zvans.people.imports.reading import Book
from zvans.people.imports.rows import Problem, RowReader
from zvans.people.imports.words import key
from zvans.people.imports.writing import BatchResult, Writer
from zvans.people.models import ImportMapping, ImportRun
from zvans.team.models import User

log = structlog.get_logger()

BATCH = 1000
# What targets open, told even when there is none of it.
_OPENED = ("deals_created", "enrolments_created", "payments_created")
# Problems beyond so many are counted, not kept: nobody reads more.
MOST_PROBLEMS = 2000


@dataclass
class Part:
    """A table of the run, with what reads its rows."""

    table: Table
    mapping: dict[int, str]
    reader: RowReader

    @property
    def headings(self) -> dict[str, str]:
        return {name: self.reader.heading(index) for index, name in reversed(self.mapping.items())}


@dataclass
class Plan:
    """What a run is going to bring in."""

    parts: list[Part]
    tables: list[Table]
    notices: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(len(part.table.lines) for part in self.parts)

    @property
    def skipped(self) -> list[tuple[int, str]]:
        return [line for part in self.parts for line in part.table.skipped]

    def batches(self, start: int, size: int = BATCH) -> Iterator[tuple[int, Part, Sequence[Line]]]:
        """The lines from the one numbered ``start`` on, some hundreds at a time, each with the place after it."""
        place = 0
        for part in self.parts:
            for first in range(max(0, start - place), len(part.table.lines), size):
                lines = part.table.lines[first : first + size]
                yield place + first + len(lines), part, lines
            place += len(part.table.lines)


def prepare(
    book: Book, *, sheet: str = "", mapping: Mapping[str, Mapping[str, str]] | None = None, country: str = ""
) -> Plan:
    """Decide which columns of the file are what.

    Args:
        sheet: the one to bring in; every one that holds people when empty.
        mapping: the field of each column, by sheet; what is not in it is remembered from the last file with the
            same headings, or guessed.
        country: whose phones go without a country code; the organisation's when empty.

    Raises:
        Refused: when the file holds no people.
    """
    held = organisation.current()
    tables = layout.tables(book, country or held.country)
    wanted = [table for table in tables if (table.name == sheet if sheet else table.by_default)]
    if sheet and not wanted:
        names = ", ".join(table.name for table in tables)
        raise Refused(_("There is no sheet “%(sheet)s”. The file has: %(names)s") % {"sheet": sheet, "names": names})
    if not any(table.lines for table in wanted):
        raise Refused(
            _("No list of people was found in the file: a column of names, with phones or e-mails beside it.")
        )
    parts = []
    for table in wanted:
        chosen = mapping_of(table, (mapping or {}).get(table.name))
        reader = RowReader(table, chosen, country=country or held.country, currency=held.currency)
        parts.append(Part(table, chosen, reader))
    return Plan(parts, tables, [notice for part in parts if (notice := _other_currency(part, held.currency))])


def mapping_of(table: Table, given: Mapping[str, str] | None) -> dict[int, str]:
    """The field of each column: as given, else as the last time, else as guessed."""
    if given:
        return table.mapping | {int(index): name for index, name in given.items()}
    remembered = ImportMapping.objects.filter(signature=table.signature).first() if any(table.headings) else None
    if remembered and len(remembered.mapping) == len(table.headings):
        return {int(index): name for index, name in remembered.mapping.items()}
    return table.mapping


def columns_named(table: Table, told: Mapping[str, str | None]) -> dict[str, str]:
    """What is told of columns by their headings, or by their numbers from 0, as a mapping by number.

    Raises:
        Refused: for a field that there is not.
    """
    every = fields.every_field()
    unknown = sorted({str(name) for name in told.values() if name and name not in every})
    if unknown:
        raise Refused(
            _("There is no field “%(name)s”. The fields are: %(all)s") % {"name": unknown[0], "all": ", ".join(every)}
        )
    by_heading = {key(heading): str(index) for index, heading in enumerate(table.headings) if heading}
    found = {}
    for column, name in told.items():
        place = column if column.isdigit() and int(column) < len(table.headings) else by_heading.get(key(column))
        if place is not None:
            found[place] = name or fields.SKIP
    return found


@command
def upload(by: User, name: str, data: bytes) -> ImportRun:
    """Keep the file for an import that is being prepared.

    Raises:
        Refused: when the file can't be read; it is then not kept.
    """
    layout.tables(reading.read(data), organisation.current().country)
    run = ImportRun(file_name=name[:200], started_by=by)
    run.file.save(f"{run.uuid}", ContentFile(data), save=False)
    run.save(force_insert=True)
    return run


@command
def discard(run: ImportRun, by: User) -> None:
    """Throw an uploaded file away that was never brought in.

    Raises:
        Refused: when it was started.
    """
    journal.record(Actor.of(by), "people.import_discarded", run)
    if not ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.UPLOADED).delete()[0]:
        raise Refused(_("This file is being brought in already."))
    transaction.on_commit(lambda: run.file.delete(save=False))


@command
def start(
    run: ImportRun, by: User, *, sheet: str, mapping: Mapping[str, Mapping[str, str]], manager: User | None = None
) -> Job:
    """Bring the file in as a watched job, and remember how its columns were read.

    Args:
        manager: looks after whomever the file names no manager for.

    Raises:
        Refused: when it was started before.
    """
    job = jobs.start("zvans.people.imports.run.work", by, run_id=run.pk)
    started = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.UPLOADED).update(
        state=ImportRun.State.RUNNING, sheet=sheet, mapping={**mapping}, manager=manager, job=job
    )
    if not started:
        raise Refused(_("This file is being brought in already."))
    plan = prepare(content(run), sheet=sheet, mapping=mapping)
    remember(plan)
    return job


def remember(plan: Plan) -> None:
    """Keep how the columns were read, for the next file with the same headings."""
    for part in plan.parts:
        if any(part.table.headings):
            ImportMapping.objects.update_or_create(
                signature=part.table.signature,
                defaults={
                    "mapping": {str(index): part.mapping.get(index, "") for index in range(len(part.table.headings))},
                    "used_at": timezone.now(),
                },
            )


def work(job: Job, run_id: int) -> None:
    """The job: bring in what is left of the run; being called again, after a kill too, it goes on."""
    run = ImportRun.objects.select_related("started_by", "manager").get(pk=run_id)
    if run.state != ImportRun.State.RUNNING:
        return
    try:
        plan = prepare(content(run), sheet=run.sheet, mapping=run.mapping)
        bring_in(run, plan, lambda done, total: jobs.progress(job, done, total))
    except jobs.Cancelled:
        _end(run, ImportRun.State.CANCELLED)
        raise
    except Exception:
        _end(run, ImportRun.State.FAILED)
        raise


def bring_in(run: ImportRun, plan: Plan, progress: Callable[[int, int], None]) -> None:
    """Write every row of the plan that is not written yet."""
    with as_the_school():
        writer = Writer(actor_of(run), run.manager)
        for done, part, lines in plan.batches(int(run.report.get("next_row", 0))):
            progress(int(run.report.get("next_row", 0)), plan.total)
            with transaction.atomic():
                result = write(writer, part, lines)
                _keep(run, plan, result, done)
        progress(plan.total, plan.total)
    _end(run, ImportRun.State.DONE)


@contextmanager
def as_the_school() -> Iterator[None]:
    """In the school's language, which notes are written in, and with its row read once."""
    held = organisation.current()
    organisation.hold(held)
    gc.freeze()  # a large file lives to the end: looking through its rows for garbage again and again costs much,
    gc.disable()  # and what a batch makes is let go with it
    try:
        with translation.override(held.language):
            yield
    finally:
        gc.enable()
        gc.unfreeze()
        organisation.hold(None)


def write(writer: Writer, part: Part, lines: Sequence[Line]) -> BatchResult:
    """Write some lines within the caller's transaction."""
    drafts = [part.reader.read(line) for line in lines]
    nobody = [draft for draft in drafts if not draft.person.name]
    drafts = [draft for draft in drafts if draft.person.name]
    result = writer.write(drafts, part.reader.mapped, part.headings)
    for draft in nobody:
        said = " · ".join([*draft.person.notes, *map(str, draft.values.values())])[:200]
        result.problems.append(
            Problem(draft.number, "", said, _("The row has no name, phone or e-mail: nobody to add."))
        )
    result.counts["rows"] += len(nobody)
    result.counts["skipped"] += len(nobody)
    return result


def actor_of(run: ImportRun) -> Actor:
    return Actor(ActorKind.IMPORT, run.started_by_id, run.file_name[:120], run.batch)


def content(run: ImportRun) -> Book:
    """The file.

    Raises:
        Refused: when it is gone or can't be read.
    """
    try:
        with run.file.open("rb") as file:
            data = bytes(file.read())
    except (FileNotFoundError, ValueError):
        raise Refused(_("The file is no longer there. Choose it again.")) from None
    return reading.read(data)


def summary(run: ImportRun) -> dict[str, Any]:
    """What became of the file, in figures and problems, as the command tells it."""
    counts = Counter(run.report.get("counts", {}))
    return {
        **{name: counts[name] for name in ("rows", "clients_created", "clients_matched", *_OPENED)},
        **{name: number for name, number in sorted(counts.items()) if name not in ("skipped", "problems")},
        "skipped": counts["skipped"],
        "problems_in_all": counts["problems"],
        "problems": run.problems,
    }


def _keep(run: ImportRun, plan: Plan, result: BatchResult, done: int) -> None:
    """Write how far the run has come, in the batch's transaction.

    Raises:
        Refused: when another worker has written this batch meanwhile; the batch is then rolled back.
    """
    before = int(run.report.get("next_row", 0))
    first = not run.report
    counts = Counter(run.report.get("counts", {})) + result.counts
    problems = [asdict(problem) for problem in result.problems]
    if first:
        counts["skipped"] += len(plan.skipped)
        problems = [asdict(notice) for notice in plan.notices] + problems
    counts["problems"] += len(problems)
    run.problems = sorted([*run.problems, *problems[: MOST_PROBLEMS - len(run.problems)]], key=lambda p: p["row"])
    run.report = {
        "next_row": done,
        "total": plan.total,
        "counts": dict(counts),
        "lines_skipped": [list(line) for line in plan.skipped[:200]],
    }
    mine = ImportRun.objects.filter(pk=run.pk)
    mine = mine.filter(report={}) if first else mine.filter(report__next_row=before)
    if not mine.update(report=run.report, problems=run.problems):
        raise Refused(_("This file is being brought in by another worker."))


def _end(run: ImportRun, state: ImportRun.State) -> None:
    with transaction.atomic():
        ended = ImportRun.objects.filter(pk=run.pk).exclude(state=ImportRun.State.UNDONE).update(state=state)
        run.state = state
        if ended:
            counts = run.report.get("counts", {})
            journal.record(actor_of(run), "people.imported", run, state=state, clients=counts.get("clients_created", 0))


def _other_currency(part: Part, currency: str) -> Problem | None:
    """Told once when the prices are in another currency than the school's."""
    for index, name in part.mapping.items():
        code = currency_of(part.table.headings[index]) if name.startswith("deal.") else ""
        if code and code != currency:
            reason = _(
                "The amounts are in %(theirs)s, and the school counts in %(ours)s: the figures were taken as they stand."
            )
            return Problem(
                part.table.heading_row or 1,
                part.table.headings[index],
                code,
                reason % {"theirs": code, "ours": currency},
            )
    return None
