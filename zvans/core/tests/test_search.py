"""The search box: what comes first, and what stays hidden when much is found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Http
from django.urls import reverse

from zvans.core import candidates, search
from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint
from zvans.sales.tests.making import a_group
from zvans.team.models import User

AsUser = Callable[[User], Http]
PHONE = ContactPoint.Kind.PHONE


@pytest.fixture
def soon_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large school: what is found is not read whole."""
    monkeypatch.setattr(candidates, "_AT_ONCE", 3)
    monkeypatch.setattr(candidates, "OF_EACH", 2)
    monkeypatch.setattr(search, "OF_EACH", 2)


def add(cast: Cast, name: str, phone: str = "", **fields: Any) -> Client:
    given, _space, family = name.partition(" ")
    contacts = [Contact(PHONE, phone)] if phone else []
    fields = {"branch": cast.centrs, **fields}
    return commands.add_client(Actor.of(cast.sanita), given_name=given, family_name=family, contacts=contacts, **fields)


def best(user: User, query: str, limit: int = 6) -> list[str]:
    return [client.name for client in search.best(user, search.kinds["people.client"], query, limit)]


def test_whole_words_come_first_then_beginnings_then_the_middle(cast: Cast) -> None:
    for name in ("Marianna Liepa", "Zane Annanova", "Annija Ozola", "Ieva Ann"):
        add(cast, name)
    assert best(cast.sanita, "ann") == ["Ieva Ann", "Annija Ozola", "Zane Annanova", "Marianna Liepa"]


@pytest.mark.usefixtures("soon_too_many")
def test_the_best_are_found_among_very_many(cast: Cast) -> None:
    for number in range(5):
        add(cast, f"Marianna Liepa{'abcde'[number]}")
    for number in range(5):
        add(cast, f"Annija Ozola{'abcde'[number]}")
    add(cast, "Ieva Ann")
    assert best(cast.sanita, "ann", 2) == ["Ieva Ann", "Annija Ozolaa"]


def test_a_number_that_begins_with_the_digits_comes_first(cast: Cast) -> None:
    add(cast, "Vidus", "29252312")
    add(cast, "Sākums", "25231225")
    assert best(cast.sanita, "2523") == best(cast.sanita, "252") == ["Sākums", "Vidus"]
    assert best(cast.sanita, "+371 2523") == ["Sākums"]


@pytest.mark.parametrize(
    "query", ["26111333", "+371 26 111 333", "0037126111333", "37126111", "3712611", "261", "371261"]
)
def test_a_number_is_found_with_and_without_the_calling_code(cast: Cast, query: str) -> None:
    add(cast, "Zane Liepa", "26111333")
    add(cast, "Juris Kalns", "20126113")
    assert "Zane Liepa" in best(cast.sanita, query)


@pytest.mark.parametrize("query", ["3711111", "371133"])
def test_digits_after_the_calling_code_are_those_that_a_number_begins_with(cast: Cast, query: str) -> None:
    add(cast, "Zane Liepa", "26111133")
    add(cast, "Juris Kalns", "20111133")
    assert best(cast.sanita, query) == []


@pytest.mark.usefixtures("soon_too_many")
def test_who_may_not_see_phones_finds_nobody_by_them_however_many_there_are(cast: Cast) -> None:
    for number in range(6):
        add(cast, f"Zane {'abcdef'[number]}", f"2611133{number}", manager=cast.anna)
    assert best(cast.sanita, "26111")
    assert best(cast.anna, "26111") == best(cast.anna, "371 26111") == []
    assert len(best(cast.anna, "zane")) == 6


@pytest.mark.usefixtures("soon_too_many")
def test_the_few_that_a_user_may_see_are_found_behind_many_others(cast: Cast) -> None:
    for number in range(8):
        add(cast, f"Anna Liepa{'abcdefgh'[number]}", branch=cast.studija)
    add(cast, "Marianna Ozola", "26111333", branch=cast.centrs)
    assert best(cast.ilze, "ann") == ["Marianna Ozola"]


@pytest.mark.usefixtures("soon_too_many")
def test_the_box_finds_every_kind_though_one_is_found_much(cast: Cast, as_user: AsUser) -> None:
    for number in range(8):
        add(cast, f"Anna Liepa{'abcdefgh'[number]}")
    group = a_group(cast, name="Anna un draugi")
    page = as_user(cast.sanita).get(reverse("search"), {"q": "ann"}).content.decode()
    assert reverse("group", args=[group.pk]) in page
    assert "Liepaa" in page
