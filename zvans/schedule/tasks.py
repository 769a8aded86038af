"""What happens by the clock: offers lapse, and those who begin soon are told and asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from zvans.core import organisation
from zvans.core.actors import Actor
from zvans.core.models import Organisation
from zvans.messaging.models import Message
from zvans.messaging.queries import days_before, is_on, next_daytime
from zvans.schedule import commands, letters, queries
from zvans.schedule.models import Enrolment, Group

# Whoever got a place a moment ago has just been told all of it.
_FRESH = timedelta(days=1)
_BATCH = 500


def lapse_offers() -> None:
    """Offers that nobody answered in time go to the next in line."""
    if not Organisation.objects.exists():
        return
    late = Enrolment.objects.filter(state=Enrolment.State.OFFERED, offered_until__lte=timezone.now())
    for place in late.select_related("group", "student", "payer").order_by("offered_until"):
        commands.lapse_offer(Actor.system(), place)


def write_ahead_of_starts() -> None:
    """In the daytime, tell and ask everyone whose group starts within the days that the owner has set."""
    now, school = timezone.now(), Organisation.objects.first()
    if school is None or next_daytime(now) != now:
        return
    organisation.hold(school)
    try:
        _write_all("schedule.will_you_come", "coming", letters.will_you_come, only={"asked_at": None, "coming": ""})
        _write_all("schedule.group_starts", "starts", letters.group_starts)
    finally:
        organisation.hold(None)


def _write_all(
    kind: str, rest: str, write: Callable[[QuerySet[Enrolment]], int], only: dict[str, object] | None = None
) -> None:
    if not is_on(kind):
        return
    waiting = _not_yet_told(days_before(kind), rest).filter(**(only or {}))
    keys = list(letters.reachable(waiting).values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        with transaction.atomic():
            write(Enrolment.objects.filter(pk__in=keys[start : start + _BATCH]))


def _not_yet_told(days: int, rest: str) -> QuerySet[Enrolment]:
    """Those with a place in a group that starts in so many days or fewer, of whom no such message was made."""
    today = queries.today()
    starting = Group.objects.active().open().filter(starts_on__gt=today, starts_on__lte=today + timedelta(days=days))
    key = Concat(
        Value("schedule.enrolment:"),
        Cast("pk", CharField()),
        Value(f":{rest}:"),
        Cast("group__starts_on", CharField()),
        output_field=CharField(),
    )
    return (
        Enrolment.objects.filter(state=Enrolment.State.ENROLLED, group__in=starting)
        .filter(created_at__lt=timezone.now() - _FRESH)
        .annotate(key=key)
        .filter(~Exists(Message.objects.filter(key=OuterRef("key"))))
    )
