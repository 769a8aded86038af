"""Opening groups: one by its form, many in one step; and programs, rooms and days off, which they are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client as Http

from zvans.core import search
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.core.kept_lists.commands import add_entry
from zvans.demo.cast import Cast
from zvans.schedule import commands, queries
from zvans.schedule.models import Closure, Group, PlaceRules, Program, Room
from zvans.schedule.pattern import Time
from zvans.schedule.tests import making
from zvans.team.models import User

AsUser = Callable[[User], Http]


def typed(cast: Cast, program: Program, **more: Any) -> dict[str, Any]:
    """What a manager types into the form of a group: as little as it takes."""
    times = {"times-0-weekday": "0", "times-0-starts_at": "18:00", "times-1-weekday": "2", "times-1-starts_at": "18:00"}
    return {
        "program": program.pk,
        "branch": cast.centrs.pk,
        "starts_on": "2027-02-01",
        "is_public": "on",
        **times,
        **more,
    }


def test_the_program_fills_in_what_is_left_empty(cast: Cast, as_user: AsUser) -> None:
    program = making.program(cast, "English A1", lesson_count=6, lesson_minutes=75, capacity=9)
    as_user(cast.ilze).post("/groups/add/", typed(cast, program, teacher=cast.anna.pk))
    group = Group.objects.get()
    assert (group.price, group.lesson_count, group.capacity, group.teacher) == (22000, 6, 9, cast.anna)
    assert group.name == "English A1, 1. febr.", "named after its first lesson, in the school's language"
    assert [row.minutes for row in group.weekly_times.all()] == [75, 75]
    assert group.lessons.count() == 6
    assert [event.kind for event in history(group)] == ["schedule.group_opened"]
    assert list(search.found(cast.ilze, search.kinds["schedule.group"], "engl vitol")) == [group]


def test_what_is_typed_goes_before_the_program(cast: Cast, as_user: AsUser) -> None:
    program = making.program(cast)
    more = {"name": "Evening group", "price": "199,50", "lesson_count": "4", "capacity": "5", "times-0-minutes": "60"}
    as_user(cast.ilze).post("/groups/add/", typed(cast, program, **more))
    group = Group.objects.get()
    assert (group.name, group.price, group.lesson_count, group.capacity) == ("Evening group", 19950, 4, 5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"times-0-starts_at": ""}, "Write both the day and the time."),
        ({"times-1-weekday": "0"}, "stand here twice"),
        ({"times-1-weekday": "0", "times-1-starts_at": "18:30"}, "Two lessons of the week overlap."),
        ({"times-0-minutes": "1000"}, "A lesson lasts 5 to 720 minutes."),
        ({"price": "cheap"}, "is not an amount"),
        ({"starts_on": ""}, "Please fill this in."),
        ({"sign_up_from": "2027-01-20", "sign_up_until": "2027-01-10"}, "Sign-up would end before it begins."),
        ({"capacity": "0"}, "greater than or equal to 1"),
    ],
)
def test_wrong_input_gets_a_sentence_and_nothing_is_lost(
    cast: Cast, as_user: AsUser, wrong: dict[str, str], said: str
) -> None:
    answer = as_user(cast.ilze).post("/groups/add/", typed(cast, making.program(cast), name="Evening", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Evening"' in page
    assert not Group.objects.exists()


def test_a_room_of_another_branch_is_refused(cast: Cast) -> None:
    room = add_entry(Actor.of(cast.sanita), Room, branch=cast.studija, name="A")
    with pytest.raises(Refused, match="is not in the branch"):
        making.group(cast, room=room)


def test_a_program_without_a_price_asks_for_one(cast: Cast) -> None:
    with pytest.raises(Refused, match="Write the price"):
        making.group(cast, program=making.program(cast, price=None))


def test_the_form_of_a_group_changes_it(cast: Cast, as_user: AsUser) -> None:
    group = making.group(cast, starts_on=date(2027, 2, 1), lesson_count=4)
    http = as_user(cast.ilze)
    assert group.name in http.get(f"/groups/{group.pk}/change/").content.decode()
    more = {
        "name": "Renamed",
        "price": "100",
        "lesson_count": "2",
        "capacity": "4",
        "times-1-weekday": "",
        "times-1-starts_at": "",
    }
    assert http.post(f"/groups/{group.pk}/change/", typed(cast, group.program, **more)).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.price, group.capacity, group.teacher) == ("Renamed", 10000, 4, None)
    assert group.ends_on == date(2027, 2, 8)
    assert list(search.found(cast.ilze, search.kinds["schedule.group"], "renamed")) == [group]


def many(cast: Cast, **more: Any) -> dict[str, Any]:
    """Every month three times, evenings with Anna and mornings without a teacher."""
    return {
        "program": making.program(cast, "English A1", lesson_count=8).pk,
        "branch": cast.centrs.pk,
        "starts_on": "2027-02-01",
        "repeat": "months",
        "how_many": "3",
        "times_1-0-weekday": "0",
        "times_1-0-starts_at": "18:00",
        "teacher_1": cast.anna.pk,
        "label_1": "evening",
        "times_2-0-weekday": "1",
        "times_2-0-starts_at": "10:00",
        "label_2": "morning",
        **more,
    }


def test_many_groups_are_looked_at_then_opened_in_one_step(cast: Cast, as_user: AsUser) -> None:
    http, form = as_user(cast.ilze), many(cast)
    page = http.post("/groups/open-many/", form).content.decode()
    assert "6 groups will be opened" in page
    assert not Group.objects.exists(), "looking writes nothing"
    ticked = {f"group-{number}": "on" for number in (0, 1, 2, 4)}
    http.post("/groups/open-many/", {**form, **ticked, "open": "1"})
    assert [group.name for group in Group.objects.order_by("pk")] == [
        "English A1, 1. febr., evening",
        "English A1, 2. febr., morning",
        "English A1, 1. marts, evening",
        "English A1, 5. apr., evening",
    ]
    assert [group.starts_on for group in Group.objects.order_by("pk")][-1] == date(2027, 4, 5)
    assert {group.lessons.count() for group in Group.objects.all()} == {8}


def test_the_preview_points_out_who_is_in_two_places_and_what_is_closed(cast: Cast, as_user: AsUser) -> None:
    making.group(cast, name="Old group", starts_on=date(2027, 2, 1), lesson_count=8)
    commands.add_closure(Actor.of(cast.sanita), day=date(2027, 2, 15), name="Repairs")
    page = as_user(cast.ilze).post("/groups/open-many/", many(cast)).content.decode()
    assert "Anna Vītola teaches “Old group” at the same time" in page
    assert "Left out:" in page


def test_many_goes_back_to_the_form_with_all_that_was_typed(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.ilze).post("/groups/open-many/", many(cast, change="1")).content.decode()
    assert 'value="morning"' in page
    assert 'value="10:00"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"how_many": ""}, "Write how many times, or the last day."),
        (
            {"times_1-0-weekday": "", "times_1-0-starts_at": "", "times_2-0-weekday": "", "times_2-0-starts_at": ""},
            "at least one",
        ),
        ({"repeat": "weeks", "every_weeks": "", "how_many": "2"}, "Write how many weeks."),
        ({"repeat": "weeks", "every_weeks": "1", "how_many": "", "until": "2030-01-01"}, "more than 60 groups"),
    ],
)
def test_many_says_what_is_missing(cast: Cast, as_user: AsUser, wrong: dict[str, str], said: str) -> None:
    answer = as_user(cast.ilze).post("/groups/open-many/", many(cast, **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_one_that_cannot_be_opened_opens_none(cast: Cast) -> None:
    program = making.program(cast)
    good = commands.NewGroup(program=program, branch=cast.centrs, starts_on=date(2027, 2, 1))
    bad = commands.NewGroup(
        program=program,
        branch=cast.centrs,
        starts_on=date(2027, 2, 1),
        times=[Time(0, time(18), 90), Time(0, time(19), 90)],
    )
    with pytest.raises(Refused, match="overlap"):
        commands.open_groups(Actor.of(cast.sanita), [good, bad])
    assert not Group.objects.exists()


def test_the_website_shows_open_groups_within_their_sign_up_dates(cast: Cast) -> None:
    day = date(2027, 1, 20)
    shown = making.group(cast, starts_on=date(2027, 2, 1))
    late = making.group(cast, starts_on=date(2027, 1, 11), sign_up_until=date(2027, 1, 25))
    for hidden in (
        {"starts_on": date(2027, 1, 11)},
        {"sign_up_from": date(2027, 1, 25)},
        {"sign_up_until": date(2027, 1, 19)},
        {"is_public": False},
        {"program": making.program(cast, is_public=False)},
    ):
        making.group(cast, **{"starts_on": date(2027, 2, 1), **hidden})
    commands.cancel_group(Actor.of(cast.sanita), making.group(cast), reason="Too few")
    commands.archive_group(Actor.of(cast.sanita), making.group(cast))
    assert list(queries.public_groups(day)) == [late, shown]


def test_a_group_with_students_is_not_put_away(cast: Cast, as_user: AsUser) -> None:
    place = making.enrolment(cast)
    http, group = as_user(cast.ilze), place.group
    page = http.post(f"/groups/{group.pk}/archive/", follow=True)
    assert b"It has students" in page.content
    commands.cancel_enrolment(Actor.of(cast.ilze), place, reason="ill")
    http.post(f"/groups/{group.pk}/archive/")
    assert Group.objects.archived().get() == group
    http.post(f"/groups/{group.pk}/restore/")
    assert Group.objects.active().get() == group


def test_programs_are_added_changed_put_away_and_brought_back(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.ilze)
    form = {
        "name": "Make-up",
        "kind": "workshop",
        "price": "45",
        "lesson_count": 1,
        "lesson_minutes": 180,
        "capacity": 8,
    }
    http.post("/programs/add/", form)
    program = Program.objects.get()
    assert (program.price, program.is_public) == (4500, False)
    assert b"of this name already" in http.post("/programs/add/", form).content
    http.post(f"/programs/{program.pk}/change/", {**form, "price": "50"})
    http.post(f"/programs/{program.pk}/archive/")
    assert b"Make-up" not in http.get("/groups/add/").content
    http.post(f"/programs/{program.pk}/restore/")
    program.refresh_from_db()
    assert (program.price, program.is_archived) == (5000, False)
    kinds = [event.kind.split("_")[-1] for event in history(program)]
    assert kinds == ["restored", "archived", "changed", "added"]
    change = history(program)[2].changes
    assert change == {"price": [4500, 5000]}


def test_a_manager_keeps_the_rooms_of_their_own_branch_alone(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.sanita)
    here = add_entry(by, Room, branch=cast.centrs, name="Big hall", capacity=30)
    there = add_entry(by, Room, branch=cast.studija, name="Small hall")
    http = as_user(cast.ilze)
    page = http.get("/settings/rooms/").content.decode()
    assert ("Big hall" in page, "Small hall" in page) == (True, False)
    assert http.post(f"/settings/rooms/{there.pk}/archive/").status_code == 404
    form = {"branch": cast.centrs.pk, "name": "Great hall", "capacity": "30"}
    http.post(f"/settings/rooms/{here.pk}/change/", form)
    assert history(here)[0].changes == {"name": ["Big hall", "Great hall"]}
    refused = http.post(f"/settings/rooms/{here.pk}/change/", form | {"branch": cast.studija.pk})
    assert refused.status_code == 422


def test_a_room_with_lessons_to_come_stays(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.ilze)
    http.post("/settings/rooms/add/", {"branch": cast.centrs.pk, "name": "Big hall", "capacity": "30"})
    room = Room.objects.get()
    group = making.group(cast, room=room)
    page = http.post(f"/settings/rooms/{room.pk}/archive/", follow=True)
    assert f"Lessons of “{group.name}” are planned here".encode() in page.content
    commands.change_group(Actor.of(cast.ilze), group, room=None)
    http.post(f"/settings/rooms/{room.pk}/archive/")
    room.refresh_from_db()
    assert room.is_archived


def test_days_off_by_their_pages(cast: Cast, as_user: AsUser) -> None:
    manager, owner = as_user(cast.ilze), as_user(cast.sanita)
    form = {"name": "Repairs", "day": "2027-02-01", "until": "2027-02-03"}
    assert manager.post("/settings/days-off/add/", form).status_code == 422, "a manager closes their branch only"
    manager.post("/settings/days-off/add/", {**form, "branch": cast.centrs.pk})
    assert Closure.objects.filter(branch=cast.centrs).count() == 3
    owner.post("/settings/days-off/add/", {"name": "Our day", "day": "2027-02-01"})
    again = owner.post("/settings/days-off/add/", {"name": "Our day", "day": "2027-02-01"})
    assert b"is marked already" in again.content
    whole = Closure.objects.get(branch=None)
    assert manager.post(f"/settings/days-off/{whole.pk}/remove/").status_code == 404
    owner.post(f"/settings/days-off/{whole.pk}/remove/")
    assert not Closure.objects.filter(branch=None).exists()


def test_the_switch_of_a_public_holiday(cast: Cast, as_user: AsUser) -> None:
    owner, address = as_user(cast.sanita), "/settings/days-off/holidays/2027-11-18/"
    assert b"Republic of Latvia" in owner.get("/settings/days-off/?year=2027").content
    owner.post(address, {"works": "1"})
    assert b"we work" in owner.get("/settings/days-off/?year=2027").content
    owner.post(address)
    assert not Closure.objects.exists()
    page = owner.post("/settings/days-off/holidays/2027-11-17/", {"works": "1"}, follow=True)
    assert b"not a public holiday" in page.content
    assert owner.post("/settings/days-off/holidays/never/").status_code == 404


def test_how_long_an_offer_holds(cast: Cast, as_user: AsUser) -> None:
    as_user(cast.sanita).post("/settings/waiting-list/", {"offer_hours": "48"})
    assert PlaceRules.objects.get().offer_hours == 48
    answer = as_user(cast.sanita).post("/settings/waiting-list/", {"offer_hours": "0"})
    assert answer.status_code == 422
