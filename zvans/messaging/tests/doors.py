"""Who opens the pages about messages."""

from typing import Any

from zvans.core.actors import Actor
from zvans.core.tests.doors import ACCOUNTANT, HEADS, OFFICE, Door
from zvans.demo.cast import Cast
from zvans.messaging import mail
from zvans.messaging.commands import write
from zvans.messaging.tests.making import a_client

_READERS = OFFICE | {ACCOUNTANT}
_KIND = "money.payment_due"


def _client(cast: Cast) -> dict[str, Any]:
    return {"pk": a_client(cast).pk}


def _message(cast: Cast) -> dict[str, Any]:
    client = a_client(cast)
    return {"pk": write(Actor.of(cast.ilze), client, subject="Hello", text="How are you?", key=str(client.pk)).pk}


def _token(cast: Cast) -> dict[str, Any]:
    return {"token": mail.opt_out_address(a_client(cast)).rstrip("/").rpartition("/")[2]}


def _kind(_cast: Cast) -> dict[str, Any]:
    return {"kind": _KIND}


DOORS = {
    "message_list": Door(opens_to=_READERS),
    "message": Door(opens_to=_READERS, make=_message),
    "message_retry": Door(opens_to=OFFICE, make=_message, post=True),
    "message_set_aside": Door(opens_to=OFFICE, make=_message, post=True),
    "message_write": Door(opens_to=OFFICE, make=_client),
    "message_preview": Door(opens_to=OFFICE, make=_client, post=True, data={"subject": "Hello", "text": "…"}),
    "text_list": Door(opens_to=HEADS),
    "mail_test": Door(opens_to=HEADS, post=True),
    "text": Door(opens_to=HEADS, make=_kind),
    "text_preview": Door(opens_to=HEADS, make=_kind, post=True, data={"subject": "Hello", "body": "…"}),
    "text_restore": Door(opens_to=HEADS, make=_kind, post=True),
    "text_test": Door(opens_to=HEADS, make=_kind, post=True),
    "text_switch": Door(opens_to=HEADS, make=_kind, post=True, data={"is_on": "off"}),
    "opt_out": Door(public=True, make=_token),
}
