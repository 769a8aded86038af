"""The school's own form sends an application."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Http
from pytest_django import Settings

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands as people
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint
from zvans.sales.models import Application, Deal
from zvans.schedule.models import Group
from zvans.website.tests.making import make_group, make_program

ADDRESS = "/api/v1/public/applications?lang=en"
ARTURS = {"name": "Artūrs Bērziņš", "phone": "25 231 225"}


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast)


def send(told: Any, *, key: str = "", http: Http | None = None) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told)
    headers = {"Idempotency-Key": key} if key else {}
    return (http or Http()).post(ADDRESS, body, content_type="application/json", headers=headers)


def test_it_becomes_a_deal_with_its_source(cast: Cast, group: Group) -> None:
    where = {
        "utm_source": "spring",
        "utm_term": "english",
        "referrer": "https://google.example/",
        "page": "https://a.example/",
    }
    answer = send(ARTURS | where | {"group": group.pk, "comment": "Evenings only", "consent": True})
    assert (answer.status_code, answer.json()["status"]) == (201, "received")
    deal = Deal.objects.get()
    assert (deal.client.name, deal.group, deal.program, deal.manager) == (
        "Artūrs Bērziņš", group, group.program, cast.ilze,
    )  # fmt: skip
    assert str(deal.source) == "spring"
    assert deal.utm == {"utm_source": "spring", "utm_term": "english", "page": "https://a.example/"}
    assert deal.client.data_consent_at is not None
    assert not answer.cookies


def test_a_program_or_only_an_e_mail(cast: Cast) -> None:
    program = make_program(cast)
    told = {"name": "Zane", "phone": None, "email": "zane@inbox.example", "program": program.pk, "group": None}
    assert send(told).status_code == 201
    assert Deal.objects.get().program == program


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"phone": "25231225"}, "name", "This is needed."),
        ({"name": "  ", "phone": "25231225"}, "name", "This is needed."),
        ({"name": None, "phone": "25231225"}, "name", "Write text here."),
        ({"name": "x" * 161, "phone": "25231225"}, "name", "At most 160 characters."),
        ({"name": "a\x00b", "phone": "25231225"}, "name", "Write text without control characters."),
        ({"name": "\ud800", "phone": "25231225"}, "name", "Write text here."),
        (ARTURS | {"group": 987654}, "group", "This group takes no more applications."),
        (ARTURS | {"program": 987654}, "program", "There is no such program."),
        (ARTURS | {"group": 2**70}, "group", "Write the id of one that exists."),
        (ARTURS | {"program": "English"}, "program", "Write the id of one that exists."),
        (ARTURS | {"consent": "perhaps"}, "consent", "Write true or false."),
        ({"name": "Zane"}, "phone", "Write a phone number or an e-mail that we can answer."),
        ({"name": "Zane", "email": "zane@"}, "email", "Write a phone number or an e-mail that we can answer."),
        ([], "name", "This is needed."),
        (None, "name", "This is needed."),
        (b"", "", "Send one JSON object."),
    ],
)
def test_each_wrong_field_has_its_sentence(cast: Cast, told: Any, field: str, sentence: str) -> None:
    make_program(cast)
    answer = send(told)
    assert answer.status_code == 422
    assert answer.json() == {"detail": [{"field": field, "message": sentence}]}
    assert not Client.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"name=Zane", b'{"name": ' + b"[" * 5000])
def test_what_is_no_json(cast: Cast, body: bytes) -> None:
    answer = send(body)
    assert (answer.status_code, answer.json()) == (400, {"detail": "The body is not JSON that can be read."})


def test_a_body_that_no_application_has(cast: Cast) -> None:
    assert send(ARTURS | {"referrer": "x" * 70_000}).status_code == 413


def test_the_sentences_are_in_the_visitors_language(group: Group) -> None:
    answer = Http().post(ADDRESS.replace("en", "lv"), "{}", content_type="application/json")
    assert answer.headers["Content-Language"] == "lv"


def test_the_same_key_is_one_application(group: Group) -> None:
    answers = [send(ARTURS | {"group": group.pk}, key="7f3a") for _again in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.content for answer in answers}) == 1
    assert Application.objects.count() == Deal.objects.count() == 1


def test_a_key_used_for_someone_else_is_refused_loudly(group: Group) -> None:
    send(ARTURS | {"group": group.pk}, key="1")
    answer = send({"name": "Zane", "phone": "26000001"}, key="1")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["field"] == "Idempotency-Key"


def test_without_a_key_a_double_click_is_one(group: Group) -> None:
    answers = [send(ARTURS | {"group": group.pk}) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Application.objects.count() == 1


def test_nobody_learns_whether_they_are_known(cast: Cast, group: Group) -> None:
    people.add_client(Actor.of(cast.ilze), given_name="Artūrs", contacts=[Contact(ContactPoint.Kind.PHONE, "25231225")])
    known, unknown = (send({"name": "Artūrs", "phone": phone}) for phone in ("25231225", "26000001"))
    assert (known.status_code, known.content, known.items()) == (unknown.status_code, unknown.content, unknown.items())


def test_a_hidden_group_takes_none(cast: Cast) -> None:
    hidden = make_group(cast, is_public=False)
    assert send(ARTURS | {"group": hidden.pk}).status_code == 422
    assert send(ARTURS | {"program": make_program(cast, "Secret", is_public=False).pk}).status_code == 422


def test_too_many_from_one_address(group: Group, settings: Settings) -> None:
    settings.APPLICATIONS_AN_HOUR = 1
    assert send(ARTURS).status_code == 201
    answer = send({"name": "Zane", "phone": "26000001"})
    assert answer.status_code == 429
    assert "Too many applications" in answer.json()["detail"]
    # An address that the visitor claims is not believed; one that our own proxy wrote is.
    claimed = Http(headers={"X-Forwarded-For": "203.0.113.9"})
    assert send({"name": "Zane", "phone": "26000001"}, http=claimed).status_code == 429
    settings.TRUSTED_PROXIES = 1
    assert send({"name": "Zane", "phone": "26000001"}, http=claimed).status_code == 201


def test_whatever_a_campaign_says_costs_no_application(group: Group) -> None:
    assert send(ARTURS | {"utm_source": "x" * 5000, "utm_term": "\x00", "referrer": "http://[::"}).status_code == 201
    assert Deal.objects.get().utm == {"utm_source": "x" * 200}
