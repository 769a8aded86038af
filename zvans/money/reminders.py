"""Reminders of payments: whom to remind, decided for all sales at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation

from zvans.core import journal, money, organisation
from zvans.core.actors import ActorKind
from zvans.core.dates import long_day
from zvans.core.models import EventSubject, Organisation
from zvans.messaging.commands import Draft, queue, queue_many
from zvans.messaging.models import Message
from zvans.messaging.queries import days_before, is_on, next_daytime
from zvans.money import plans, queries
from zvans.money.models import Sale
from zvans.people.models import ContactPoint

KIND = "money.payment_due"
# A second reminder goes out so many days after the day was missed; older debts are a person's to judge.
LATE_AFTER = timedelta(days=3)
_TOO_OLD = timedelta(days=14)
_AHEAD, _LATE = "ahead", "late"
_BATCH = 500


def decide(now: datetime) -> int:
    """Queue the reminders of all parts that fall due soon, and of those just missed, once each.

    One query decides; the messages are then written in batches, each a transaction of its own, so that nobody
    waits for them and a run that is broken off goes on with the next.

    Returns:
        How many were queued.
    """
    if not is_on(KIND):
        return 0
    school = organisation.current()
    today = timezone.localdate(now, school.tz)
    horizon = today + timedelta(days=days_before(KIND))
    send_at = next_daytime(now)
    keys = list(_to_remind(today, horizon).values_list("pk", flat=True))
    queued = 0
    for start in range(0, len(keys), _BATCH):
        sales = queries.with_due(Sale.objects.filter(pk__in=keys[start : start + _BATCH]), horizon)
        drafts = (
            Draft(_key(sale, today), sale.payer, context(sale, sale.due, today, school), send_at=send_at)  # type: ignore[attr-defined]
            for sale in sales.select_related("payer")
        )
        queued += len(queue_many(KIND, drafts))
    return queued


def write(sale: Sale, key: str, due: int, today: date) -> Message | None:
    """Queue one reminder."""
    return queue(KIND, key=key, client=sale.payer, context=context(sale, due, today, organisation.current()))


def due_by(sale: Sale, day: date) -> int:
    return plans.due_by(plans.of(sale), sale.paid, day)


def with_reminders(sales: QuerySet[Sale]) -> QuerySet[Sale]:
    """Each sale with ``reminded_at``: when its payer was last reminded of it, or None."""
    reminders = Message.objects.filter(
        kind=KIND,
        client=OuterRef("payer"),
        key__startswith=Concat(Value(f"{KIND}:"), Cast(OuterRef("pk"), CharField()), Value(":")),
    ).exclude(state=Message.State.CANCELLED)
    return sales.annotate(reminded_at=Subquery(reminders.order_by("-pk").values("created_at")[:1]))


def was_reminded_on(sale: Sale, day: date) -> bool:
    reminded_at: datetime | None = getattr(with_reminders(Sale.objects.filter(pk=sale.pk)).get(), "reminded_at", None)
    return reminded_at is not None and timezone.localdate(reminded_at) == day


def context(sale: Sale, due: int, today: date, school: Organisation) -> dict[str, Any]:
    """The values of the text's placeholders. Amounts and days are written in the client's language."""
    language = sale.payer.language or school.language
    with translation.override(language):
        return {
            "sale": {"title": sale.title, "left": money.show(sale.left, school.currency)},
            "payment": {
                "amount": money.show(due, school.currency),
                "due_on": long_day(sale.next_due_on or today),
                "is_late": sale.next_due_on is not None and sale.next_due_on < today,
                "days_late": sale.days_late_on(today),
            },
        }


def _to_remind(today: date, horizon: date) -> QuerySet[Sale]:
    """The sales whose payer has not been told of the part that is due, and can be."""
    ahead = Q(next_due_on__range=(today, horizon))
    late = Q(next_due_on__range=(today - _TOO_OLD, today - LATE_AFTER))
    moment = Case(When(ahead, then=Value(_AHEAD)), default=Value(_LATE))
    key = Concat(Value(f"{KIND}:"), _text("pk"), Value(":"), _text("next_due_on"), Value(":"), moment)
    told = Message.objects.filter(key=OuterRef("reminder"))
    address = ContactPoint.objects.filter(client=OuterRef("payer"), kind=ContactPoint.Kind.EMAIL, typed="")
    sales = Sale.objects.filter(ahead | late, payer__wants_messages=True, payer__archived_at=None)
    return (
        sales.annotate(reminder=key).filter(Exists(address), ~Exists(told), ~_was_due_when_brought_in()).order_by("pk")
    )


def _was_due_when_brought_in() -> Exists:
    """A debt that a spreadsheet brought in when its day was past or there: a person is to judge it, not the clock."""
    opened = EventSubject.objects.filter(
        subject_type=journal.content_type(Sale()),
        subject_id=OuterRef("pk"),
        event__kind="money.sale_opened",
        event__actor_kind=ActorKind.IMPORT,
        event__at__date__gte=OuterRef("next_due_on"),
    )
    return Exists(opened)


def _text(field: str) -> Cast:
    return Cast(field, CharField())


def _key(sale: Sale, today: date) -> str:
    assert sale.next_due_on is not None
    moment = _AHEAD if sale.next_due_on >= today else _LATE
    return f"{KIND}:{sale.pk}:{sale.next_due_on}:{moment}"
