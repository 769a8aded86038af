"""Measure the import of a generated spreadsheet; ``bin/bench`` calls it after ``bench``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

_HEADINGS = ("Vārds, uzvārds", "Tālrunis", "E-pasts", "Kurss", "Cena", "Samaksāts", "Statuss", "Pieteikuma datums")


class Command(BaseCommand):
    help = "Import a generated xlsx by the command that people use, and print the seconds it took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, required=True)

    def handle(self, *args: Any, rows: int, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.xlsx"
            _write(path, rows)
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "manage.py", "import-clients", str(path), "--json"],
                cwd=settings.BASE_DIR,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds = time.perf_counter() - began
        self.stdout.write(
            f"| {connection.vendor} | {rows:,} | import of {rows:,} rows (xlsx) | | | | {seconds * 1000:,.0f} |"
        )


def _write(path: Path, rows: int) -> None:
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = workbook.add_worksheet("Klienti")
    sheet.write_row(0, 0, _HEADINGS)
    for number in range(1, rows + 1):
        day = date(2024, 1, 1) + timedelta(days=number % 700)
        sheet.write_row(
            number,
            0,
            (
                f"{'Anna Jānis Līga Kārlis'.split()[number % 4]} Importē{_tail(number)}",
                f"{20_000_000 + number * 7919 % 9_999_999}",
                f"a{number}@apollo.example",
                f"Angļu A{number % 4}",
                "220",
                "110" if number % 3 else "",
                ("domā", "apstiprināja", "atteicās (dārgi)")[number % 3],
                day.strftime("%d.%m.%Y"),
            ),
        )
    workbook.close()


def _tail(number: int) -> str:
    return "".join("abdegiklmn"[int(digit)] for digit in str(number))
