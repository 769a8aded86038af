"""The next step, "call me later", the answer, the stage: each one act, each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Http
from django.urls import reverse
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.core.times import at_wall_time
from zvans.demo.cast import Cast
from zvans.people import commands as people
from zvans.people.models import Client
from zvans.people.tests.making import a_client
from zvans.sales import commands
from zvans.sales.models import Application, Deal
from zvans.sales.tests.making import a_deal, a_group, a_pipeline, a_program, an_application
from zvans.team.models import User

AsUser = Callable[[User], Http]


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return a_deal(cast)


def fresh(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def test_a_deal_of_someone_known_is_opened_from_their_card(cast: Cast, as_user: AsUser) -> None:
    a_pipeline(cast)
    client, group = a_client(cast), a_group(cast)
    answer = as_user(cast.ilze).post(
        reverse("client_deal_add", args=[client.pk]),
        {
            "wanted": f"g{group.pk}",
            "wish": "vakaros",
            "next_step": "Piezvanīt",
            "next_step_kind": "call",
            "when": "tomorrow",
            "manager": cast.ilze.pk,
        },
    )
    deal = Deal.objects.get()
    assert answer["Location"] == reverse("deal", args=[deal.pk])
    assert (deal.client, deal.group, deal.price, deal.branch) == (client, group, None, cast.centrs)
    tomorrow = timezone.localdate(timezone=cast.school.tz) + timedelta(days=1)
    assert deal.next_step_at == at_wall_time(tomorrow, time(10), cast.school.tz)
    assert history(client).filter(kind="sales.deal_added").exists()


def test_whoever_calls_for_the_first_time_is_added_with_the_deal(cast: Cast, as_user: AsUser) -> None:
    a_pipeline(cast)
    terms = {"next_step": "Call", "next_step_kind": "call", "when": "hour", "manager": cast.ilze.pk}
    as_user(cast.ilze).post(reverse("deal_add"), terms | {"client": "Ieva Jauna Nākamā", "phone": "26 555 111"})
    client = Deal.objects.get().client
    assert (client.given_name, client.family_name, client.manager) == ("Ieva", "Jauna Nākamā", cast.ilze)
    assert (client.contacts.get().value, client.branch) == ("+37126555111", cast.centrs)


def test_a_phone_that_is_known_leads_to_whose_it_is_and_nothing_typed_is_lost(cast: Cast, as_user: AsUser) -> None:
    a_pipeline(cast)
    a_client(cast)
    terms = {"next_step": "Zvanīt māsai", "next_step_kind": "call", "when": "hour", "manager": cast.ilze.pk}
    answer = as_user(cast.ilze).post(reverse("deal_add"), terms | {"client": "Ieva", "phone": "25231225"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is the number of Artūrs Bērziņš" in page
    assert "Zvanīt māsai" in page
    assert not Deal.objects.exists()


def test_a_client_of_another_branch_can_not_be_chosen(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.janis)
    assert http.get(reverse("client_deal_add", args=[client.pk])).status_code == 404
    assert http.post(reverse("deal_add"), {"client": client.pk}).status_code == 422


@pytest.mark.parametrize("missing", ["next_step", "when"])
def test_an_open_deal_can_not_be_left_without_a_next_step(
    cast: Cast, as_user: AsUser, deal: Deal, missing: str
) -> None:
    step = {"next_step": "Zvanīt", "next_step_kind": "call", "when": "week"}
    del step[missing]
    assert as_user(cast.ilze).post(reverse("deal_step", args=[deal.pk]), step).status_code == 422
    assert fresh(deal).next_step == "Piezvanīt"
    with pytest.raises(Refused):
        commands.plan_step(Actor.of(cast.ilze), deal, next_step=" ", next_step_at=timezone.now())
    with pytest.raises(Refused):
        commands.plan_step(Actor.of(cast.ilze), deal, next_step="Zvanīt", next_step_at=None)


@pytest.mark.parametrize("values", [{"next_step": ""}, {"next_step_at": None}])
def test_the_database_keeps_it_so_too(deal: Deal, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Deal.objects.filter(pk=deal.pk).update(**values)


def test_done_and_what_next(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    as_user(cast.ilze).post(
        reverse("deal_step", args=[deal.pk]),
        {"next_step": "Sūtīt cenas", "next_step_kind": "write", "when": "date", "date": "2030-05-06T15:30"},
    )
    deal = fresh(deal)
    assert (deal.next_step, deal.next_step_kind) == ("Sūtīt cenas", "write")
    assert timezone.localtime(deal.next_step_at, cast.school.tz).strftime("%d.%m. %H:%M") == "06.05. 15:30"
    event = history(deal.client)[0]
    assert (event.kind, event.facts["done"]) == ("sales.step_planned", "Piezvanīt")


def test_busy_call_me_later_takes_two_clicks_and_can_be_taken_back(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    http, was = as_user(cast.ilze), deal.next_step_at
    page = http.post(f"{reverse('deal_later', args=[deal.pk])}?when=week&next=/deals/", follow=True)
    assert page.request["PATH_INFO"] == "/deals/"
    later = fresh(deal).next_step_at
    assert later
    assert (timezone.localdate(later) - timezone.localdate()).days == 7

    (message,) = page.context["messages"]
    http.post(message.extra_tags)
    assert fresh(deal).next_step_at == was


def test_what_has_changed_since_is_not_taken_back(cast: Cast, deal: Deal) -> None:
    by = Actor.of(cast.ilze)
    commands.call_later(by, deal, timezone.now() + timedelta(days=1))
    event = history(deal)[0]
    commands.call_later(by, deal, timezone.now() + timedelta(days=2))
    with pytest.raises(Refused):
        commands.take_back(by, fresh(deal), event)


def test_a_call_can_not_be_put_off_into_the_past(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    answer = as_user(cast.ilze).post(
        reverse("deal_later", args=[deal.pk]), {"when": "date", "date": "2020-05-06T15:30"}
    )
    assert answer.status_code == 422
    assert "That time has passed" in answer.content.decode()


def test_thinking_asks_when_to_remind_and_confirmed_is_one_click(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    http = as_user(cast.ilze)
    http.post(
        reverse("deal_thinking", args=[deal.pk]),
        {"next_step": "Pajautāt par otrdienu", "next_step_kind": "call", "when": "week"},
    )
    assert (fresh(deal).answer, fresh(deal).next_step) == ("thinking", "Pajautāt par otrdienu")
    http.post(reverse("deal_confirm", args=[deal.pk]))
    assert (fresh(deal).answer, fresh(deal).next_step) == ("confirmed", "Pajautāt par otrdienu")


def test_the_first_act_answers_the_application_and_undo_takes_that_back_too(cast: Cast) -> None:
    application = an_application(cast)
    by, deal = Actor.of(cast.ilze), application.deal
    commands.move_deal(by, deal, deal.pipeline.stages.all()[1])
    assert not Application.objects.filter(answered_at=None).exists()
    commands.take_back(by, deal, history(deal)[0])
    assert Application.objects.get(answered_at=None) == application
    assert fresh(deal).stage == deal.pipeline.stages.all()[0]


def test_a_change_of_the_deal_keeps_its_history(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    program = a_program(cast)
    form = {"wanted": f"p{program.pk}", "wish": "no rīta", "price": "180,50", "manager": cast.liga.pk}
    http = as_user(cast.ilze)
    answer = http.post(reverse("deal_change", args=[deal.pk]), form | {"branch": cast.centrs.pk})
    assert answer.status_code == 302
    deal = fresh(deal)
    assert (deal.program, deal.price, deal.manager, deal.wish) == (program, 18050, cast.liga, "no rīta")
    assert "180.50" in http.get(reverse("deal", args=[deal.pk])).content.decode()
    assert history(deal)[0].changes["manager"][0]["label"] == "Ilze Bērziņa"


def test_a_closed_deal_is_not_worked_on(cast: Cast, deal: Deal) -> None:
    Deal.objects.filter(pk=deal.pk).update(state="won")
    with pytest.raises(Refused):
        commands.call_later(Actor.of(cast.ilze), deal, timezone.now() + timedelta(days=1))
    with pytest.raises(Refused):
        commands.move_deal(Actor.of(cast.ilze), deal, deal.pipeline.stages.all()[1])


def test_an_archived_deal_comes_back(cast: Cast, as_user: AsUser, deal: Deal) -> None:
    http = as_user(cast.ilze)
    page = http.post(reverse("deal_archive", args=[deal.pk]), follow=True)
    assert fresh(deal).is_archived
    (message,) = page.context["messages"]
    http.post(message.extra_tags)
    assert not fresh(deal).is_archived


def test_the_page_shows_the_playbook_and_no_phone_to_whoever_may_not_see_it(
    cast: Cast, as_user: AsUser, deal: Deal
) -> None:
    address = reverse("deal", args=[deal.pk])
    page = as_user(cast.ilze).get(address).content.decode()
    assert deal.stage.to_say in page.replace("&#x27;", "'")
    assert "tel:+37125231225" in page
    cast.ilze.role.group.permissions.filter(codename="view_contacts").delete()
    page = as_user(cast.ilze).get(address).content.decode()
    assert "25231225" not in page.replace(" ", "")
    assert "arturs@apollo.example" not in page


def test_who_wrote_under_another_name_is_shown_to_the_manager(cast: Cast, as_user: AsUser) -> None:
    a_client(cast)
    application = an_application(cast, name="Māra Cita", phone="25231225", email="mara@example.com")
    page = as_user(cast.ilze).get(reverse("deal", args=[application.deal_id])).content.decode()
    assert "Māra Cita" in page
    assert "mara@example.com" in page


@pytest.mark.parametrize(("query", "finds"), [("berz", True), ("anglu", True), ("arturs angl", True), ("vācu", False)])
def test_a_deal_is_found_by_who_and_what(cast: Cast, as_user: AsUser, query: str, finds: bool) -> None:
    deal = a_deal(cast, program=a_program(cast))
    page = as_user(cast.ilze).get(reverse("search"), {"q": query}).content.decode()
    assert (reverse("deal", args=[deal.pk]) in page) == finds
    assert (
        reverse("deal", args=[deal.pk]) not in as_user(cast.janis).get(reverse("search"), {"q": query}).content.decode()
    )


def test_a_deal_is_found_by_the_new_name_of_its_client(cast: Cast, as_user: AsUser) -> None:
    deal = a_deal(cast)
    people.change_client(Actor.of(cast.ilze), Client.objects.get(), family_name="Jaunuzvārde")
    assert (
        reverse("deal", args=[deal.pk]) in as_user(cast.ilze).get(reverse("search"), {"q": "jaunuzv"}).content.decode()
    )
