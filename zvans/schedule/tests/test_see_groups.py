"""What each person sees of groups: teachers names only, other branches nothing; and it costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext

from zvans.core import search
from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people.access import visible_clients
from zvans.schedule import commands, panels
from zvans.schedule.access import visible_enrolments, visible_groups
from zvans.schedule.models import Enrolment
from zvans.schedule.tests import making
from zvans.team.models import User

AsUser = Callable[[User], Http]


def test_a_teacher_sees_their_own_groups_names_only(cast: Cast, as_user: AsUser) -> None:
    group, held = making.full_group(cast, 2)
    waiting = making.enrolment(cast, group, wait_if_full=True)
    stranger = making.enrolment(cast, making.group(cast, teacher=None))
    page = as_user(cast.anna).get(f"/groups/{group.pk}/").content.decode()
    for place in held:
        assert place.student.name in page
        assert phone_of(place) not in page
        assert str(place.student.contacts.all()[0].value) not in page
    assert waiting.student.name not in page, "the waiting list is the office's"
    assert "€220" not in page
    assert "Price" not in page
    assert set(visible_clients(cast.anna)) == {place.student for place in held}
    assert list(visible_groups(cast.anna)) == [group]
    assert stranger not in visible_enrolments(cast.anna)
    assert as_user(cast.anna).get(f"/groups/{stranger.group_id}/").status_code == 404


def test_a_student_who_left_is_the_teachers_no_more(cast: Cast) -> None:
    place = making.enrolment(cast)
    commands.cancel_enrolment(Actor.of(cast.ilze), place, reason="ill")
    assert not visible_clients(cast.anna).exists()


def test_a_manager_sees_who_pays_and_what_is_left(cast: Cast, as_user: AsUser) -> None:
    place = making.enrolment(cast, payer=making.student(cast, "Anita Bērza"))
    page = as_user(cast.ilze).get(f"/groups/{place.group_id}/").content.decode()
    assert "paid by Anita Bērza" in page
    assert "€220 to pay" in page
    assert phone_of(place) in page


def test_other_branches_are_not_there(cast: Cast, as_user: AsUser) -> None:
    group = making.group(cast, name="Centrs only")
    http = as_user(cast.janis)
    assert http.get(f"/groups/{group.pk}/").status_code == 404
    assert b"Centrs only" not in http.get("/groups/").content
    assert not list(search.found(cast.janis, search.kinds["schedule.group"], "centrs only"))
    assert panels.load_starting(cast.janis) is None


@pytest.mark.parametrize(
    ("state", "seen"),
    [("upcoming", "to come"), ("running", "going on"), ("ended", "over"), ("cancelled", "called off")],
)
def test_the_list_is_narrowed_by_state(cast: Cast, as_user: AsUser, state: str, seen: str) -> None:
    making.group(cast, name="to come")
    making.group(cast, name="going on", starts_on=making.monday(-3))
    making.group(cast, name="over", starts_on=making.monday(-30), lesson_count=2)
    commands.cancel_group(Actor.of(cast.sanita), making.group(cast, name="called off"), reason="Too few")
    page = as_user(cast.ilze).get("/groups/", {"state": state}).content.decode()
    assert [name for name in ("to come", "going on", "over", "called off") if f">{name}<" in page] == [seen]


def test_the_list_shows_how_full_and_finds_by_teacher(cast: Cast, as_user: AsUser) -> None:
    group, _held = making.full_group(cast, 2)
    making.enrolment(cast, group, wait_if_full=True)
    page = as_user(cast.ilze).get("/groups/", {"q": "vitola"}).content.decode()
    assert "2 of 2" in page
    assert "1 waits" in page
    assert "Mon, Wed 18:00" in page
    assert "No group fits" in as_user(cast.ilze).get("/groups/", {"q": "chinese"}).content.decode()


def phone_of(place: Enrolment) -> str:
    assert place.student.phone is not None
    return place.student.phone.shown


def queries_of(http: Http, address: str) -> int:
    http.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert http.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("person", ["sanita", "ilze", "anna"])
def test_pages_cost_the_same_for_few_and_many(cast: Cast, as_user: AsUser, person: str) -> None:
    http = as_user(getattr(cast, person))
    group, _held = making.full_group(cast, 2)
    making.enrolment(cast, group, wait_if_full=True)
    addresses = ("/groups/", f"/groups/{group.pk}/", "/programs/")
    before = [queries_of(http, address) for address in addresses]
    commands.change_group(Actor.of(cast.ilze), group, capacity=12)
    for _each in range(12):
        making.enrolment(cast, group, wait_if_full=True)
        other = making.enrolment(cast)
        commands.cancel_enrolment(Actor.of(cast.ilze), other, reason="ill")
    assert [queries_of(http, address) for address in addresses] == before
    assert max(before) <= 16


def test_the_cards_panel_and_the_sections_of_today(cast: Cast) -> None:
    group = making.group(cast, starts_on=making.monday(0))
    place = making.enrolment(cast, group)
    making.enrolment(cast, making.group(cast, branch=cast.studija, teacher=cast.elina), place.student)
    card = panels.load_card(cast.ilze, place.student)
    assert card is not None
    assert card["places"] == [place], "the place in the other branch is not hers to see"
    today = panels.load_starting(cast.ilze)
    assert today is not None
    assert today["groups"] == [group]
    mine = panels.load_my_groups(cast.anna)
    assert mine is not None
    assert mine["groups"][0].next_at == group.lessons.all()[0].starts_at
    assert panels.load_my_groups(cast.liga) is None


def test_on_today_and_the_card_it_is_shown(cast: Cast, as_user: AsUser) -> None:
    group = making.group(cast, name="Soon", starts_on=making.monday(0))
    place = making.enrolment(cast, group)
    assert b"Soon" in as_user(cast.liga).get("/").content
    assert b"My groups" in as_user(cast.anna).get("/").content
    assert b"Soon" in as_user(cast.liga).get(f"/clients/{place.student_id}/").content
    assert Enrolment.objects.count() == 1
