"""Reminders of payments: whom to remind, decided for all sales at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation

from zvans.core import money, organisation
from zvans.core.models import Organisation
from zvans.messaging.commands import Draft, queue, queue_many
from zvans.messaging.models import Message
from zvans.messaging.queries import days_before, is_on, next_daytime
from zvans.money import plans, queries
from zvans.money.models import Sale

KIND = "money.payment_due"
# A second reminder goes out so many days after the day was missed; older debts are a person's to judge.
LATE_AFTER = timedelta(days=3)
_TOO_OLD = timedelta(days=14)


def decide(now: datetime) -> int:
    """Queue the reminders of all parts that fall due soon, and of those just missed, once each.

    Returns:
        How many were queued.
    """
    if not is_on(KIND):
        return 0
    school = organisation.current()
    today = timezone.localdate(now, school.tz)
    horizon = today + timedelta(days=days_before(KIND))
    sales = queries.with_due(Sale.objects.filter(next_due_on__range=(today - _TOO_OLD, horizon)), horizon)
    drafts = _drafts(sales.select_related("payer").iterator(1000), today, school, next_daytime(now))
    return len(queue_many(KIND, drafts))


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
    reminded_at = with_reminders(Sale.objects.filter(pk=sale.pk)).values_list("reminded_at", flat=True).get()
    return reminded_at is not None and timezone.localdate(reminded_at) == day


def context(sale: Sale, due: int, today: date, school: Organisation) -> dict[str, Any]:
    """The values of the text's placeholders. Amounts and days are written in the client's language."""
    language = sale.payer.language or school.language
    with translation.override(language):
        return {
            "sale": {"title": sale.title, "left": money.show(sale.left, school.currency)},
            "payment": {
                "amount": money.show(due, school.currency),
                "due_on": format_date(sale.next_due_on or today, "long", translation.to_locale(language)),
                "is_late": sale.next_due_on is not None and sale.next_due_on < today,
                "days_late": sale.days_late_on(today),
            },
        }


def _drafts(sales: Iterable[Sale], today: date, school: Organisation, send_at: datetime) -> Iterator[Draft]:
    for sale in sales:
        assert sale.next_due_on is not None
        if sale.next_due_on >= today:
            moment = "ahead"
        elif today - sale.next_due_on >= LATE_AFTER:
            moment = "late"
        else:
            continue
        key = f"{KIND}:{sale.pk}:{sale.next_due_on}:{moment}"
        yield Draft(key, sale.payer, context(sale, getattr(sale, "due", 0), today, school), send_at=send_at)
