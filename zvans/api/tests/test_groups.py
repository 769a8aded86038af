"""The school's own site asks which groups are open."""

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext

from zvans.demo.cast import Cast
from zvans.website.tests.making import fill, make_group, make_program

ADDRESS = "/api/v1/public/groups"


def test_what_is_told_of_a_group(cast: Cast) -> None:
    group = fill(make_group(cast), free=3)
    answer = Http().get(ADDRESS, headers={"Accept-Language": "en"})
    assert answer.json() == [
        {
            "id": group.pk,
            "name": "English A1, evenings",
            "program": {"id": group.program_id, "name": "English A1", "description": "For those who begin."},
            "branch": {"id": cast.centrs.pk, "name": "Centrs", "address": "Brīvības iela 55, Rīga"},
            "online": False,
            "starts_on": group.starts_on.isoformat(),
            "ends_on": group.ends_on and group.ends_on.isoformat(),
            "lesson_count": 20,
            "weekly_times": [
                {"weekday": 1, "day": "Monday", "starts_at": "18:00", "ends_at": "19:30"},
                {"weekday": 3, "day": "Wednesday", "starts_at": "18:00", "ends_at": "19:30"},
            ],
            "time_zone": "Europe/Riga",
            "price": {"amount": 22000, "currency": "EUR", "text": "€220"},
            "capacity": 8,
            "free": 3,
            "full": False,
            "sign_up_until": None,
            "apply_url": f"http://testserver/join/{group.pk}/",
        }
    ]
    assert not answer.cookies


def test_in_the_language_that_is_asked_for(cast: Cast) -> None:
    make_group(cast)
    assert Http().get(ADDRESS + "?lang=lv").json()[0]["weekly_times"][0]["day"] == "pirmdiena"
    assert Http().get(ADDRESS, headers={"Accept-Language": "hu"}).json()[0]["weekly_times"][0]["day"] == "hétfő"


def test_a_group_that_is_hidden_or_whose_program_is_hidden_is_not_told(cast: Cast) -> None:
    make_group(cast, is_public=False)
    make_group(cast, make_program(cast, "Secret", is_public=False))
    assert Http().get(ADDRESS).json() == []


def test_by_program_and_branch(cast: Cast) -> None:
    german = make_group(cast, make_program(cast, "German B1"), branch=cast.studija)
    make_group(cast)

    def names(query: str) -> list[str]:
        return [group["name"] for group in Http().get(f"{ADDRESS}?{query}").json()]

    assert names(f"program={german.program_id}") == names(f"branch={cast.studija.pk}") == ["German B1, evenings"]
    assert names("program=987654") == []


@pytest.mark.parametrize("query", ["program=x", "program=0", "branch=99999999999999999999999", "program=%00"])
def test_a_filter_that_makes_no_sense(cast: Cast, query: str) -> None:
    answer = Http().get(f"{ADDRESS}?{query}&lang=en")
    assert answer.status_code == 422
    field = query.split("=", maxsplit=1)[0]
    assert answer.json() == {"detail": [{"field": field, "message": "Write the id of one that exists."}]}


def test_any_site_may_ask(cast: Cast) -> None:
    asked = Http().get(ADDRESS, headers={"Origin": "https://lase.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    before = Http().options(
        "/api/v1/public/applications",
        headers={
            "Origin": "https://lase.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, idempotency-key",
        },
    )
    assert "idempotency-key" in before.headers["Access-Control-Allow-Headers"]


def test_more_groups_cost_no_more_queries(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Http().get(ADDRESS).status_code == 200
        return len(asked)

    make_group(cast)
    few = queries()
    for number in range(10):
        make_group(cast, make_program(cast, f"Course {number}"), branch=cast.studija)
    assert queries() == few <= 3
