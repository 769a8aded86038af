"""The first start: an empty installation becomes a school."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Http

from zvans.core import founding
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.models import Event, Organisation
from zvans.demo.cast import Cast
from zvans.team import commands
from zvans.team.models import Branch, User

ANSWERS: dict[str, Any] = {
    "name": "Rīta valodas",
    "country": "LV",
    "language": "lv",
    "currency": "EUR",
    "time_zone": "Europe/Riga",
    "client_noun": "students",
    "teacher_noun": "teachers",
    "branch": "Centrs",
    "owner_name": "Sanita Ozola",
    "owner_email": "Sanita@Example.com",
    "password": "lielais-zvans",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/clients/", "/settings/", "/account/login/"])
def test_everything_leads_to_the_set_up_before_there_is_a_school(address: str) -> None:
    assert Http().get(address).headers["Location"] == "/setup/"


@pytest.mark.django_db
def test_a_country_that_nobody_can_guess_is_asked_for() -> None:
    http = Http()
    form = http.get("/setup/").context["form"]
    for name in ("country", "currency", "time_zone"):
        assert form.fields[name].choices[0] == ("", "Choose…")
        assert not form[name].value()
    answer = http.post("/setup/", ANSWERS | {"country": ""})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()


@pytest.mark.django_db
def test_one_page_founds_the_school_and_signs_its_owner_in() -> None:
    http = Http()
    answer = http.post("/setup/", ANSWERS)

    assert answer.headers["Location"] == "/welcome/"
    school = Organisation.objects.get()
    assert (school.name, school.currency, school.language, school.is_demo) == ("Rīta valodas", "EUR", "lv", False)
    assert Branch.objects.get().time_zone == "Europe/Riga"
    owner = User.objects.get()
    assert (owner.email, owner.role.code, owner.check_password("lielais-zvans")) == (
        "sanita@example.com",
        "owner",
        True,
    )
    assert http.get("/welcome/").status_code == 200
    assert Event.objects.filter(kind="team.school_founded").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "expected"), [("lv", ("LV", "EUR", "Europe/Riga")), ("hu-HU,hu", ("HU", "HUF", "Europe/Budapest"))]
)
def test_the_country_is_guessed_from_the_browser(language: str, expected: tuple[str, ...]) -> None:
    form = Http().get("/setup/", headers={"accept-language": language}).context["form"]
    assert (form["country"].value(), form["currency"].value(), form["time_zone"].value()) == expected


@pytest.mark.django_db
def test_the_zone_of_the_browser_says_more_than_its_language() -> None:
    page = Http().get("/setup/?zone=Asia/Ulaanbaatar", headers={"accept-language": "en-US,en"})
    form = page.context["form"]
    assert (form["country"].value(), form["currency"].value()) == ("MN", "MNT")


@pytest.mark.django_db
def test_another_country_brings_its_currency_and_zones() -> None:
    part = Http().get("/setup/?country=TZ", headers={"hx-request": "true"}).content.decode()
    assert '<option value="TZS" selected>' in part
    assert '<option value="Africa/Dar_es_Salaam" selected>' in part
    assert "owner_name" not in part


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("password", "1234"), ("owner_email", "sanita"), ("time_zone", "Mars/Olympus"), ("name", "")]
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(field: str, value: str) -> None:
    answer = Http().post("/setup/", ANSWERS | {field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["branch"].value() == "Centrs"
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_upper_storeys_lay_their_first_records_in_the_same_act() -> None:
    seen: list[tuple[str, str]] = []
    step = founding.Step("test", lambda by, school: seen.append((by.label, school.name)))
    founding.steps.add(step)
    try:
        Http().post("/setup/", ANSWERS)
    finally:
        del founding.steps._items["test"]
    assert seen == [("Sanita Ozola", "Rīta valodas")]


def test_a_founded_school_is_not_founded_again(cast: Cast) -> None:
    assert Http().get("/setup/").headers["Location"] == "/"
    Http().post("/setup/", ANSWERS)
    assert Organisation.objects.get().name == "Lāse"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_at_once_one_founds_and_the_other_is_told() -> None:
    def found(name: str) -> str:
        try:
            fields = ANSWERS | {"owner_name": name, "owner_email": f"{name}@example.com"}
            return str(commands.found_school(Actor.system(), **fields))
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(found, ["anna", "dace", "elza", "inga"]))

    assert len([sentence for sentence in told if sentence.startswith("The school has just been set up")]) == 3
    assert (Organisation.objects.count(), User.objects.count(), Branch.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["zone=UTC", "zone=Nowhere/City", "country=XX", "country=&zone="])
def test_a_place_that_is_none_is_not_guessed_from(told: str) -> None:
    assert Http().get(f"/setup/?{told}").status_code == 200


@pytest.mark.django_db
def test_an_unknown_address_before_the_set_up_is_said_to_be_unknown() -> None:
    assert Http().get("/nowhere/").status_code == 404
