"""What heads see on Today when messages don't get through."""

from __future__ import annotations

from typing import Any

from zvans.messaging import queries
from zvans.team.models import User


def trouble(_user: User) -> dict[str, Any] | None:
    """How many messages were given up, and the one that has waited too long; None when all is well."""
    dead = queries.dead().count()
    stuck = queries.stuck().first()
    return {"dead": dead, "stuck": stuck} if dead or stuck else None
