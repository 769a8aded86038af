"""Fifty clients at once ask for the last place, of several server processes: one gets it, the rest wait."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest

from zvans.core.tests.served import Served, serve

pytestmark = [pytest.mark.served, pytest.mark.django_db, pytest.mark.xdist_group("served")]

CLIENTS, ROUNDS, CAPACITY = 50, 20, 3

_SET_UP = f"""
import json
from datetime import date, time, timedelta
from zvans.core.actors import Actor
from zvans.people.models import Client
from zvans.schedule import commands
from zvans.schedule.pattern import Time
from zvans.team.models import Branch, User
branch, by = Branch.objects.get(name="Centrs"), Actor.of(User.objects.get(email="ilze@lase.example"))
program = commands.add_program(by, name="English A1", price=22000, lesson_count=4, capacity={CAPACITY})
asking = Client.objects.bulk_create([Client(given_name=f"Client {{n}}", branch=branch) for n in range({CLIENTS})])
seated = Client.objects.bulk_create([Client(given_name=f"Seated {{n}}", branch=branch) for n in range({CAPACITY - 1})])
groups = []
for n in range({ROUNDS}):
    group = commands.open_group(
        by, program=program, branch=branch, name=f"Round {{n}}", starts_on=date.today() + timedelta(days=30),
        times=[Time(0, time(18), 90)],
    )
    for client in seated:
        commands.enrol(by, group, client)
    groups.append(group.pk)
print(json.dumps({{"groups": groups, "clients": [client.pk for client in asking]}}))
"""

_COUNT = """
import json
from zvans.money.models import Sale
from zvans.schedule.models import Enrolment, Group
print(json.dumps({
    group.pk: {
        "taken": group.taken,
        **{state: group.enrolments.filter(state=state).count() for state in ("enrolled", "waiting")},
        "sales": Sale.objects.filter(enrolment__group=group).count(),
        "line": len(set(group.enrolments.filter(state="waiting").values_list("line", flat=True))),
    }
    for group in Group.objects.all()
}))
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(tmp_path) as server:
        yield server


def test_fifty_at_once_for_the_last_place(served: Served) -> None:
    made = json.loads(served.run(_SET_UP))
    cookie = served.sign_in("ilze@lase.example")
    with ThreadPoolExecutor(CLIENTS) as pool:
        for group in made["groups"]:
            ready = Barrier(CLIENTS)
            asked = [pool.submit(ask, served, cookie, group, client, ready) for client in made["clients"]]
            answers = [each.result() for each in asked]
            assert set(answers) == {302}, "everyone gets an answer"
    found = json.loads(served.run(_COUNT))
    assert len(found) == ROUNDS
    for counted in found.values():
        assert counted == {
            "taken": CAPACITY,
            "enrolled": CAPACITY,
            "waiting": CLIENTS - 1,
            "sales": CAPACITY,
            "line": CLIENTS - 1,
        }


def ask(served: Served, cookie: str, group: int, client: int, ready: Barrier) -> int:
    """Enrol the client, together with all the others; the status of the answer."""
    token = "a" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{cookie}; csrftoken={token}",
        "Origin": served.url,
    }
    body = urlencode({"student": client, "wait_if_full": "on", "csrfmiddlewaretoken": token})
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=60)
    try:
        ready.wait()
        connection.request("POST", f"/groups/{group}/enrol/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
