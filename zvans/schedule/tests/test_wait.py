"""The waiting list: a freed place is offered to the next, taken, declined, or goes on when time is up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Http
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.models import Organisation
from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.people.models import Client, Task
from zvans.schedule import commands, tasks
from zvans.schedule.models import Enrolment, Group
from zvans.schedule.tests import making
from zvans.team.models import User

AsUser = Callable[[User], Http]
State = Enrolment.State


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    """Clients are written to, and answer, in the language of the school."""
    Organisation.objects.update(language="en")


@pytest.fixture
def line(cast: Cast) -> tuple[Group, Enrolment, list[Enrolment]]:
    """A group of one place, who has it, and three who wait."""
    group, (held,) = making.full_group(cast)
    return group, held, [making.enrolment(cast, group, wait_if_full=True) for _each in range(3)]


Line = tuple[Group, Enrolment, list[Enrolment]]


def test_a_freed_place_is_held_for_the_next_and_they_are_written_to(cast: Cast, line: Line) -> None:
    group, held, (first, second, _third) = line
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    assert states(first, second) == [State.OFFERED, State.WAITING]
    assert taken(group) == 1, "the offer holds the place"
    message = Message.objects.get(kind="schedule.waiting_list_offer")
    assert message.client == first.student
    assert first.token in message.body
    with pytest.raises(Refused, match="is full"):
        making.enrolment(cast, group)


def test_taken_by_the_link(cast: Cast, line: Line) -> None:
    group, held, (first, *_others) = line
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    http, address = Http(), f"/places/{first.token}/"
    page = http.get(address)
    assert b"a place has become free" in page.content
    assert states(first) == [State.OFFERED], "opening the page answers nothing"
    assert b"will you come?" in http.post(address, {"answer": "accept"}, follow=True).content
    first.refresh_from_db()
    assert (first.state, taken(group)) == (State.ENROLLED, 1)
    assert first.sale is not None
    assert first.sale.owed == 22000
    assert Message.objects.filter(kind="schedule.place_confirmed", client=first.student).exists()


def test_declined_by_the_link_goes_to_the_next(cast: Cast, line: Line) -> None:
    group, held, (first, second, _third) = line
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    Http().post(f"/places/{first.token}/", {"answer": "decline"})
    assert states(first, second) == [State.CANCELLED, State.OFFERED]
    assert taken(group) == 1


def test_an_offer_lapses_once_and_goes_on(cast: Cast, line: Line) -> None:
    group, held, (first, second, third) = line
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    tasks.lapse_offers()
    assert states(first) == [State.OFFERED], "its time is not up"
    late(first)
    tasks.lapse_offers()
    tasks.lapse_offers()
    assert states(first, second, third) == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert taken(group) == 1
    page = Http().post(f"/places/{first.token}/", {"answer": "accept"}, follow=True)
    assert page.status_code == 200
    assert b"no place for you here any more" in page.content
    assert states(first) == [State.CANCELLED]


def test_the_last_in_line_lets_the_place_go_free(cast: Cast) -> None:
    group, (held,) = making.full_group(cast)
    only = making.enrolment(cast, group, wait_if_full=True)
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    late(only)
    tasks.lapse_offers()
    assert taken(group) == 0


def test_staff_answer_for_them(cast: Cast, line: Line, as_user: AsUser) -> None:
    _group, held, (first, second, _third) = line
    http = as_user(cast.liga)
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    http.post(f"/enrolments/{first.pk}/decline/")
    http.post(f"/enrolments/{second.pk}/accept/")
    assert states(first, second) == [State.CANCELLED, State.ENROLLED]


def test_staff_change_the_order(cast: Cast, line: Line, as_user: AsUser) -> None:
    _group, held, (first, second, third) = line
    http = as_user(cast.ilze)
    http.post(f"/enrolments/{third.pk}/move/", {"to": "up"})
    http.post(f"/enrolments/{third.pk}/move/", {"to": "up"})
    http.post(f"/enrolments/{third.pk}/move/", {"to": "up"})
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    assert states(third, first, second) == [State.OFFERED, State.WAITING, State.WAITING]


def test_more_places_are_offered_at_once(cast: Cast, line: Line) -> None:
    group, _held, waiting = line
    commands.change_group(Actor.of(cast.ilze), group, capacity=3)
    assert states(*waiting) == [State.OFFERED, State.OFFERED, State.WAITING]
    assert taken(group) == 3


def test_a_place_is_given_out_of_turn_while_one_is_free(cast: Cast, as_user: AsUser) -> None:
    group, (held,) = making.full_group(cast, starts_on=making.monday(-2))
    waiting = making.enrolment(cast, group, wait_if_full=True)
    http = as_user(cast.ilze)
    http.post(f"/enrolments/{waiting.pk}/give/")
    assert states(waiting) == [State.WAITING], "it is full"
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    assert states(waiting) == [State.WAITING], "a group that has begun offers nothing by itself"
    http.post(f"/enrolments/{waiting.pk}/give/")
    assert states(waiting) == [State.ENROLLED]


def test_whoever_waits_leaves_the_line_by_the_link(cast: Cast, line: Line) -> None:
    group, _held, (first, second, _third) = line
    page = Http().get(f"/places/{second.token}/")
    assert b"you are number 2 on the waiting list" in page.content
    Http().post(f"/places/{first.token}/", {"answer": "decline"})
    assert states(first) == [State.CANCELLED]
    assert taken(group) == 1


def test_will_you_come_is_answered_and_a_no_becomes_a_call(cast: Cast) -> None:
    place = making.enrolment(cast, manager=cast.ilze)
    http, address = Http(), f"/places/{place.token}/"
    assert b"will you come?" in http.get(address).content
    assert coming(place) == ""
    http.post(address, {"answer": "yes"})
    assert coming(place) == "yes"
    assert not Task.objects.exists()
    http.post(address, {"answer": "no"})
    http.post(address, {"answer": "no"})
    assert coming(place) == "no"
    task = Task.objects.get()
    assert (task.assignee, task.client, task.is_call) == (cast.ilze, place.student, True)


def test_the_page_speaks_the_clients_language_and_tells_nothing_else_about_them(cast: Cast) -> None:
    zane = making.student(cast, "Zane Ziediņa", language="en")
    place = making.enrolment(cast, who=zane)
    page = Http().get(f"/places/{place.token}/").content.decode()
    assert "Zane" in page
    assert 'lang="en"' in page
    for secret in ("Ziediņa", "mail.example", str(zane.contacts.all()[0].value)):
        assert secret not in page
    Client.objects.filter(pk=zane.pk).update(language="")
    assert 'lang="lv"' in Http().get(f"/places/{place.token}/").content.decode(), "else the school's"


def test_a_wrong_link_or_answer_does_nothing(cast: Cast) -> None:
    place = making.enrolment(cast)
    assert Http().get("/places/nobody/").status_code == 404
    assert Http().post(f"/places/{place.token}/", {"answer": "burn"}, follow=True).status_code == 200
    assert (coming(place), states(place)) == ("", [State.ENROLLED])


def late(place: Enrolment) -> None:
    Enrolment.objects.filter(pk=place.pk).update(offered_until=timezone.now() - timedelta(minutes=1))


def states(*places: Enrolment) -> list[str]:
    found = dict(Enrolment.objects.values_list("pk", "state"))
    return [found[place.pk] for place in places]


def coming(place: Enrolment) -> str:
    return Enrolment.objects.get(pk=place.pk).coming


def taken(group: Group) -> int:
    return Group.objects.get(pk=group.pk).taken
