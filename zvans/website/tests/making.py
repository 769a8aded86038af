"""What a visitor of «Lāse» finds: programs, open groups, a form that was shown a while ago."""

from __future__ import annotations

import time as clock
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.sales.commands import lay_pipeline
from zvans.schedule import commands
from zvans.schedule.models import Group, Program
from zvans.schedule.pattern import Time
from zvans.website import stamps

SOON = timedelta(days=21)


def make_program(cast: Cast, name: str = "English A1", **fields: Any) -> Program:
    lay_pipeline(Actor.of(cast.sanita))  # where applications go
    defaults = {"price": 22000, "lesson_count": 20, "capacity": 8, "description": "For those who begin."}
    return commands.add_program(Actor.of(cast.sanita), name=name, **(defaults | fields))


def make_group(cast: Cast, program: Program | None = None, **fields: Any) -> Group:
    """A group in Centrs, Mondays and Wednesdays at 18:00, that starts in three weeks."""
    program = program or Program.objects.filter(name="English A1").first() or make_program(cast)
    defaults: dict[str, Any] = {
        "branch": cast.centrs,
        "starts_on": timezone.localdate() + SOON,
        "times": [Time(0, time(18), 90), Time(2, time(18), 90)],
        "name": f"{program.name}, evenings",
    }
    return commands.open_group(Actor.of(cast.sanita), program=program, **(defaults | fields))


def fill(group: Group, *, free: int = 0) -> Group:
    """Take the group's places until so many are free."""
    Group.objects.filter(pk=group.pk).update(taken=group.capacity - free)
    group.refresh_from_db()
    return group


def filled_in(*, seconds: float = 30, **fields: Any) -> dict[str, Any]:
    """The application form as a person sends it so many seconds after it was shown."""
    told = {"name": "Artūrs Bērziņš", "phone": "25 231 225", "email": "", "comment": "", "consent": "on", "fax": ""}
    return told | {"stamp": stamps.issue(clock.time() - seconds)} | fields
