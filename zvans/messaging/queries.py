"""Reads about messages: what the owner decided about each kind, and how the outbox is doing."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from zvans.core import organisation, times
from zvans.messaging.kinds import kinds
from zvans.messaging.models import Message, MessageSetting

# The kind of a message that a person writes by hand.
WRITTEN = "messaging.written"

# Reminders that nobody waits for go out in these hours, by the school's clock.
_DAY_BEGINS, _DAY_ENDS = time(9), time(20)
_WAITS_TOO_LONG = timedelta(minutes=15)


def is_on(kind: str) -> bool:
    """Whether messages of the kind go out by themselves."""
    return not MessageSetting.objects.filter(kind=kind, is_on=False).exists()


def days_before(kind: str) -> int:
    """How many days ahead of its day a message of the kind goes out."""
    own = MessageSetting.objects.filter(kind=kind).values_list("days_before", flat=True).first()
    return own if own is not None else kinds[kind].days_before or 0


def next_daytime(moment: datetime) -> datetime:
    """``moment``, or the next morning when it is night by the school's clock."""
    zone = organisation.current().tz
    local = moment.astimezone(zone)
    if local.time() < _DAY_BEGINS:
        return times.at_wall_time(local.date(), _DAY_BEGINS, zone)
    if local.time() >= _DAY_ENDS:
        return times.at_wall_time(local.date() + timedelta(days=1), _DAY_BEGINS, zone)
    return moment


def dead() -> QuerySet[Message]:
    """The messages that were given up, for a person to look at."""
    return Message.objects.filter(state=Message.State.DEAD)


def stuck() -> QuerySet[Message]:
    """The messages that should have gone out a while ago, the oldest first."""
    return Message.objects.filter(
        state__in=(Message.State.QUEUED, Message.State.SENDING),
        attempts=0,
        next_attempt_at__lt=timezone.now() - _WAITS_TOO_LONG,
    ).order_by("next_attempt_at")


def label(kind: str) -> str:
    """What the owner calls a kind of message."""
    if kind == WRITTEN:
        return gettext("Written by hand")
    registered = kinds.get(kind)
    return str(registered.label) if registered else kind
