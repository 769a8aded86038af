"""Who opens the doors of the demo school."""

from typing import Any

from zvans.core.models import Job
from zvans.core.tests.doors import OWNER, Door
from zvans.demo.cast import Cast
from zvans.demo.commands import OPENING


def _person(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.anna.pk}


def _opening(cast: Cast) -> dict[str, Any]:
    return {"uuid": Job.objects.create(task=OPENING, started_by=cast.sanita).uuid}


DOORS = {
    "demo": Door(),
    "demo_sign_in": Door(make=_person, post=True, public=True),
    "demo_load": Door(frozenset({OWNER}), post=True),
    # Where the demo school stands, the door leads into it.
    "demo_opening": Door(make=_opening, public=True),
    "demo_remove": Door(frozenset({OWNER}), post=True),
}
