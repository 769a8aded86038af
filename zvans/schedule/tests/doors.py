"""Who opens the pages of teaching."""

from __future__ import annotations

from typing import Any

from zvans.core.actors import Actor
from zvans.core.kept_lists.commands import add_entry
from zvans.core.tests.doors import EVERYONE, HEAD, HEADS, MANAGER, OFFICE, OWNER, Door, kept_list
from zvans.demo.cast import Cast
from zvans.schedule import commands, queries
from zvans.schedule.models import Room
from zvans.schedule.tests import making

# Who opens and changes groups, rooms and days off.
_PLANNERS = frozenset({OWNER, HEAD, MANAGER})


def _program(cast: Cast) -> dict[str, Any]:
    return {"pk": making.program(cast).pk}


def _group(cast: Cast) -> dict[str, Any]:
    return {"pk": making.group(cast).pk}


def _place(cast: Cast) -> dict[str, Any]:
    return {"pk": making.enrolment(cast).pk}


def _waiting(cast: Cast) -> dict[str, Any]:
    group, _held = making.full_group(cast)
    return {"pk": making.enrolment(cast, group, wait_if_full=True).pk}


def _offered(cast: Cast) -> dict[str, Any]:
    group, (held,) = making.full_group(cast)
    waiting = making.enrolment(cast, group, wait_if_full=True)
    commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    return {"pk": waiting.pk}


def _student(cast: Cast) -> dict[str, Any]:
    return {"pk": making.student(cast).pk}


def _room(cast: Cast) -> dict[str, Any]:
    return {"pk": add_entry(Actor.of(cast.sanita), Room, branch=cast.centrs, name="1").pk}


_days = iter(range(1, 1000))


def _closure(cast: Cast) -> dict[str, Any]:
    day = making.monday(next(_days))
    return {"pk": commands.add_closure(Actor.of(cast.sanita), day=day, name="Repairs", branch=cast.centrs)[0].pk}


DOORS = {
    "program_list": Door(),
    "program_add": Door(opens_to=_PLANNERS),
    "program_change": Door(opens_to=_PLANNERS, make=_program),
    "program_archive": Door(opens_to=_PLANNERS, make=_program, post=True),
    "program_restore": Door(opens_to=_PLANNERS, make=_program, post=True),
    "group_list": Door(),
    "group_add": Door(opens_to=_PLANNERS),
    "group_open_many": Door(opens_to=_PLANNERS),
    "group": Door(opens_to=EVERYONE, make=_group),
    "group_change": Door(opens_to=_PLANNERS, make=_group),
    "group_cancel": Door(opens_to=_PLANNERS, make=_group),
    "group_archive": Door(opens_to=_PLANNERS, make=_group, post=True),
    "group_restore": Door(opens_to=_PLANNERS, make=_group, post=True),
    "group_ask": Door(opens_to=OFFICE, make=_group, post=True),
    "group_enrol": Door(opens_to=OFFICE, make=_group),
    "client_enrol": Door(opens_to=OFFICE, make=_student),
    # Anna teaches the group, so she sees who has a place in it.
    "enrolment": Door(opens_to=EVERYONE, make=_place),
    "enrolment_cancel": Door(opens_to=OFFICE, make=_place),
    "enrolment_transfer": Door(opens_to=OFFICE, make=_place),
    "enrolment_accept": Door(opens_to=OFFICE, make=_offered, post=True),
    "enrolment_decline": Door(opens_to=OFFICE, make=_offered, post=True),
    "enrolment_give": Door(opens_to=OFFICE, make=_waiting, post=True),
    "enrolment_move": Door(opens_to=OFFICE, make=_waiting, post=True, data={"to": "up"}),
    "enrolment_coming": Door(opens_to=OFFICE, make=_place, post=True, data={"coming": "yes"}),
    "place_answer": Door(public=True, make=lambda cast: {"token": making.enrolment(cast).token}),
    **kept_list("room", _PLANNERS, _room),
    "closure_list": Door(opens_to=_PLANNERS),
    "closure_add": Door(opens_to=_PLANNERS),
    "closure_remove": Door(opens_to=_PLANNERS, make=_closure, post=True),
    # It is for the whole school.
    "holiday_switch": Door(
        opens_to=HEADS, make=lambda _cast: {"day": f"{queries.today().year}-12-25"}, post=True, data={"works": "1"}
    ),
    "place_rules": Door(opens_to=_PLANNERS),
}
