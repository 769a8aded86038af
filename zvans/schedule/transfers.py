"""What goes along when a student moves to another group: the upper storeys take their records there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zvans.core.actors import Actor
from zvans.core.registry import Registry
from zvans.schedule.models import Enrolment


@dataclass(frozen=True)
class Follower:
    """Something tied to the place in the group (a deal), moved in the transfer's own transaction.

    Args:
        follow: gets the place that was left and the new one.
    """

    name: str
    follow: Callable[[Actor, Enrolment, Enrolment], object]


followers: Registry[Follower] = Registry()
