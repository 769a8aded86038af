"""Texts that an owner may write: what they see, and the limits that no text gets round."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client as Http
from liquid.exceptions import LiquidError

from zvans.core.commands import Refused
from zvans.demo.cast import Cast
from zvans.messaging import templates
from zvans.messaging.kinds import MessageKind, kinds
from zvans.messaging.models import Message, Template
from zvans.messaging.templates import Text
from zvans.messaging.tests.making import a_client
from zvans.money.tests.making import a_payment, a_sale
from zvans.team.models import User

AsUser = Callable[[User], Http]
KIND = MessageKind(
    "messaging.test",
    label="Test",
    placeholders={"group.name": "the group", "group.lessons": "its lessons"},
    sample={"group": {"name": "A1", "lessons": ["one", "two"]}},
)
ADDRESS = "/settings/messages/money.payment_received/"

HOSTILE = {
    "a huge range": "{% for i in (1..3000000) %}x{% endfor %}",
    "a huge range reversed": "{% for i in (1..3000000000) reversed %}x{% endfor %}",
    "a huge range joined": "{{ (1..3000000) | join: '' }}",
    "a huge range kept": "{% assign r = (1..3000000) %}{{ r | sort | size }}",
    "a range whose end is computed": "{% assign n = 3000000 %}{% for i in (1..n) %}x{% endfor %}",
    "nested loops": "{% for i in (1..90) %}{% for j in (1..90) %}{% for k in (1..90) %}x{% endfor %}{% endfor %}{% endfor %}",
    "append doubling": "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
    "capture doubling": (
        "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}"
    ),
    "times growth": "{% assign n = 9999999 %}{% for i in (1..60) %}{% assign n = n | times: n %}{% endfor %}{{ n }}",
    "replace growth": (
        "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign a = a | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}"
    ),
    "much output": "{% for i in (1..100) %}{{ '" + "x" * 5000 + "' }}{% endfor %}",
    "much time": "{% for i in (1..100) %}"
    + "{{ 'x' | replace: 'x', 'yyyy' | split: '' | join: '-' }}" * 250
    + "{% endfor %}",
    "a long text": "x" * 30_000,
    "deep nesting": "{% if true %}" * 40 + "x" + "{% endif %}" * 40,
    "an included file": "{% include 'settings' %}",
    "a rendered file": "{% render 'settings' %}",
    "an unknown tag": "{% tablerow i in group.lessons %}{% endtablerow %}",
    "an unknown filter": "{{ group.name | base64_decode }}",
    "a filter of a wrong kind": "{{ group.name | divided_by: 0 }}",
    "an open brace": "{{ group.name",
    "an open tag": "{% if group.name %}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_refused_at_once(cast: Cast, body: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        templates.check(KIND, Text("Hello", body))
    assert refusal.value.field == "body"
    assert str(refusal.value)
    with pytest.raises(LiquidError):
        templates.fill(KIND, Text("Hello", body), KIND.sample)
    assert time.monotonic() - started < 3


def test_a_text_sees_its_placeholders_and_nothing_else(cast: Cast) -> None:
    text = Text("{{ group.name }}", "[{{ secret }}{{ group.price }}{{ group.name.__class__ }}{{ client.phone }}]")
    context = {"group": {"name": "A1", "price": 100}, "secret": "x", "client": {"name": "Anna", "phone": "+371"}}
    filled = templates.fill(KIND, text, context)
    assert (filled.subject, filled.body) == ("A1", "[]")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{{ grup.name }}", "There is no placeholder “{{ grup.name }}” here. Did you mean “{{ group.name }}”?"),
        ("{{ group }}", "There is no placeholder “{{ group }}”"),
        ("{% if client.debt %}x{% endif %}", "“{{ client.debt }}”"),
        ("one\ntwo {{ group.name | nosuch }}", "line 2"),
        ("", "Write something here."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(cast: Cast, body: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        templates.check(KIND, Text("Hello", body))
    assert sentence in str(refusal.value)


def test_conditions_and_short_loops_work(cast: Cast) -> None:
    body = "{% for lesson in group.lessons %}{{ forloop.index }}. {{ lesson | upcase }}\n{% endfor %}{% for i in (1..3) %}{{ i }}{% endfor %}"
    text = Text("{% if group.name == 'A1' %}Yes{% else %}No{% endif %}", body)
    templates.check(KIND, text)
    assert templates.fill(KIND, text, KIND.sample) == Text("Yes", "1. ONE\n2. TWO\n123")


def test_a_subject_is_one_line(cast: Cast) -> None:
    text = Text("Hello\r\nBcc: {{ group.name }}", "x")
    assert templates.fill(KIND, text, {"group": {"name": "a\nb"}}).subject == "Hello Bcc: a b"


@pytest.mark.parametrize("language", ["en", "lv", "hu", "mn", "sw"])
def test_every_shipped_text_can_be_sent(cast: Cast, language: str) -> None:
    for kind in kinds:
        text = templates.shipped(kind.name, language)
        assert text.subject, f"{kind.name} has no text"
        templates.check(kind, text)
        if language in ("en", "lv"):
            assert templates._shipped(kind.name, language), f"{kind.name} has no text of its own in {language}"


def test_the_owner_writes_a_text_of_their_own_and_goes_back(cast: Cast, as_user: AsUser) -> None:
    owner = as_user(cast.sanita)
    own = {"subject": "Paldies, {{ client.given_name }}!", "body": "Saņēmām {{ payment.amount }}."}
    assert owner.post(ADDRESS + "?language=lv", own).status_code == 302
    a_payment(cast, a_sale(cast, a_client(cast, language="lv")), 5000)
    message = Message.objects.get()
    assert (message.subject, message.body.replace("\xa0", " ")) == ("Paldies, Artūrs!", "Saņēmām 50 €.")
    owner.post(ADDRESS + "restore/?language=lv")
    assert not Template.objects.exists()
    assert "Labdien" in owner.get(ADDRESS + "?language=lv").content.decode()


def test_a_wrong_text_is_shown_again_with_what_is_wrong(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.sanita).post(ADDRESS, {"subject": "Hello", "body": "My words {{ client.nme }}"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "My words" in page
    assert "Did you mean “{{ client.name }}”?" in page
    assert not Template.objects.exists()


def test_the_preview_follows_the_typing(cast: Cast, as_user: AsUser) -> None:
    owner = as_user(cast.sanita)
    shown = owner.post(
        ADDRESS + "preview/", {"subject": "Hi {{ client.given_name }}", "body": "<b>{{ payment.amount }}"}
    )
    assert "Hi Anna" in shown.content.decode()
    assert "&lt;b&gt;" in shown.content.decode()
    mistaken = owner.post(ADDRESS + "preview/", {"subject": "Hi", "body": "{{ nothing }}"})
    assert "There is no placeholder" in mistaken.content.decode()


def test_the_preview_is_written_in_the_language_of_the_text(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.sanita).get("/settings/messages/schedule.place_confirmed/?language=lv").content.decode()
    paper = page[page.index('class="paper') :]
    assert "2027. gada 12. janvāris" in paper
    assert "pirmd., trešd. 18:00" in paper
    assert "220\u00a0€" in paper
    assert "+371 67 000 000" in paper


def test_a_kind_switched_off_is_not_sent(cast: Cast, as_user: AsUser) -> None:
    as_user(cast.sanita).post(ADDRESS + "switch/", {"is_on": "off"})
    a_payment(cast, a_sale(cast), 5000)
    assert not Message.objects.exists()
    assert "switched off" in as_user(cast.sanita).get(ADDRESS).content.decode()


def test_days_before_must_be_a_number(cast: Cast, as_user: AsUser) -> None:
    owner = as_user(cast.sanita)
    address = "/settings/messages/money.payment_due/switch/"
    owner.post(address, {"days_before": "5"})
    assert "5 days before" in owner.get("/settings/messages/").content.decode()
    owner.post(address, {"days_before": "99"})
    assert "5 days before" in owner.get("/settings/messages/").content.decode()
    owner.post(address, {"days_before": "0"})
    assert "0 days before" in owner.get("/settings/messages/").content.decode()


def test_an_unknown_kind_is_no_page(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.sanita).get("/settings/messages/no.such/").status_code == 404
