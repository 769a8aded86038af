"""``bin/zvans import-clients FILE``: bring in a spreadsheet or an address book without a browser."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from zvans.core import organisation, places
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.models import Organisation
from zvans.people.imports import layout, reading, run, undo
from zvans.people.imports.cells.amounts import currency_of
from zvans.people.imports.reading import Book
from zvans.people.imports.rows import country_of
from zvans.people.imports.words import language_of
from zvans.people.models import ImportRun
from zvans.team.commands import found_school
from zvans.team.models import User


class Command(BaseCommand):
    help = (
        "Bring clients in from a spreadsheet (xlsx, xls, ods, csv, tsv) or an address book (vcf). "
        "It can be undone as one: --undo ID, or on the page “Bring in a spreadsheet”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--undo", metavar="ID", help="take an import back; its number is told when it is done")
        parser.add_argument("--sheet", default="", help="the sheet; otherwise every sheet that holds people")
        parser.add_argument(
            "--mapping",
            type=Path,
            help='what the columns are, as JSON: {"heading or number from 0": "field", …}; "" leaves a column out',
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would come of it, and write nothing")
        parser.add_argument("--json", action="store_true", help="the last line of the output is one JSON object")
        parser.add_argument("--user", default="", help="the e-mail of the user in whose name it is done")
        parser.add_argument("--manager", default="", help="the e-mail of who looks after them; that of --user if empty")
        parser.add_argument("--country", default="", help="whose phones go without a country code, such as LV")
        parser.add_argument("--currency", default="", help="for a school that is not set up yet: its currency")
        parser.add_argument("--language", default="", help="for a school that is not set up yet: en, lv, hu, mn, sw")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["file"]) == bool(options["undo"]):
            raise CommandError("Name the file to bring in, or the import to --undo.")
        try:
            report = self._undo(options["undo"]) if options["undo"] else self._bring_in(options)
        except (Refused, OSError) as error:
            sentence = str(error) if isinstance(error, Refused) else f"{options['file']}: {error.strerror or error}"
            if options["json"]:
                self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
            raise CommandError(sentence) from None
        self._tell(report, options)

    def _undo(self, number: str) -> dict[str, Any]:
        made = ImportRun.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if made is None:
            raise Refused(f"There is no import {number}.")
        with translation.override(organisation.current().language):
            return {"import": made.pk, **undo.at_once(made)}

    def _bring_in(self, options: dict[str, Any]) -> dict[str, Any]:
        data = options["file"].read_bytes()
        book = reading.read(data)  # an unreadable file is told of before anything is founded
        with transaction.atomic():
            self._found(book, options)
            if options["dry_run"]:
                report = self._run(data, book, options)
                transaction.set_rollback(True)
                return report
        return self._run(data, book, options)

    def _run(self, data: bytes, book: Book, options: dict[str, Any]) -> dict[str, Any]:
        with translation.override(organisation.current().language):
            user = self._user(options["user"])
            chosen = _mapping(options["mapping"], book, options["sheet"]) if options["mapping"] else None
            plan = run.prepare(book, sheet=options["sheet"], mapping=chosen, country=options["country"].upper())
            made = ImportRun(file_name=options["file"].name[:200], started_by=user, state=ImportRun.State.RUNNING)
            made.sheet = options["sheet"]
            made.manager = self._user(options["manager"]) or user
            made.mapping = {p.table.name: {str(i): name for i, name in p.mapping.items()} for p in plan.parts}
            if not options["dry_run"]:
                made.file.save(f"{made.uuid}", ContentFile(data), save=False)
                run.remember(plan)
            made.save(force_insert=True)
            run.bring_in(made, plan, self._progress(options))
        return {"import": None if options["dry_run"] else made.pk, **run.summary(made)}

    def _progress(self, options: dict[str, Any]) -> Any:
        def show(done: int, total: int) -> None:
            if options["verbosity"] > 1:
                self.stderr.write(f"{done} / {total}")

        return show

    def _user(self, email: str) -> User | None:
        if not email:
            return None
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise Refused(f"There is no user {email}.")
        return user

    def _found(self, book: Book, options: dict[str, Any]) -> None:
        """Found a school in an empty base, of the country that the file speaks of."""
        if Organisation.objects.exists():
            return
        seen = layout.tables(book.beginning(), options["country"].upper())
        tables = [table for table in seen if table.holds_people]
        table = tables[0] if tables else None
        language = language_of(table.headings) if table else ""
        guessed = country_of(table, table.mapping, "", language) if table else ""
        country = options["country"].upper() or guessed or "LV"
        named = next((code for heading in (table.headings if table else ()) if (code := currency_of(heading))), "")
        owner, password = options["user"] or "owner@localhost.localdomain", secrets.token_urlsafe(9)
        found_school(
            Actor.system(),
            branch=options["file"].stem[:80],
            owner_name=owner.split("@")[0],
            owner_email=owner,
            password=password,
            name=options["file"].stem[:120],
            country=country,
            language=options["language"] or (language if language in {"lv", "hu", "mn", "sw"} else "en"),
            currency=options["currency"].upper() or places.currency_of(country) or named or "EUR",
            time_zone=places.time_zone_of(country) or "UTC",
            client_noun=Organisation.ClientNoun.STUDENTS,
            teacher_noun=Organisation.TeacherNoun.TEACHERS,
        )
        if not options["dry_run"]:
            self.stderr.write(
                f"There was no school yet: “{options['file'].stem}” was set up ({country}). "
                f"Sign in as {owner} with the password {password} and change it."
            )

    def _tell(self, report: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        headings = {"dry_run": "Nothing was written (--dry-run). This would be:", "undo": "Taken back:"}
        self.stdout.write(next((words for name, words in headings.items() if options[name]), "Done:"))
        for name, number in report.items():
            if isinstance(number, int):
                self.stdout.write(f"  {name.replace('_', ' ')}: {number}")
        if not (options["undo"] or options["dry_run"]):
            self.stdout.write(f"To take it back: bin/zvans import-clients --undo {report['import']}")
        for problem in report.get("problems", ()):
            self.stdout.write(
                f"  row {problem['row']}, {problem['column']}: “{problem['value']}” — {problem['reason']}"
            )


def _mapping(path: Path, book: Book, sheet: str) -> dict[str, dict[str, str]]:
    """The mapping of a file, for each sheet; a column is told by its heading or its number.

    Raises:
        Refused: when it is no such JSON, or names a field that there is not.
    """
    try:
        told = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise Refused(f"The mapping {path} can't be read: {error}") from None
    if not isinstance(told, dict):
        raise Refused('The mapping must be an object such as {"Phone": "phone"}.')
    tables = layout.tables(book.beginning(), organisation.current().country)
    chosen: dict[str, dict[str, str]] = {}
    for table in tables:
        if sheet and table.name != sheet:
            continue
        own = told[table.name] if isinstance(told.get(table.name), dict) else told
        found = run.columns_named(table, {str(k): v for k, v in own.items() if isinstance(v, str | None)})
        if found:
            chosen[table.name] = found
    return chosen
