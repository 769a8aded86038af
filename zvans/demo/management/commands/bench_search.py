"""Measure the search box alone, in a school of very many clients; ``bin/bench --search`` calls it for each engine."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any
from urllib.parse import quote

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from zvans.core.models import Organisation
from zvans.demo import cast as demo_cast
from zvans.demo import crowd
from zvans.demo.management.commands.bench import measure, succeed, written

# What is typed, and who types it.
_QUERIES = (
    ("two letters", "ka", "sanita"),
    ("beginning of a name", "kaln", "sanita"),
    ("middle of a name", "alni", "sanita"),
    ("two common names", "anna kaln", "sanita"),
    ("a rare name", "kalninsbc", "sanita"),
    ("nobody's name", "qwxyz", "sanita"),
    ("digits of a phone", "3712007", "sanita"),
    ("last digits of a phone", "7919", "sanita"),
    ("whole phone", "20007919", "sanita"),
    ("two letters, manager of a branch", "ka", "ilze"),
)


class Command(BaseCommand):
    help = "Fill an empty database with clients only, and measure the search box."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, required=True)
        parser.add_argument("--rounds", type=int, default=30)

    def handle(self, *args: Any, clients: int, rounds: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists():
            raise CommandError("This database holds a school; measure on an empty one.")
        people = demo_cast.assemble()
        began = time.perf_counter()
        crowd.fill_search(people, clients)
        connection.cursor().execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        self.stderr.write(f"{connection.vendor}: {clients} clients written in {time.perf_counter() - began:.0f} s")
        for name, query, person in _QUERIES:
            http = Http(SERVER_NAME="localhost")
            http.force_login(getattr(people, person))
            row = measure(f"search: {name}", _search(http, query), rounds)
            self.stdout.write(written(row, clients))


def _search(http: Http, query: str) -> Any:
    address = f"{reverse('search')}?q={quote(query)}"
    return lambda: succeed(http.get(address, headers={"HX-Request": "true"}))
