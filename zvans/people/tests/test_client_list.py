"""The list of clients: who sees whom and what, how it narrows and sorts, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext

from zvans.core.actors import Actor
from zvans.core.kept_lists.commands import add_entry
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.models import Source, Tag
from zvans.people.tests.making import PHONE, a_client
from zvans.team.models import User

AsUser = Callable[[User], Http]


def names(http: Http, query: str = "") -> list[str]:
    """The names in the list, in its order."""
    answer = http.get(f"/clients/{query}")
    assert answer.status_code == 200
    return [row.record.given_name for row in answer.context["table"].paginated_rows]


def test_each_sees_their_own(cast: Cast, as_user: AsUser) -> None:
    a_client(cast, "Centra")
    a_client(cast, "Studijas", manager=cast.janis, branch=cast.studija)
    a_client(cast, "Annas", manager=cast.anna)
    a_client(cast, "Visu", manager=None, branch=None)
    assert set(names(as_user(cast.ilze))) == {"Centra", "Annas", "Visu"}
    assert set(names(as_user(cast.janis))) == {"Studijas", "Visu"}
    assert names(as_user(cast.anna)) == ["Annas"]
    assert len(names(as_user(cast.sanita))) == 4


def test_a_teacher_sees_no_phone_anywhere(cast: Cast, as_user: AsUser) -> None:
    client = a_client(
        cast,
        manager=cast.anna,
        note="Vecais numurs 67 123 456, e-pasts vecs@inbox.example",
        preferences="Zvanīt 29 999 888",
    )
    by = Actor.of(cast.ilze)
    commands.change_client(by, client, contacts=[Contact(PHONE, "26 777 888"), Contact(PHONE, "20 000 111")])
    commands.add_note(by, client, "Mammas numurs ir 29 111 222")
    commands.log_call(by, client, outcome="reached", text="Lūdza zvanīt uz +371 29 333 444")
    http = as_user(cast.anna)
    pages = (
        "/clients/",
        "/clients/?q=artur",
        "/search/?q=artur",
        "/clients/choices/?q=artur",
        f"/clients/{client.pk}/",
    )
    for page in pages:
        html = http.get(page).content.decode().encode().decode("unicode_escape" if "choices" in page else "utf-8")
        assert "Artūrs" in html, page
        digits = "".join(character for character in html if character.isdigit() or character.isalpha())
        for number in ("25231225", "67123456", "29999888", "26777888", "20000111", "29111222", "29333444"):
            assert number not in digits, f"{number} on {page}"
        for address in ("apollo", "inbox"):
            assert address not in html
    assert names(http, "?q=25231225") == []


def test_found_within_the_list(cast: Cast, as_user: AsUser) -> None:
    a_client(cast)
    a_client(cast, "Zane", "Liepa", contacts=[Contact(PHONE, "26 000 111")])
    http = as_user(cast.ilze)
    assert names(http, "?q=berzi") == ["Artūrs"]
    assert names(http, "?q=26000") == ["Zane"]
    assert names(http, "?q=nav tāda") == []


def test_narrowed_by_each_condition(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.sanita)
    source, tag = add_entry(by, Source, name="Google"), add_entry(by, Tag, name="VIP")
    a_client(cast, "Viena", source=source, tags=[tag])
    a_client(cast, "Otra", manager=cast.janis, branch=cast.studija)
    http = as_user(cast.sanita)
    for query in (f"manager={cast.ilze.pk}", f"branch={cast.centrs.pk}", f"source={source.pk}", f"tag={tag.pk}"):
        assert names(http, f"?{query}") == ["Viena"], query
    assert len(names(http, "?manager=999")) == 2, "a condition that there is not is no condition"


def test_sorted_by_name_or_the_newest_first(cast: Cast, as_user: AsUser) -> None:
    for given, family in (("Anna", "Zvirbule"), ("Zane", "Auziņa"), ("Ieva", "Mežs")):
        a_client(cast, given, family)
    http = as_user(cast.ilze)
    assert names(http) == ["Ieva", "Zane", "Anna"]
    assert names(http, "?sort=name") == ["Zane", "Ieva", "Anna"]


def test_an_empty_school_is_told_how_to_begin(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.sanita).get("/clients/").content.decode()
    assert "Nobody is here yet" in page
    assert "/clients/add/" in page
    assert "/clients/add/" not in as_user(cast.anna).get("/clients/").content.decode()


def test_pages_are_cut_without_counting_everyone(cast: Cast, as_user: AsUser) -> None:
    for number in range(51):
        a_client(cast, f"Nr{number}", contacts=[])
    http = as_user(cast.ilze)
    first = http.get("/clients/").content.decode()
    assert "51 in all" in first
    assert "page=2" in first
    assert names(http, "?page=2") == ["Nr0"]
    assert http.get("/clients/?page=3").status_code in (200, 404)


@pytest.mark.parametrize("query", ["", "?q=ber&sort=name"])
def test_the_cost_does_not_grow(cast: Cast, as_user: AsUser, query: str) -> None:
    def cost() -> int:
        http = as_user(cast.ilze)
        http.get(f"/clients/{query}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert http.get(f"/clients/{query}").status_code == 200
        return len(queries)

    for number in range(60):
        a_client(cast, f"Nr{number}", tags=["VIP"])
    few = cost()
    for number in range(240):
        a_client(cast, f"Nr{number}", tags=["A1", "B2"], manager=cast.liga)
    assert cost() == few
    assert few <= 10
