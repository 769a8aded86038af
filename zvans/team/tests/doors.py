"""Who opens the pages of the school itself."""

from typing import Any

from zvans.core.actors import Actor
from zvans.core.tests.doors import HEADS, OWNER, Door
from zvans.demo.cast import Cast
from zvans.team import commands
from zvans.team.models import Role, User

OWNERS = frozenset({OWNER})


def _colleague(cast: Cast) -> dict[str, Any]:
    number = User.objects.count()
    user = commands.add_user(
        Actor.of(cast.sanita),
        name="Zane Auziņa",
        email=f"zane{number}@lase.example",
        role=Role.objects.get(code=Role.Code.MANAGER),
        branches=[cast.centrs],
    )
    return {"pk": user.pk}


def _branch(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.studija.pk}


DOORS = {
    "language": Door(public=True, post=True, data={"language": "lv"}),
    "setup": Door(public=True),
    "welcome": Door(OWNERS),
    "organisation_change": Door(OWNERS),
    "branch_list": Door(OWNERS),
    "branch_add": Door(OWNERS),
    "branch_change": Door(OWNERS, make=_branch),
    "branch_archive": Door(OWNERS, make=_branch, post=True),
    "branch_restore": Door(OWNERS, make=_branch, post=True),
    "user_list": Door(HEADS),
    "user_add": Door(HEADS),
    "user_change": Door(HEADS, make=_colleague),
    "user_deactivate": Door(HEADS, make=_colleague, post=True),
    "user_reactivate": Door(HEADS, make=_colleague, post=True),
    "user_invite": Door(HEADS, make=_colleague, post=True),
    "user_invitation": Door(HEADS, make=_colleague),
    "profile": Door(),
}
