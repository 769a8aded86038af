"""Who opens the public pages (everyone), and who decides about them (the owner)."""

from typing import Any

from zvans.core.tests.doors import OWNER, Door
from zvans.demo.cast import Cast
from zvans.website.tests.making import make_group


def _group(cast: Cast) -> dict[str, Any]:
    return {"pk": make_group(cast).pk}


DOORS = {
    "public_groups": Door(public=True),
    "public_apply": Door(public=True, make=_group),
    "public_ask": Door(public=True),
    "public_thanks": Door(public=True),
    "public_privacy": Door(public=True),
    "embed_script": Door(public=True),
    "website_settings": Door(opens_to=frozenset({OWNER})),
    "website_change": Door(opens_to=frozenset({OWNER})),
}
