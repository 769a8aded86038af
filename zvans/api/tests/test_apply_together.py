"""Applications that arrive at the same moment, at several server processes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest

from zvans.core.tests.served import Served, serve

pytestmark = [pytest.mark.served, pytest.mark.django_db]

AT_ONCE, AN_HOUR = 40, 30  # the limit as shipped

_COUNT = """
import json
from zvans.people.models import Client
from zvans.sales.models import Application, Deal
print(json.dumps([Application.objects.count(), Deal.objects.count(), Client.objects.count()]))
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(tmp_path) as server:
        server.run(
            "from zvans.core.actors import Actor; from zvans.sales import commands; commands.lay_pipeline(Actor.system())"
        )
        yield server


def test_the_same_key_at_once_is_one_application(served: Served) -> None:
    answers = send_together(served, [("26000001", "the-same")] * 20)
    assert answers == {201: 20}
    assert json.loads(served.run(_COUNT)) == [1, 1, 1]


def test_the_limit_is_counted_by_all_processes_together(served: Served) -> None:
    answers = send_together(served, [(f"260000{number:02}", f"key {number}") for number in range(AT_ONCE)])
    assert answers == {201: AN_HOUR, 429: AT_ONCE - AN_HOUR}
    assert json.loads(served.run(_COUNT)) == [AN_HOUR] * 3


def send_together(served: Served, sent: list[tuple[str, str]]) -> Counter[int]:
    """Send an application for each phone and key, all at once; how many got which status."""
    ready = Barrier(len(sent))

    def send(phone: str, key: str) -> int:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        body = json.dumps({"name": "Artūrs Bērziņš", "phone": phone, "consent": True})
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
        return Counter(pool.map(lambda each: send(*each), sent))
