"""What the tests of messages need."""

from typing import Any

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people.commands import Contact, add_client
from zvans.people.models import Client, ContactPoint


def a_client(
    cast: Cast,
    given_name: str = "Artūrs",
    family_name: str = "Bērziņš",
    *,
    email: str = "arturs@apollo.example",
    **fields: Any,
) -> Client:
    contacts = [Contact(ContactPoint.Kind.EMAIL, email)] if email else []
    fields.setdefault("branch", cast.centrs)
    fields.setdefault("language", "en")
    return add_client(Actor.of(cast.ilze), given_name=given_name, family_name=family_name, contacts=contacts, **fields)
