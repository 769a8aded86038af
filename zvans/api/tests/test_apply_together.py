"""Applications that arrive at the same moment, at several server processes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest

from zvans.core.tests.served import Served, serve

pytestmark = [pytest.mark.served, pytest.mark.django_db]

AT_ONCE, AN_HOUR = 40, 30  # the limit as shipped
FAMILIES, CHILDREN, TIMES = 8, 4, 5


@dataclass(frozen=True)
class Sent:
    """An application: its idempotency key, and what the visitor typed."""

    key: str
    phone: str
    name: str = "Artūrs Bērziņš"


_COUNT = """
import json
from zvans.people.models import Client
from zvans.sales.models import Application, Deal
print(json.dumps([Application.objects.count(), Deal.objects.count(), Client.objects.count()]))
"""


@contextmanager
def a_school(folder: Path, an_hour: int = AN_HOUR) -> Iterator[Served]:
    with serve(folder, APPLICATIONS_AN_HOUR=str(an_hour)) as server:
        server.run(
            "from zvans.core.actors import Actor; from zvans.sales import commands; commands.lay_pipeline(Actor.system())"
        )
        yield server


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with a_school(tmp_path) as server:
        yield server


def test_the_same_key_at_once_is_one_application(served: Served) -> None:
    answers = send_together(served, [Sent("the-same", "26000001")] * 20)
    assert answers == {201: 20}
    assert json.loads(served.run(_COUNT)) == [1, 1, 1]


def test_the_limit_is_counted_by_all_processes_together(served: Served) -> None:
    answers = send_together(served, [Sent(f"key {number}", f"260000{number:02}") for number in range(AT_ONCE)])
    assert answers == {201: AN_HOUR, 429: AT_ONCE - AN_HOUR}
    assert json.loads(served.run(_COUNT)) == [AN_HOUR] * 3


def test_one_new_phone_at_once_is_one_client(tmp_path: Path) -> None:
    """Each of some families asks for its children with one phone, several times over: one client, a deal a child."""
    with a_school(tmp_path, an_hour=1000) as served:
        for number in range(1, FAMILIES + 1):
            phone = f"260001{number:02}"
            sent = [Sent(f"{phone}-{n}", phone, f"Child {n % CHILDREN}") for n in range(CHILDREN * TIMES)]
            assert send_together(served, sent) == {201: CHILDREN * TIMES}
            assert json.loads(served.run(_COUNT)) == [CHILDREN * number, CHILDREN * number, number]


def send_together(served: Served, sent: list[Sent]) -> Counter[int]:
    """Send the applications, all at once; how many got which status."""
    ready = Barrier(len(sent))

    def send(one: Sent) -> int:
        headers = {"Content-Type": "application/json", "Idempotency-Key": one.key}
        body = json.dumps({"name": one.name, "phone": one.phone, "consent": True})
        connection = HTTPConnection(urlsplit(served.url).netloc, timeout=60)
        try:
            ready.wait()
            connection.request("POST", "/api/v1/public/applications", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        return Counter(pool.map(send, sent))
