"""Who opens the doors of the demo school."""

from typing import Any

from zvans.core.tests.doors import OWNER, Door
from zvans.demo.cast import Cast


def _person(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.anna.pk}


DOORS = {
    "demo": Door(),
    "demo_sign_in": Door(make=_person, post=True, public=True),
    "demo_load": Door(frozenset({OWNER}), post=True),
    "demo_remove": Door(frozenset({OWNER}), post=True),
}
