"""An application of the website becomes client, deal, call and answer; sent twice it is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.people import commands as people
from zvans.people.models import Client
from zvans.people.tests.making import a_client
from zvans.sales import commands
from zvans.sales.models import Application, Deal
from zvans.sales.tests.making import a_deal, a_group, a_pipeline, a_program, an_application


def test_a_stranger_becomes_a_client_with_a_deal_and_a_call_that_is_due_now(cast: Cast) -> None:
    group = a_group(cast)
    application = an_application(
        cast, group=group, comment="Man der otrdienas.", utm={"utm_source": "fb", "utm_campaign": "rudens"}
    )

    deal = application.deal
    assert (deal.client.given_name, deal.client.family_name) == ("Inga", "Vanaga")
    assert sorted(point.value for point in deal.client.contacts.all()) == ["+37126112233", "inga@example.com"]
    assert deal.client.data_consent_at is not None
    assert (deal.group, deal.program, deal.price, deal.branch) == (group, group.program, None, cast.centrs)
    assert (str(deal.source), deal.utm["utm_campaign"]) == ("Facebook", "rudens")
    assert (deal.next_step_kind, deal.urgency) == ("call", "overdue")
    assert application.answered_at is None
    assert history(deal.client).filter(kind="sales.application_received").count() == 1


def test_it_is_acknowledged_in_the_name_and_to_the_address_that_were_written(cast: Cast) -> None:
    an_application(cast, language="en")
    message = Message.objects.get(kind="sales.application_received")
    assert (message.to, "Inga Vanaga" in message.body) == ("inga@example.com", True)


def test_the_same_key_twice_is_one(cast: Cast) -> None:
    first = an_application(cast, key="twice")
    assert an_application(cast, key="twice") == first
    assert (Deal.objects.count(), Message.objects.count()) == (1, 1)


def test_a_known_client_is_matched_and_nothing_of_theirs_goes_to_who_wrote(cast: Cast) -> None:
    artis = a_client(cast)
    application = an_application(cast, name="Svešs Cilvēks", phone="25231225", email="svess@example.com")

    assert application.deal.client == artis
    artis.refresh_from_db()
    assert (artis.name, application.name) == ("Artūrs Bērziņš", "Svešs Cilvēks")
    assert "svess@example.com" not in [point.value for point in artis.contacts.all()]
    message = Message.objects.get(kind="sales.application_received")
    assert (message.to, "Artūrs" in message.body) == ("svess@example.com", False)


def test_of_several_matches_it_is_the_one_about_whom_something_happened_last(cast: Cast) -> None:
    artis = a_client(cast)
    a_client(cast, "Zane")
    people.add_note(Actor.of(cast.ilze), artis, "Zvanīja par kursiem.")
    assert an_application(cast, phone="25231225", email="").deal.client == artis


def test_an_archived_client_who_writes_comes_back(cast: Cast) -> None:
    artis = a_client(cast)
    people.archive_client(Actor.of(cast.ilze), artis)
    assert an_application(cast, phone="25231225").deal.client == artis
    assert not Client.objects.get(pk=artis.pk).is_archived


def test_applications_are_shared_in_turn_among_those_who_take_them(cast: Cast) -> None:
    managers = [an_application(cast, phone=f"2611223{n}", email="").deal.manager for n in range(4)]
    assert managers == [cast.ilze, cast.janis, cast.ilze, cast.janis]


def test_a_group_goes_to_a_manager_of_its_branch(cast: Cast) -> None:
    group = a_group(cast, branch=cast.studija)
    managers = {an_application(cast, phone=f"2611223{n}", email="", group=group).deal.manager for n in range(3)}
    assert managers == {cast.janis}


def test_a_client_stays_with_their_own_manager(cast: Cast) -> None:
    a_client(cast, manager=cast.janis)
    assert an_application(cast, phone="25231225").deal.manager == cast.janis


def test_asking_again_within_a_day_is_the_same_deal_whose_call_is_due_again(cast: Cast) -> None:
    program = a_program(cast)
    first = an_application(cast, program=program)
    commands.call_later(Actor.of(cast.ilze), first.deal, timezone.now() + timedelta(days=3))

    again = an_application(cast, program=program, comment="Kad zvanīsiet?")
    assert again == first
    deal = Deal.objects.get()
    assert deal.urgency == "overdue"
    assert history(deal)[0].facts["comment"] == "Kad zvanīsiet?"


def test_a_parent_asks_for_two_children_and_for_two_programs(cast: Cast) -> None:
    program = a_program(cast)
    an_application(cast, program=program)
    an_application(cast, program=program, name="Pēteris Vanags")
    an_application(cast, program=a_program(cast))
    assert (Deal.objects.count(), Client.objects.count()) == (3, 1)


def test_an_application_joins_the_deal_that_was_just_made_by_hand(cast: Cast) -> None:
    program = a_program(cast)
    deal = a_deal(cast, program=program)
    assert an_application(cast, name="Artūrs Bērziņš", phone="25231225", program=program).deal == deal


@pytest.mark.parametrize(
    ("utm_source", "referrer", "source"),
    [
        ("", "", "Mājaslapa"),
        ("", "https://www.google.com/search?q=kursi", "Google"),
        ("", "https://kursi.lv/anglu", "kursi.lv"),
        ("instagram", "https://l.instagram.com/", "Instagram"),
        ("Avīze", "", "Avīze"),
        ("", "not an address", "Mājaslapa"),
        ("", "http://[broken", "Mājaslapa"),
    ],
)
def test_its_source_is_told_by_the_link_or_the_site_before(
    cast: Cast, utm_source: str, referrer: str, source: str
) -> None:
    application = an_application(cast, utm={"utm_source": utm_source}, referrer=referrer)
    assert str(application.deal.source) == source


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "  "}, "name"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12", "email": ""}, "phone"),
        ({"phone": "", "email": "nav"}, "email"),
    ],
)
def test_refused_without_a_name_or_a_way_to_answer(cast: Cast, fields: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        an_application(cast, **fields)
    assert refusal.value.field == field
    assert not Client.objects.exists()


def test_without_a_phone_the_step_is_to_write(cast: Cast) -> None:
    assert an_application(cast, phone="").deal.next_step_kind == Deal.Step.WRITE


@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_one_and_different_ones_are_shared_fairly(cast: Cast) -> None:
    a_pipeline(cast)

    def send(number: int) -> int:
        try:
            return an_application(cast, key="the same", phone="26112233").pk
        finally:
            connection.close()

    def send_another(number: int) -> str:
        try:
            return str(an_application(cast, key=f"k{number}", phone=f"2611{number:04}", email="").deal.manager)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        assert len(set(threads.map(send, range(10)))) == 1
        managers = list(threads.map(send_another, range(10)))
    assert Application.objects.filter(key="the same").count() == 1
    assert Client.objects.filter(contacts__value="+37126112233").count() == 1
    assert abs(managers.count("Ilze Bērziņa") - managers.count("Jānis Liepa")) <= 1
