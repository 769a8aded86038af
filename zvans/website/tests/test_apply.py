"""A visitor applies; machines are kept out, and nothing typed is lost."""

from __future__ import annotations

import re
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
from zvans.website import stamps
from zvans.website.tests.making import fill, filled_in, make_group, make_program

pytestmark = pytest.mark.django_db
ARTURS = {"name": "Artūrs Bērziņš", "phone": "25231225"}


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast)


def refusals(answer: Any) -> Any:
    return answer.context and answer.context["form"].errors


def send(address: str | Group, **fields: Any) -> Any:
    path = address if isinstance(address, str) else f"/join/{address.pk}/?lang=en"
    return Http().post(path, filled_in(**fields))


def test_an_application_becomes_a_deal_with_its_source(cast: Cast, group: Group) -> None:
    answer = send(
        f"/join/{group.pk}/?lang=lv",
        email="arturs@inbox.example",
        comment="For my son Emīls, 9",
        utm_source="spring",
        utm_campaign="a1",
        referrer="https://google.example/",
        page="https://lase.example/kursi",
    )
    assert answer.status_code == 302, refusals(answer)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/join/thanks/"), refusals(answer)
    application = Application.objects.get()
    deal = application.deal
    assert (deal.client.name, deal.group, deal.manager) == ("Artūrs Bērziņš", group, cast.ilze)
    assert (str(deal.source), deal.referrer) == ("spring", "https://google.example/")
    assert deal.utm == {"utm_source": "spring", "utm_campaign": "a1", "page": "https://lase.example/kursi"}
    assert (application.comment, application.language, application.consent) == ("For my son Emīls, 9", "lv", True)
    assert deal.next_step


def test_the_form_carries_where_the_visitor_came_from(group: Group) -> None:
    page = Http().get(f"/join/{group.pk}/?utm_source=spring&referrer=https://google.example/").text
    assert '<input type="hidden" name="utm_source" value="spring">' in page
    assert '<input type="hidden" name="referrer" value="https://google.example/">' in page


def test_an_e_mail_alone_is_enough(group: Group) -> None:
    assert send(group, phone="", email="arturs@inbox.example").status_code == 302
    assert Application.objects.get().email == "arturs@inbox.example"


def test_a_question_about_a_program_or_about_nothing(cast: Cast) -> None:
    program = make_program(cast)
    page = Http().get(f"/join/ask/?program={program.pk}").text
    assert f'<option value="{program.pk}" selected>' in page
    assert send("/join/ask/", program=program.pk).status_code == 302
    assert send("/join/ask/", phone="26000001", comment="Do you teach Liv?").status_code == 302
    assert set(Deal.objects.values_list("program", "wish")) == {(program.pk, ""), (None, "Do you teach Liv?")}


def test_a_full_group_takes_the_application_all_the_same(group: Group) -> None:
    fill(group)
    assert send(group).status_code == 302
    assert Application.objects.get().deal.group == group


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write your name."),
        ({"name": "A\x00B"}, "Null characters are not allowed."),
        ({"name": "x" * 161}, "at most 160 characters"),
        ({"phone": ""}, "Write a phone number or an e-mail"),
        ({"phone": "12"}, "We can&#x27;t read this number."),
        ({"phone": "", "email": "arturs@"}, "Enter a valid email address."),
        ({"consent": ""}, "We need your agreement"),
        ({"comment": "x" * 2001}, "at most 2000 characters"),
        ({"stamp": "forged"}, "open for a long time"),
        ({"stamp": ""}, "open for a long time"),
        ({"seconds": 25 * 3600}, "open for a long time"),
        ({"seconds": 0}, "That was very fast."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(group: Group, wrong: dict[str, Any], sentence: str) -> None:
    answer = send(group, **({"comment": "only on Mondays"} | wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    if "comment" not in wrong:
        assert "only on Mondays" in answer.text
    assert not answer.cookies
    assert not Application.objects.exists()


def test_a_page_that_was_open_too_long_is_sent_once_more(group: Group) -> None:
    told = filled_in(seconds=25 * 3600)
    page = Http().post(f"/join/{group.pk}/", told).text
    [fresh] = re.findall('name="stamp" value="(.+?)"', page)
    assert fresh != told["stamp"]
    assert stamps.read(fresh) is not None


def test_a_mistake_keeps_the_stamp_so_that_it_stays_one_application(group: Group) -> None:
    told = filled_in(name="")
    assert f'name="stamp" value="{told["stamp"]}"' in Http().post(f"/join/{group.pk}/", told).text


def test_a_double_click_is_one_application(group: Group) -> None:
    told = filled_in()
    answers = [Http().post(f"/join/{group.pk}/", told) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Application.objects.count() == Deal.objects.count() == 1


def test_a_second_child_by_the_same_form_is_a_second_application(group: Group) -> None:
    told = filled_in(name="Emīls Bērziņš")
    Http().post(f"/join/{group.pk}/", told)
    Http().post(f"/join/{group.pk}/", told | {"name": "Marta Bērziņa"})
    assert Application.objects.count() == 2


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(group: Group) -> None:
    assert send(group, fax="+371 67 000 000").status_code == 302
    assert not Application.objects.exists()
    assert not Client.objects.exists()


def test_too_many_from_one_address(group: Group, settings: Settings) -> None:
    settings.APPLICATIONS_AN_HOUR = 2
    for number in range(2):
        assert send(group, phone=f"2600000{number}").status_code == 302
    answer = send(group, phone="26000003", comment="only on Mondays")
    assert answer.status_code == 429
    assert "Too many applications" in answer.text
    assert "only on Mondays" in answer.text
    assert Application.objects.count() == 2
    elsewhere = Http(REMOTE_ADDR="203.0.113.9").post(f"/join/{group.pk}/", filled_in(phone="26000004"))
    assert elsewhere.status_code == 302


def test_too_many_in_all(group: Group, settings: Settings) -> None:
    settings.APPLICATIONS_AN_HOUR_IN_ALL = 1
    assert send(group).status_code == 302
    answer = Http(REMOTE_ADDR="203.0.113.9").post(f"/join/{group.pk}/", filled_in(phone="26000004"))
    assert answer.status_code == 429


def test_nobody_learns_whether_they_are_known(cast: Cast, group: Group) -> None:
    people.add_client(
        Actor.of(cast.ilze),
        given_name="Artūrs",
        family_name="Bērziņš",
        contacts=[Contact(ContactPoint.Kind.PHONE, "25231225")],
    )
    known, unknown = send(group, phone="25231225"), send(group, phone="26000001")
    assert (known.status_code, known.content, known.items()) == (unknown.status_code, unknown.content, unknown.items())
    pages = [Http().get(answer["Location"]) for answer in (known, unknown)]
    assert pages[0].content == pages[1].content
    assert Client.objects.count() == 2


def test_no_cookie_is_asked_for_or_set(group: Group) -> None:
    strict = Http(enforce_csrf_checks=True)
    answer = strict.post(f"/join/{group.pk}/", filled_in())
    assert answer.status_code == 302
    assert not answer.cookies
    assert not strict.get(answer["Location"]).cookies
    assert not strict.cookies


def test_addresses_that_make_no_sense_cost_nothing(group: Group) -> None:
    answer = send(group, referrer="http://[broken", page="javascript:alert(1)", utm_source="x" * 900 + "\x00")
    assert answer.status_code == 302
    deal = Deal.objects.get()
    assert (deal.referrer, deal.utm) == ("", {"utm_source": "x" * 200})
