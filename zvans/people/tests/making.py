"""Small makers of people for tests; each calls the command that makes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint, Task
from zvans.team.models import User

PHONE = ContactPoint.Kind.PHONE
EMAIL = ContactPoint.Kind.EMAIL


def a_client(cast: Cast, given_name: str = "Artūrs", family_name: str = "Bērziņš", **fields: Any) -> Client:
    """A client of Ilze's in the branch «Centrs», with a phone and an e-mail unless told otherwise."""
    fields = {
        "contacts": [Contact(PHONE, "25231225"), Contact(EMAIL, "arturs@apollo.example")],
        "manager": cast.ilze,
        "branch": cast.centrs,
        **fields,
    }
    return commands.add_client(Actor.of(cast.ilze), given_name=given_name, family_name=family_name, **fields)


def a_task(cast: Cast, assignee: User | None = None, **fields: Any) -> Task:
    """A task that Ilze gave, for an hour from now."""
    fields = {"title": "Nosūtīt cenrādi", "due_at": timezone.now() + timedelta(hours=1), **fields}
    return commands.add_task(Actor.of(cast.ilze), assignee=assignee or cast.ilze, **fields)
