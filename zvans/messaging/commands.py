"""Every write about messages. Sending itself is ``deliver``'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _
from liquid.exceptions import LiquidError

from zvans.core import jobs, journal, organisation
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.core.models import Organisation
from zvans.messaging import mail, templates
from zvans.messaging.kinds import MessageKind, kinds
from zvans.messaging.models import Message, MessageSetting, Template
from zvans.messaging.queries import WRITTEN, is_on
from zvans.messaging.templates import Text
from zvans.people import commands as people
from zvans.people.models import Client, ContactPoint

log = structlog.get_logger()

_BATCH = 500


@dataclass(frozen=True)
class Draft:
    """A message to be queued; the arguments of ``queue``."""

    key: str
    client: Client
    context: dict[str, Any]
    to: str = ""
    language: str = ""
    send_at: datetime | None = None


def queue(
    kind: str,
    *,
    key: str,
    client: Client,
    context: dict[str, Any],
    to: str = "",
    language: str = "",
    send_at: datetime | None = None,
) -> Message | None:
    """Put a message into the outbox, in the caller's transaction; the worker sends it.

    Args:
        kind: the name of a registered kind.
        key: what the message is about; a second one of the same key is not made, the first is returned.
        context: the values of the kind's placeholders, nested as they are dotted; ``client`` and ``school`` are
            added.
        to: the address; the client's first readable e-mail when empty.
        language: the client's, else the school's, when empty.
        send_at: not before; at once when None.

    Returns:
        None when the kind is switched off, the client wants no messages, or has no address.
    """
    draft = Draft(key, client, context, to, language, send_at)
    made = queue_many(kind, [draft])
    return made[0] if made else Message.objects.filter(key=key).first()


@command
def queue_many(kind: str, drafts: Iterable[Draft]) -> list[Message]:
    """Put many messages of one kind into the outbox, in a number of queries that does not grow with each.

    Returns:
        Those that were not there before.
    """
    if not is_on(kind):
        return []
    made: list[Message] = []
    own_texts = {own.language: Text(own.subject, own.body) for own in Template.objects.filter(kind=kind)}
    school = organisation.current()
    for batch in _batches(drafts):
        messages = _compose(kinds[kind], batch, own_texts, school)
        made += _store(Actor.system(), messages)
    return made


@command
def write(by: Actor, client: Client, *, subject: str, text: str, key: str) -> Message:
    """Write to a client by hand. The words go out as they are, also to a client who wants no messages by themselves.

    Raises:
        Refused: when something is left empty or the client has no e-mail.
    """
    for field, value in (("subject", subject), ("text", text)):
        if not value.strip():
            raise Refused(_("Write something here."), field=field)
    to = address_of(client)
    if not to:
        raise Refused(_("%(name)s has no e-mail.") % {"name": client})
    message = Message(
        key=f"{WRITTEN}:{key}",
        kind=WRITTEN,
        client=client,
        to=to,
        language=client.language or organisation.current().language,
        subject=" ".join(subject.split())[:300],
        body=text.strip(),
        state=_first_state(None),
    )
    made = _store(by, [message])
    return made[0] if made else Message.objects.get(key=message.key)


def address_of(client: Client) -> str | None:
    """The e-mail that messages to the client go to."""
    return _addresses([client]).get(client.pk)


def cancel(key_prefix: str) -> int:
    """Take the messages that are still waiting and whose key begins so out of the outbox.

    Returns:
        How many there were.
    """
    waiting = Message.objects.filter(state=Message.State.QUEUED, key__startswith=key_prefix)
    return waiting.update(state=Message.State.CANCELLED)


@command
def try_again(by: Actor, message: Message) -> None:
    """Have a message that was given up sent after all."""
    given_up = Message.objects.filter(pk=message.pk, state=Message.State.DEAD)
    if not given_up.update(state=_first_state(None), attempts=0, next_attempt_at=timezone.now()):
        raise Refused(_("This message is not among those that could not be sent."))
    jobs.enqueue("zvans.messaging.tasks.deliver")
    _record(by, "messaging.message_tried_again", message)


@command
def set_aside(by: Actor, message: Message) -> None:
    """Take a message out of the way: one that was given up, or still waits."""
    stopped = Message.objects.filter(pk=message.pk, state__in=(Message.State.DEAD, Message.State.QUEUED))
    if not stopped.update(state=Message.State.CANCELLED):
        raise Refused(_("This message can't be stopped any more."))
    _record(by, "messaging.message_set_aside", message)


@command
def opt_out(by: Actor, client: Client) -> None:
    """The client wants no more messages by themselves."""
    people.change_client(by, client, wants_messages=False)


@command
def opt_in(by: Actor, client: Client) -> None:
    people.change_client(by, client, wants_messages=True)


@command
def change_text(by: Actor, kind: MessageKind, language: str, text: Text) -> Template:
    """Give a kind the owner's own text in a language.

    Raises:
        Refused: when the text can't be read, or uses what it does not have.
    """
    templates.check(kind, text)
    own = Template.objects.filter(kind=kind.name, language=language).first() or Template(
        kind=kind.name, language=language
    )
    changes = assign(own, subject=text.subject.strip(), body=text.body.strip())
    own.save()
    if changes:
        journal.record(by, "messaging.text_changed", own, changes=changes)
    return own


@command
def restore_text(by: Actor, kind: MessageKind, language: str) -> None:
    """Go back to the text that comes with Zvans."""
    own = Template.objects.filter(kind=kind.name, language=language).first()
    if own:
        journal.record(by, "messaging.text_restored", own, subject=own.subject, body=own.body)
        own.delete()


@command
def change_setting(by: Actor, kind: MessageKind, **values: Any) -> MessageSetting:
    """Switch a kind on or off (``is_on``), or say how many ``days_before``."""
    setting = MessageSetting.objects.filter(kind=kind.name).first() or MessageSetting(kind=kind.name)
    changes = assign(setting, **values)
    setting.save()
    if changes:
        journal.record(by, "messaging.setting_changed", setting, changes=changes)
    return setting


def _batches(drafts: Iterable[Draft]) -> Iterable[list[Draft]]:
    rest = iter(drafts)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _compose(
    kind: MessageKind, drafts: Sequence[Draft], own_texts: dict[str, Text], school: Organisation
) -> list[Message]:
    """The messages that are to be: not there yet, wanted, and with an address."""
    there = set(Message.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    drafts = [
        draft
        for draft in {draft.key: draft for draft in drafts}.values()
        if draft.key not in there and (draft.client.wants_messages or not kind.may_opt_out)
    ]
    addresses = _addresses(draft.client for draft in drafts if not draft.to)
    messages = []
    for draft in drafts:
        to = draft.to or addresses.get(draft.client.pk)
        if not to:
            continue
        language = draft.language or draft.client.language or school.language
        text = _filled(kind, language, own_texts.get(language), _context(draft, school))
        messages.append(
            Message(
                key=draft.key,
                kind=kind.name,
                client=draft.client,
                to=to,
                language=language,
                subject=text.subject,
                body=text.body,
                state=_first_state(draft.send_at),
                next_attempt_at=draft.send_at or timezone.now(),
            )
        )
    return messages


def _context(draft: Draft, school: Organisation) -> dict[str, Any]:
    client = draft.client
    return draft.context | {
        "client": {"name": client.name, "given_name": client.given_name or client.name},
        "school": templates.of_school(school),
    }


def _filled(kind: MessageKind, language: str, own: Text | None, context: dict[str, Any]) -> Text:
    """The owner's text filled; the shipped one when it fails on this client's values, so that nobody goes untold."""
    if own:
        try:
            return templates.fill(kind, own, context)
        except LiquidError:
            log.exception("the owner's text failed", kind=kind.name, language=language)
    return templates.fill(kind, templates.shipped(kind.name, language), context)


def _addresses(clients: Iterable[Client]) -> dict[int, str]:
    """Each client's first readable e-mail."""
    points = ContactPoint.objects.filter(
        client_id__in={client.pk for client in clients}, kind=ContactPoint.Kind.EMAIL, typed=""
    )
    return dict(points.order_by("-position", "-pk").values_list("client_id", "value"))


def _first_state(send_at: datetime | None) -> Message.State:
    due = send_at is None or send_at <= timezone.now()
    return Message.State.KEPT if due and not mail.is_set() else Message.State.QUEUED


def _store(by: Actor, messages: Sequence[Message]) -> list[Message]:
    """Write those whose key is not taken, with their events; of two who write one key at once, one does."""
    if not messages:
        return []
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    clients = {message.uuid: message.client for message in messages}
    made = list(Message.objects.filter(uuid__in=clients).order_by("pk"))
    for message in made:
        message.client = clients[message.uuid]
    journal.record_many(
        (journal.draft(by, "messaging.message_queued", message), message, [message.client] if message.client else [])
        for message in made
    )
    if any(message.state == Message.State.QUEUED and message.next_attempt_at <= timezone.now() for message in made):
        jobs.enqueue("zvans.messaging.tasks.deliver")
    return made


def _record(by: Actor, kind: str, message: Message) -> None:
    journal.record(by, kind, message, concerning=[message.client] if message.client else [])
