"""A place: given, refused, moved to another group, given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Http

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.money.models import Sale
from zvans.people import commands as people
from zvans.people.models import Client, FamilyTie
from zvans.schedule import commands
from zvans.schedule.models import Enrolment, Group
from zvans.schedule.tests import making
from zvans.team.models import User

AsUser = Callable[[User], Http]
State = Enrolment.State


def test_a_manager_gives_a_place(cast: Cast, as_user: AsUser) -> None:
    group, zane = making.group(cast), making.student(cast, "Zane Ziediņa")
    answer = as_user(cast.ilze).post(f"/groups/{group.pk}/enrol/", {"student": zane.pk})
    assert answer.status_code == 302
    place = group.enrolments.get()
    assert (place.student, place.payer, place.state, place.price) == (zane, zane, State.ENROLLED, 22000)
    assert taken(group) == 1
    assert place.sale is not None
    assert (place.sale.owed, place.sale.manager, place.sale.next_due_on) == (22000, cast.ilze, group.starts_on)
    assert kinds(zane)[:1] == ["schedule.enrolled"]


def test_someone_new_gets_a_place_in_the_same_act(cast: Cast, as_user: AsUser) -> None:
    group = making.group(cast)
    typed = {"given_name": "Oto", "family_name": "Lācis", "phone": "26111222", "email": "oto@mail.example"}
    as_user(cast.liga).post(f"/groups/{group.pk}/enrol/", typed)
    place = group.enrolments.get()
    assert (place.student.name, place.student.branch) == ("Oto Lācis", cast.centrs)
    assert Message.objects.get(kind="schedule.place_confirmed").to == "oto@mail.example"


def test_nobody_new_is_left_behind_by_a_refusal(cast: Cast, as_user: AsUser) -> None:
    group, _held = making.full_group(cast)
    answer = as_user(cast.ilze).post(f"/groups/{group.pk}/enrol/", {"given_name": "Oto", "phone": "26111222"})
    assert answer.status_code == 422
    assert "is full" in answer.content.decode()
    assert 'value="Oto"' in answer.content.decode(), "nothing typed is lost"
    assert not Client.objects.filter(given_name="Oto").exists()


def test_the_parent_who_pays_is_the_payer(cast: Cast) -> None:
    child, mother = making.student(cast, email=False), making.student(cast)
    people.tie_family(Actor.of(cast.ilze), child, mother, kind=FamilyTie.Kind.PARENT, pays=True)
    place = making.enrolment(cast, who=child)
    assert place.payer == mother
    assert kinds(mother)[:1] == ["schedule.enrolled"]
    assert Message.objects.get(kind="schedule.place_confirmed").client == mother, "the child has no e-mail"


def test_price_and_discount_as_agreed(cast: Cast, as_user: AsUser) -> None:
    group, zane = making.group(cast), making.student(cast)
    terms = {"student": zane.pk, "price": "200,00", "discount": "20", "discount_reason": "Sister"}
    as_user(cast.ilze).post(f"/groups/{group.pk}/enrol/", terms)
    assert Sale.objects.get().owed == 18000


def test_a_discount_needs_a_reason_and_is_not_above_the_price(cast: Cast, as_user: AsUser) -> None:
    group, zane = making.group(cast), making.student(cast)
    http = as_user(cast.ilze)
    answer = http.post(f"/groups/{group.pk}/enrol/", {"student": zane.pk, "discount": "20"})
    assert "Write why." in answer.content.decode()
    answer = http.post(
        f"/groups/{group.pk}/enrol/", {"student": zane.pk, "discount": "500", "discount_reason": "Friend"}
    )
    assert "more than the price" in answer.content.decode()
    assert (group.enrolments.count(), taken(group)) == (0, 0)


def test_a_free_group_sells_nothing(cast: Cast) -> None:
    place = making.enrolment(cast, making.group(cast, price=0))
    assert place.sale is None
    assert not Sale.objects.exists()


def test_nobody_is_twice_in_a_group(cast: Cast) -> None:
    place = making.enrolment(cast)
    with pytest.raises(Refused, match="already"):
        making.enrolment(cast, place.group, place.student)
    assert taken(place.group) == 1
    commands.cancel_enrolment(Actor.of(cast.ilze), place, reason="ill")
    making.enrolment(cast, place.group, place.student)
    assert taken(place.group) == 1


def test_a_full_group_refuses_or_has_them_wait(cast: Cast) -> None:
    group, _held = making.full_group(cast, 2)
    with pytest.raises(Refused, match="is full"):
        making.enrolment(cast, group)
    place = making.enrolment(cast, group, wait_if_full=True)
    assert (place.state, place.sale, taken(group)) == (State.WAITING, None, 2)
    assert Message.objects.get(kind="schedule.waiting_list").client == place.student


def test_a_cancelled_group_has_no_places(cast: Cast) -> None:
    group = making.group(cast)
    commands.cancel_group(Actor.of(cast.sanita), group, reason="Too few")
    with pytest.raises(Refused, match="cancelled"):
        making.enrolment(cast, group)


def test_whoever_leaves_frees_the_place_once_and_owes_nothing(cast: Cast, as_user: AsUser, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    place = making.enrolment(cast)
    http = as_user(cast.liga)
    address = f"/enrolments/{place.pk}/cancel/"
    assert http.post(address, {"reason": ""}).status_code == 422, "a reason is asked for"
    http.post(address, {"reason": "Moved away"})
    again = http.post(address, {"reason": "Moved away"})
    assert "has left this group already" in again.content.decode()
    place.refresh_from_db()
    assert (place.state, place.ended_reason, taken(place.group)) == (State.CANCELLED, "Moved away", 0)
    assert Sale.objects.get().owed == 0
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.CANCELLED}


def test_transfer_takes_the_sale_along_and_charges_the_difference(cast: Cast, as_user: AsUser) -> None:
    place, other = making.enrolment(cast), making.group(cast, price=25000)
    as_user(cast.ilze).post(f"/enrolments/{place.pk}/transfer/", {"group": other.pk})
    moved = other.enrolments.get()
    place.refresh_from_db()
    assert (place.state, place.sale, moved.state) == (State.TRANSFERRED, None, State.ENROLLED)
    assert moved.sale is not None
    assert moved.sale.owed == 25000
    assert (taken(place.group), taken(other)) == (0, 1)
    assert kinds(place.student)[:1] == ["schedule.transferred"]


def test_transfer_to_a_cheaper_group_never_owes_less_than_nothing(cast: Cast) -> None:
    place = making.enrolment(cast, discount=15000, discount_reason="Staff")
    moved = commands.transfer(Actor.of(cast.ilze), place, making.group(cast, price=5000))
    assert moved.sale is not None
    assert moved.sale.charges.count() == 3
    moved.sale.refresh_from_db()
    assert moved.sale.owed == 0


def test_transfer_to_a_full_group_is_refused_and_changes_nothing(cast: Cast) -> None:
    full, _held = making.full_group(cast)
    place = making.enrolment(cast)
    with pytest.raises(Refused, match="is full"):
        commands.transfer(Actor.of(cast.ilze), place, full)
    place.refresh_from_db()
    assert (place.state, place.sale is not None, taken(place.group)) == (State.ENROLLED, True, 1)


def test_whoever_waits_may_get_a_place_elsewhere(cast: Cast) -> None:
    full, _held = making.full_group(cast)
    waiting = making.enrolment(cast, full, wait_if_full=True)
    moved = commands.transfer(Actor.of(cast.ilze), waiting, making.group(cast, price=9000))
    assert moved.state == State.ENROLLED
    assert Sale.objects.get(enrolment=moved).owed == 9000
    assert taken(full) == 1


def test_cancelling_a_group_tells_everyone_and_lets_nobody_owe(cast: Cast, as_user: AsUser) -> None:
    group, held = making.full_group(cast, 2)
    waiting = making.enrolment(cast, group, wait_if_full=True)
    as_user(cast.ilze).post(f"/groups/{group.pk}/cancel/", {"reason": "Too few people"})
    group.refresh_from_db()
    assert (group.state, group.taken) == (Group.State.CANCELLED, 0)
    assert set(group.enrolments.values_list("state", flat=True)) == {State.CANCELLED}
    assert sum(Sale.objects.values_list("owed", flat=True)) == 0
    told = Message.objects.filter(kind="schedule.group_cancelled")
    assert {message.client for message in told} == {place.student for place in [*held, waiting]}
    assert "Too few people" in told[0].body
    assert not group.lessons.exclude(state="cancelled").exists()


def test_places_never_fall_below_those_taken(cast: Cast, as_user: AsUser) -> None:
    group, _held = making.full_group(cast, 3)
    with pytest.raises(Refused, match="3 places are taken"):
        commands.change_group(Actor.of(cast.ilze), group, capacity=2)
    group.refresh_from_db()
    assert group.capacity == 3


@pytest.mark.parametrize("person", ["anna", "elina", "dace"])
def test_teachers_and_accountants_give_no_places(cast: Cast, as_user: AsUser, person: str) -> None:
    group, zane = making.group(cast), making.student(cast)
    answer = as_user(getattr(cast, person)).post(f"/groups/{group.pk}/enrol/", {"student": zane.pk})
    assert answer.status_code in (403, 404)
    assert not group.enrolments.exists()


def test_a_manager_of_another_branch_gets_nowhere(cast: Cast, as_user: AsUser) -> None:
    place = making.enrolment(cast)
    http = as_user(cast.janis)
    for address in (f"/groups/{place.group_id}/enrol/", f"/enrolments/{place.pk}/cancel/"):
        assert http.post(address, {"reason": "x"}).status_code == 404


def test_a_student_whom_the_manager_may_not_see_cannot_be_chosen(cast: Cast, as_user: AsUser) -> None:
    group, stranger = making.group(cast), making.student(cast, branch=cast.studija)
    answer = as_user(cast.ilze).post(f"/groups/{group.pk}/enrol/", {"student": stranger.pk})
    assert answer.status_code == 422
    assert not group.enrolments.exists()


def taken(group: Group) -> int:
    return Group.objects.get(pk=group.pk).taken


def kinds(client: Client) -> list[Any]:
    return [event.kind for event in history(client) if event.kind.startswith("schedule.")]
