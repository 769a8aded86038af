"""Won (with a place in the same act, or why not), refused with a reason, opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Http
from django.urls import reverse
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.people import commands as people
from zvans.people.models import Client, FamilyTie
from zvans.people.tests.making import a_client
from zvans.sales import commands
from zvans.sales.models import Deal, RefusalReason
from zvans.sales.tests.making import a_deal, a_group
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment
from zvans.team.models import User

AsUser = Callable[[User], Http]


def place_of(deal: Deal) -> Enrolment:
    """The place that the deal has won."""
    return Enrolment.objects.select_related("sale__payer", "student").get(deal=deal)


def owed(place: Enrolment) -> int:
    assert place.sale
    return sum(charge.amount for charge in place.sale.charges.all())


def payer(place: Enrolment) -> Client:
    assert place.sale
    return place.sale.payer


def win(http: Http, deal: Deal, **form: object) -> object:
    return http.post(reverse("deal_win", args=[deal.pk]), form)


def test_winning_gives_the_place_and_says_what_is_owed(cast: Cast, as_user: AsUser) -> None:
    group = a_group(cast)
    deal = a_deal(cast, group=group)
    form = {"student": deal.client_id, "group": group.pk, "price": "220", "discount": "20", "discount_reason": "draugs"}
    answer = as_user(cast.ilze).post(reverse("deal_win", args=[deal.pk]), form)

    assert answer.status_code == 302
    deal.refresh_from_db()
    assert (deal.state, deal.next_step_at, place_of(deal).state) == ("won", None, Enrolment.State.ENROLLED)
    assert deal.closed_at
    group.refresh_from_db()
    assert group.taken == 1
    assert (payer(place_of(deal)), owed(place_of(deal))) == (deal.client, 20000)
    page = as_user(cast.ilze).get(reverse("deal", args=[deal.pk])).content.decode()
    assert "Artūrs Bērziņš" in page


def test_a_parent_asks_and_the_child_studies(cast: Cast, as_user: AsUser) -> None:
    group, parent, child = a_group(cast), a_client(cast), a_client(cast, "Anete", contacts=[])
    people.tie_family(Actor.of(cast.ilze), child, parent, kind=FamilyTie.Kind.PARENT, pays=True)
    deal = a_deal(cast, client=parent, group=group)
    http = as_user(cast.ilze)
    assert "Anete" in http.get(reverse("deal_win", args=[deal.pk])).content.decode()
    win(http, deal, student=child.pk, group=group.pk, price="220")
    deal.refresh_from_db()
    assert (place_of(deal).student, payer(place_of(deal))) == (child, parent)
    assert history(child).filter(kind="sales.deal_won").exists()


def test_someone_new_is_added_as_family_in_the_same_act(cast: Cast, as_user: AsUser) -> None:
    group = a_group(cast)
    deal = a_deal(cast, group=group)
    form = {"student": "new", "given_name": "Anete", "family_name": "Bērziņa", "relation": "parent", "price": "220"}
    win(as_user(cast.ilze), deal, group=group.pk, **form)
    deal.refresh_from_db()
    assert place_of(deal).student.name == "Anete Bērziņa"
    tie = FamilyTie.objects.get(client=place_of(deal).student)
    assert (tie.relative, tie.kind, tie.pays) == (deal.client, "parent", True)


def test_a_full_group_says_so_and_nothing_is_written_then_the_waiting_list_takes_them(
    cast: Cast, as_user: AsUser
) -> None:
    group = a_group(cast, capacity=1)
    schedule.enrol(Actor.of(cast.ilze), group, a_client(cast, "Zane", contacts=[]))
    deal = a_deal(cast, group=group)
    http, clients = as_user(cast.ilze), Client.objects.count()
    form = {"student": "new", "given_name": "Anete", "family_name": "", "relation": "parent", "price": "220"}
    answer = http.post(reverse("deal_win", args=[deal.pk]), form | {"group": group.pk})
    assert answer.status_code == 422
    assert "is full" in answer.content.decode()
    assert (Deal.objects.get().state, Client.objects.count()) == ("open", clients)

    http.post(reverse("deal_win", args=[deal.pk]), form | {"group": group.pk, "wait_if_full": "on"})
    deal.refresh_from_db()
    assert (deal.state, place_of(deal).state) == ("won", Enrolment.State.WAITING)


def test_a_deal_without_a_group_is_just_won(cast: Cast, as_user: AsUser) -> None:
    deal = a_deal(cast)
    win(as_user(cast.ilze), deal, student=deal.client_id, group="", price="")
    deal.refresh_from_db()
    assert (deal.state, deal.enrolment) == ("won", None)


def test_the_deal_and_its_sale_go_along_to_another_group(cast: Cast, as_user: AsUser) -> None:
    deal, other = a_deal(cast, group=a_group(cast)), a_group(cast, name="Rīta grupa")
    by = Actor.of(cast.ilze)
    commands.win(by, deal)
    taken = schedule.transfer(by, place_of(deal), other)
    deal.refresh_from_db()
    assert (deal.enrolment, deal.group, deal.program) == (taken, other, other.program)
    assert taken.sale is not None
    taken.sale.refresh_from_db()
    assert taken.sale.title == "Rīta grupa"
    assert "Rīta grupa" in as_user(cast.ilze).get(reverse("deal", args=[deal.pk])).content.decode()


def test_a_price_is_agreed_when_the_deal_is_won(cast: Cast, as_user: AsUser) -> None:
    deal = a_deal(cast, group=a_group(cast))
    http = as_user(cast.ilze)
    assert "List price, not agreed yet" in http.get(reverse("deal_board")).content.decode()
    assert 'value="220' in http.get(reverse("deal_win", args=[deal.pk])).content.decode()
    commands.win(Actor.of(cast.ilze), deal)
    deal.refresh_from_db()
    assert deal.price == 22000


def test_groups_of_what_they_want_are_offered_first(cast: Cast, as_user: AsUser) -> None:
    sooner, wanted = a_group(cast, starts_on=timezone.localdate()), a_group(cast)
    deal = a_deal(cast, program=wanted.program)
    form = as_user(cast.ilze).get(reverse("deal_win", args=[deal.pk])).context["form"]
    assert list(form.fields["group"].queryset) == [wanted, sooner]


def test_nobody_wins_a_deal_twice(cast: Cast) -> None:
    deal = a_deal(cast, group=a_group(cast))
    mine, theirs = Deal.objects.get(pk=deal.pk), Deal.objects.get(pk=deal.pk)
    commands.win(Actor.of(cast.ilze), mine)
    with pytest.raises(Refused):
        commands.win(Actor.of(cast.martins), theirs)
    assert Enrolment.objects.count() == 1


def test_a_refusal_has_a_reason_and_can_be_taken_back(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.ilze)
    address = reverse("deal_refuse", args=[deal.pk])
    assert http.post(address, {"note": "Dārgi"}).status_code == 422
    reason = RefusalReason.objects.all()[0]
    page = http.post(address, {"reason": reason.pk, "note": "Dārgi"}, follow=True)
    deal.refresh_from_db()
    assert (deal.state, deal.refusal_reason, deal.refusal_note) == ("lost", reason, "Dārgi")
    assert reason.name in page.content.decode()

    (message,) = page.context["messages"]
    http.post(message.extra_tags)
    deal.refresh_from_db()
    assert (deal.state, deal.refusal_reason, deal.closed_at) == ("open", None, None)
    assert deal.next_step == "Piezvanīt"


def test_a_refused_deal_is_opened_again_with_a_next_step(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.ilze)
    commands.refuse(Actor.of(cast.ilze), deal, reason=RefusalReason.objects.all()[0])
    address = reverse("deal_reopen", args=[deal.pk])
    assert http.post(address, {"next_step": ""}).status_code == 422
    http.post(address, {"next_step": "Zvanīt rudenī", "next_step_kind": "call", "when": "week"})
    deal.refresh_from_db()
    assert (deal.state, deal.next_step, deal.refusal_reason) == ("open", "Zvanīt rudenī", None)


def test_a_won_deal_is_opened_again_only_after_its_place_is_cancelled(cast: Cast) -> None:
    by, deal = Actor.of(cast.ilze), a_deal(cast, group=a_group(cast))
    commands.win(by, deal)
    step: dict[str, Any] = {"next_step": "Zvanīt", "next_step_at": deal.created_at}
    with pytest.raises(Refused):
        commands.reopen(by, deal, **step)
    schedule.cancel_enrolment(by, place_of(deal), reason="Saslima")
    deal = Deal.objects.get(pk=deal.pk)
    commands.reopen(by, deal, **step)
    commands.win(by, Deal.objects.get(pk=deal.pk))
    assert Enrolment.objects.filter(state=Enrolment.State.ENROLLED).count() == 1
