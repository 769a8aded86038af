"""Who opens the pages of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zvans.core.actors import Actor
from zvans.core.tests.doors import HEADS, MANAGER, OFFICE, Door, kept_list
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.models import FamilyTie, OwnField, Source, Tag
from zvans.people.tests import import_doors
from zvans.people.tests.making import a_client, a_task

SEES_ARCHIVE = HEADS | {MANAGER}


def _client(cast: Cast) -> dict[str, Any]:
    return {"pk": a_client(cast, manager=cast.anna).pk}


def _tie(cast: Cast) -> dict[str, Any]:
    child, mother = a_client(cast, "Emīls", manager=cast.anna), a_client(cast, "Ieva")
    tie = commands.tie_family(Actor.of(cast.ilze), child, mother, kind=FamilyTie.Kind.PARENT)
    return {"pk": child.pk, "tie": tie.pk}


def _task(cast: Cast) -> dict[str, Any]:
    """A task about Anna's student, given to Ilze: the teacher and the accountant have no part in it."""
    return {"pk": a_task(cast, client=a_client(cast, manager=cast.anna)).pk}


def _entry(model: type[Any]) -> Callable[[Cast], dict[str, Any]]:
    def make(_cast: Cast) -> dict[str, Any]:
        return {"pk": model.objects.get_or_create(name="Draugi")[0].pk}

    return make


DOORS = {
    "today": Door(),
    **import_doors.DOORS,
    "client_list": Door(),
    "client_choices": Door(),
    "client_lookalikes": Door(opens_to=OFFICE),
    "client": Door(make=_client),
    "client_add": Door(opens_to=OFFICE),
    "client_change": Door(opens_to=OFFICE, make=_client),
    "client_archive": Door(opens_to=SEES_ARCHIVE, make=_client, post=True),
    "client_restore": Door(opens_to=SEES_ARCHIVE, make=_client, post=True),
    "client_note": Door(opens_to=OFFICE, make=_client, post=True, data={"text": "Zvanīt pēc sešiem"}),
    "client_call": Door(opens_to=OFFICE, make=_client, post=True, data={"outcome": "busy"}),
    "family_add": Door(opens_to=OFFICE, make=_client),
    "family_remove": Door(opens_to=OFFICE, make=_tie, post=True),
    "task_list": Door(),
    "task_add": Door(),
    "task_change": Door(opens_to=OFFICE, make=_task),
    "task_complete": Door(opens_to=OFFICE, make=_task, post=True),
    "task_reopen": Door(opens_to=OFFICE, make=_task, post=True),
    "task_postpone": Door(opens_to=OFFICE, make=_task, post=True, data={"to": "tomorrow"}),
    **kept_list("source", HEADS, _entry(Source)),
    **kept_list("tag", HEADS, _entry(Tag)),
    **kept_list("own_field", HEADS, _entry(OwnField)),
}
