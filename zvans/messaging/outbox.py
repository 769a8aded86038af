"""Sending: the worker takes messages out of the outbox one by one and hands them to the mail server.

A message is taken by a conditional update with a lease just before its conversation with the mail server, so a
worker that dies leaves at most that one in doubt. When the lease lapses it is taken again, marked as one that may
be a repetition.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta
from uuid import uuid4

import structlog
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from zvans.messaging import mail
from zvans.messaging.kinds import kinds
from zvans.messaging.models import Message

log = structlog.get_logger()

State = Message.State

# Longer than any conversation with a mail server lasts (EMAIL_TIMEOUT at each of its steps).
LEASE = timedelta(minutes=3)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]
_CANDIDATES = 50


def deliver_due() -> int:
    """Send every message that is due; any number of workers may do so at once.

    Returns:
        How many were sent.
    """
    if not mail.is_set():
        _keep_due()
        return 0
    sent = 0
    connection = mail.connection()
    try:
        while batch := _due_keys():
            for key in batch:
                if not _open(connection):
                    return sent
                sent += _send_one(connection, key)
    finally:
        connection.close()
    return sent


def _keep_due() -> None:
    """Without a mail server, what is due is kept and shown."""
    due = Message.objects.filter(state=State.QUEUED, next_attempt_at__lte=timezone.now())
    due.update(state=State.KEPT)


def _due_keys() -> list[int]:
    due = Message.objects.filter(state__in=(State.QUEUED, State.SENDING), next_attempt_at__lte=timezone.now())
    return list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:_CANDIDATES])


def _open(connection: BaseEmailBackend) -> bool:
    """Reach the mail server, unless the connection stands. When it can't be reached nothing is taken, and what
    waits says why."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server not reached", error=str(error))
        waiting = Message.objects.filter(state=State.QUEUED, next_attempt_at__lte=timezone.now())
        waiting.update(error=mail.reason(error))
        return False
    return True


def _send_one(connection: BaseEmailBackend, key: int) -> bool:
    message = _take(key)
    if message is None or _is_unwanted(message):
        return False
    try:
        connection.send_messages([mail.as_email(message)])
    except Exception as error:  # whatever is wrong with one message must not hold up the others
        connection.close()
        _failed(message, error)
        return False
    _finish(message, state=State.SENT, sent_at=timezone.now(), error="")
    return True


def _take(key: int) -> Message | None:
    """The message, leased to this worker; None when another was faster."""
    now, lease = timezone.now(), uuid4()
    due = Message.objects.filter(pk=key, next_attempt_at__lte=now)
    taken = {"state": State.SENDING, "lease": lease, "next_attempt_at": now + LEASE, "attempts": F("attempts") + 1}
    # One that is still "being sent" when its lease has lapsed was left by a worker that died, or hangs.
    if not (
        due.filter(state=State.QUEUED).update(**taken)
        or due.filter(state=State.SENDING).update(**taken, may_be_repeated=True)
    ):
        return None
    return Message.objects.select_related("client").get(pk=key, lease=lease)


def _is_unwanted(message: Message) -> bool:
    """Whether the client has since said that they want no messages; it is then cancelled."""
    kind = kinds.get(message.kind)
    if message.client is None or message.client.wants_messages or kind is None or not kind.may_opt_out:
        return False
    _finish(message, state=State.CANCELLED)
    return True


def _failed(message: Message, error: Exception) -> None:
    """Try again later, or give it up: when the server refuses for good, or after the last attempt."""
    if _is_permanent(error) or message.attempts > len(BACK_OFF):
        log.warning("message given up", message=message.pk, error=str(error))
        _finish(message, state=State.DEAD, error=mail.reason(error))
        return
    pause = BACK_OFF[message.attempts - 1]
    _finish(message, state=State.QUEUED, error=mail.reason(error), next_attempt_at=timezone.now() + pause)


def _finish(message: Message, **values: object) -> None:
    """Write what became of it, unless the lease was lost to another worker meanwhile."""
    Message.objects.filter(pk=message.pk, lease=message.lease).update(lease=None, **values)


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)
