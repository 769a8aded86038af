"""Everyone's first page: where a new school begins, what is due, and when all is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client as Http

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.tests.making import a_client, a_task
from zvans.team.models import User

AsUser = Callable[[User], Http]


def test_the_owner_of_a_new_school_is_shown_where_to_begin(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.sanita).get("/").content.decode()
    assert "Where to begin" in page
    for address in ("/imports/new/", "/programs/add/", "/settings/website/", "/clients/add/"):
        assert f'href="{address}"' in page


def test_each_is_offered_only_what_they_may_do(cast: Cast, as_user: AsUser) -> None:
    assert "Bring in my spreadsheet" not in as_user(cast.liga).get("/").content.decode()
    teachers = as_user(cast.anna).get("/").content.decode()
    assert "Where to begin" not in teachers
    assert "All done for today" in teachers


@pytest.mark.parametrize("who", ["sanita", "ilze"])
def test_with_clients_and_nothing_due_all_is_done(cast: Cast, as_user: AsUser, who: str) -> None:
    a_client(cast)
    page = as_user(getattr(cast, who)).get("/").content.decode()
    assert "Where to begin" not in page
    assert "All done for today" in page


def test_a_task_stands_there_until_it_is_done(cast: Cast, as_user: AsUser) -> None:
    a_client(cast)
    task = a_task(cast)
    assert task.title in as_user(cast.ilze).get("/").content.decode()
    commands.complete_task(Actor.of(cast.ilze), task)
    assert "All done for today" in as_user(cast.ilze).get("/").content.decode()
