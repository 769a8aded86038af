"""Measure the frequent acts on a generated school; ``bin/bench`` calls it for each engine and size."""

from __future__ import annotations

import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zvans.core.models import Organisation
from zvans.demo import cast as demo_cast
from zvans.demo import crowd
from zvans.people.models import Client
from zvans.schedule.models import Group

_CLOCK_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Medians of one act: SQL queries; milliseconds of processor in the app and in the database; elapsed."""

    act: str
    queries: int
    app_ms: float
    database_ms: float
    elapsed_ms: float


class Command(BaseCommand):
    help = "Fill an empty database with a generated school and measure the frequent acts on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, required=True)
        parser.add_argument("--rounds", type=int, default=30)

    def handle(self, *args: Any, clients: int, rounds: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists():
            raise CommandError("This database holds a school; measure on an empty one.")
        people = demo_cast.assemble()
        began = time.perf_counter()
        crowd.fill(people, crowd.Size(clients, min(2000, clients), min(40, clients // 10), events_of_first=1000))
        connection.cursor().execute("ANALYZE")
        self.stderr.write(f"{connection.vendor}: {clients} clients written in {time.perf_counter() - began:.0f} s")
        http = Http(SERVER_NAME="localhost")
        http.force_login(people.sanita)
        for name, act in _acts(http):
            row = measure(name, act, rounds)
            self.stdout.write(written(row, clients))


def _acts(http: Http) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The acts by name; each call is one request that must succeed."""
    first = Client.objects.order_by("pk")[0]
    fragment = {"HX-Request": "true"}
    number = count(1)

    def get(address: str, **headers: str) -> Callable[[], Any]:
        return lambda: succeed(http.get(address, headers={**headers}))

    def apply() -> None:
        key = f"bench-{next(number)}"
        application = {
            "name": "Marta Ozola",
            "phone": f"+3712{next(number):07d}",
            "group": Group.objects.values_list("pk", flat=True)[0],
            "consent": True,
        }
        succeed(
            Http(SERVER_NAME="localhost").post(
                "/api/v1/public/applications",
                application,
                content_type="application/json",
                headers={"Idempotency-Key": key},
                REMOTE_ADDR=f"10.{next(number) % 250}.{next(number) % 250}.1",
            )
        )

    search = reverse("search")
    yield "search: part of a name", get(f"{search}?q=kaln%20ann", **fragment)
    yield "search: digits of a phone", get(f"{search}?q=3712007", **fragment)
    yield "search: two letters", get(f"{search}?q=ka", **fragment)
    yield "Today", get(reverse("today"))
    yield "clients, 50 rows", get(reverse("client_list"))
    yield "card, 1,000 events", get(reverse("client", args=[first.pk]))
    yield "board, 2,000 open deals", get(reverse("deal_board"))
    yield "deals, 50 rows", get(reverse("deal_list"))
    yield "groups", get(reverse("group_list"))
    yield "public groups (API)", get("/api/v1/public/groups")
    yield "public groups (page)", get(reverse("public_groups"))
    yield "application received", apply


def written(row: Measured, clients: int) -> str:
    """A line of the table."""
    return (
        f"| {connection.vendor} | {clients:,} | {row.act} | {row.queries} | "
        f"{row.app_ms:.1f} | {row.database_ms:.1f} | {row.elapsed_ms:.1f} |"
    )


def succeed(answer: Any) -> None:
    if answer.status_code >= 400:
        raise CommandError(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {answer.content[:300]!r}")


def measure(name: str, act: Callable[[], Any], rounds: int) -> Measured:
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    queries = len(captured)  # before the next request forgets them
    app, elapsed = [], []
    with _database_processor() as database:
        for _round in range(rounds):
            wall, processor = time.perf_counter(), time.process_time()
            act()
            app.append((time.process_time() - processor) * 1000)
            elapsed.append((time.perf_counter() - wall) * 1000)
    return Measured(name, queries, statistics.median(app), database[0] / rounds * 1000, statistics.median(elapsed))


@contextmanager
def _database_processor() -> Iterator[list[float]]:
    """The seconds of processor that this connection's PostgreSQL process uses; SQLite works in our own."""
    used = [0.0]
    if connection.vendor != "postgresql":
        yield used
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    before = _processor(status)
    yield used
    used[0] = _processor(status) - before


def _processor(status: Path) -> float:
    fields = status.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICK
