"""Small makers of deals for tests; each calls the command that makes them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people.tests.making import a_client
from zvans.sales import commands
from zvans.sales.models import Application, Deal, Pipeline
from zvans.schedule import commands as schedule
from zvans.schedule.models import Group, Program

_numbers = count(1)


def a_pipeline(cast: Cast) -> Pipeline:
    """The shipped one, laid once."""
    return commands.lay_pipeline(Actor.of(cast.sanita))


def a_program(cast: Cast, name: str = "Angļu valoda B1", **fields: Any) -> Program:
    return schedule.add_program(Actor.of(cast.ilze), name=f"{name} {next(_numbers)}", **fields)


def a_group(cast: Cast, **fields: Any) -> Group:
    """A group of «Centrs» that begins in a week, for 220 €, with eight places unless told otherwise."""
    fields = {
        "program": fields.get("program") or a_program(cast),
        "branch": cast.centrs,
        "starts_on": timezone.localdate() + timedelta(days=7),
        "lesson_count": 10,
        "capacity": 8,
        "price": 22000,
        **fields,
    }
    fields.setdefault("name", f"{fields['program'].name}, vakari")
    return schedule.open_group(Actor.of(cast.ilze), **fields)


def a_deal(cast: Cast, **fields: Any) -> Deal:
    """An open deal of Ilze's in «Centrs»; its next step is a call in an hour."""
    a_pipeline(cast)
    by = Actor.of(fields.get("manager") or cast.ilze)
    client = fields.pop("client", None) or a_client(cast)
    fields = {
        "manager": cast.ilze,
        "next_step": "Piezvanīt",
        "next_step_at": timezone.now() + timedelta(hours=1),
        **fields,
    }
    return commands.add_deal(by, client, **fields)


def an_application(cast: Cast, **fields: Any) -> Application:
    """What Inga Vanaga sends from the website."""
    a_pipeline(cast)
    return commands.receive_application(
        **{
            "name": "Inga Vanaga",
            "phone": "26112233",
            "email": "inga@example.com",
            "consent": True,
            "language": "lv",
            "key": f"key {next(_numbers)}",
            **fields,
        }
    )
