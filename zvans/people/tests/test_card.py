"""The card: notes and calls in one click, the timeline as each may read it, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.models import FamilyTie, Task
from zvans.people.tests.making import a_client, a_task
from zvans.team.models import User

AsUser = Callable[[User], Http]


def test_a_note_stands_on_the_timeline(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.ilze)
    answer = http.post(f"/clients/{client.pk}/note/", {"text": "Grib sākt <b>janvārī</b>"}, follow=True)
    page = answer.content.decode()
    assert "Grib sākt &lt;b&gt;janvārī&lt;/b&gt;" in page
    assert "Ilze Bērziņa" in page


def test_an_empty_note_is_no_note(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    answer = as_user(cast.ilze).post(f"/clients/{client.pk}/note/", {"text": "  "}, follow=True)
    assert "Write something first." in answer.content.decode()
    assert history(client).count() == 1


def test_the_outcome_of_a_call_is_one_click(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    as_user(cast.ilze).post(f"/clients/{client.pk}/call/", {"outcome": "no_answer", "text": "", "incoming": "on"})
    event = history(client).first()
    assert event is not None
    assert (event.kind, event.facts) == (
        "people.call_logged",
        {"outcome": "no_answer", "text": "", "incoming": True},
    )


@pytest.mark.parametrize("data", [{}, {"outcome": "maybe"}, {"call_back": "someday"}])
def test_a_call_without_a_known_outcome_is_refused(cast: Cast, as_user: AsUser, data: dict[str, str]) -> None:
    client = a_client(cast)
    assert as_user(cast.ilze).post(f"/clients/{client.pk}/call/", data).status_code == 400
    assert history(client).count() == 1


@pytest.mark.parametrize(
    ("sent", "wall"),
    [
        ({"call_back": "tomorrow"}, "10:00"),
        ({"call_back": "date", "call_back_at": "2026-12-24T17:30"}, "17:30"),
        ({"call_back": "date", "call_back_at": ""}, "10:00"),
    ],
)
def test_call_me_later_becomes_a_task(cast: Cast, as_user: AsUser, sent: dict[str, str], wall: str) -> None:
    client = a_client(cast)
    as_user(cast.ilze).post(f"/clients/{client.pk}/call/", {"text": "Sapulcē", **sent})
    task = Task.objects.get()
    assert (task.client, task.assignee, task.is_call) == (client, cast.ilze, True)
    assert f"{timezone.localtime(task.due_at, cast.school.tz):%H:%M}" == wall
    called = history(client).get(kind="people.call_logged")
    assert (called.facts["outcome"], called.facts["text"]) == ("call_back", "Sapulcē")


def test_a_call_that_was_made_is_due_no_more(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    mine, of_liga = a_task(cast, client=client, is_call=True), a_task(cast, cast.liga, client=client, is_call=True)
    http = as_user(cast.ilze)
    http.post(f"/clients/{client.pk}/call/", {"outcome": "no_answer"})
    assert Task.objects.filter(done_at=None).count() == 2
    http.post(f"/clients/{client.pk}/call/", {"outcome": "reached"})
    assert list(Task.objects.filter(done_at=None)) == [of_liga]
    assert mine != of_liga


def test_a_change_is_shown_before_and_after(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    commands.change_client(Actor.of(cast.sanita), client, manager=cast.liga, language="lv", wants_messages=False)
    page = as_user(cast.ilze).get(f"/clients/{client.pk}/").content.decode()
    assert "Responsible manager:" in page
    assert "<del>Ilze Bērziņa</del>" in page
    assert "<ins>Līga Krūmiņa</ins>" in page
    assert "<ins>Latvian</ins>" in page
    assert "<ins>no</ins>" in page


def test_older_events_are_a_link_away(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    for number in range(60):
        commands.add_note(Actor.of(cast.ilze), client, f"Piezīme {number}.")
    http = as_user(cast.ilze)
    page = http.get(f"/clients/{client.pk}/").content.decode()
    assert "Piezīme 59." in page
    assert "Piezīme 9." not in page
    before = history(client)[49].pk
    assert f'href="?before={before}"' in page
    older = http.get(f"/clients/{client.pk}/?before={before}").content.decode()
    assert "Piezīme 9." in older
    assert "Piezīme 10." not in older
    assert 'href="?before=' not in older


def test_nobody_but_their_own_opens_a_card(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    assert as_user(cast.janis).get(f"/clients/{client.pk}/").status_code == 404
    assert as_user(cast.anna).get(f"/clients/{client.pk}/").status_code == 404
    assert as_user(cast.dace).get(f"/clients/{client.pk}/").status_code == 200


def test_an_accountant_reads_and_writes_nothing(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    page = as_user(cast.dace).get(f"/clients/{client.pk}/").content.decode()
    assert "Save note" not in page
    assert f"/clients/{client.pk}/change/" not in page
    assert "25 231 225" in page


def test_family_that_one_may_not_see_is_no_link(cast: Cast, as_user: AsUser) -> None:
    child, mother = a_client(cast, "Emīls", manager=cast.anna), a_client(cast, "Ieva")
    commands.tie_family(Actor.of(cast.ilze), child, mother, kind=FamilyTie.Kind.PARENT, pays=True)
    page = as_user(cast.anna).get(f"/clients/{child.pk}/").content.decode()
    assert "Ieva Bērziņš" in page
    assert f'href="/clients/{mother.pk}/"' not in page


def test_the_cost_does_not_grow(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast, tags=["VIP"])

    def cost() -> int:
        http = as_user(cast.ilze)
        http.get(f"/clients/{client.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert http.get(f"/clients/{client.pk}/").status_code == 200
        return len(queries)

    def live(times: int) -> None:
        by = Actor.of(cast.ilze)
        for number in range(times):
            commands.add_note(by, client, f"Piezīme {number}")
            commands.change_client(by, client, note=f"{number}")
            commands.tie_family(by, client, a_client(cast, f"Nr{number}"), kind=FamilyTie.Kind.SIBLING)
            a_task(cast, cast.liga, client=client, due_at=timezone.now() + timedelta(days=number))

    live(3)
    few = cost()
    live(60)
    assert cost() == few
    assert few <= 12, "the frame and the panels of every app included"
