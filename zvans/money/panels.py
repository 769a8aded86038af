"""What money shows on the client's card and on Today."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from zvans.money import queries
from zvans.money.access import visible_sales
from zvans.money.models import Sale
from zvans.money.reminders import last_reminders
from zvans.people.models import Client
from zvans.team.models import User

_ON_TODAY = 8
_ON_CARD = 20


def load_card(user: User, client: Client) -> dict[str, Any] | None:
    """What was sold to the client or for them, what is open first; None when nothing ever was."""
    today = timezone.localdate()
    concerning = visible_sales(user).filter(Q(payer=client) | Q(student=client))
    sales = list(
        queries.with_due(concerning, today)
        .select_related("payer", "student")
        .order_by("next_due_on", "-pk")[: _ON_CARD + 1]
    )
    if not sales:
        return None
    paid_by_client = [sale for sale in sales if sale.payer_id == client.pk]
    return {
        "sales": [_with_lateness(sale) for sale in sales[:_ON_CARD]],
        "more": len(sales) > _ON_CARD,
        "left": sum(max(sale.left, 0) for sale in paid_by_client),
        "credit": sum(sale.credit for sale in paid_by_client),
    }


def load_today(user: User) -> dict[str, Any] | None:
    """Who is to be reminded of a payment, the longest late first."""
    today = timezone.localdate()
    due = queries.due(visible_sales(user), today).select_related("payer")
    sales = list(due[: _ON_TODAY + 1])
    if not sales:
        return None
    return {"rows": with_reminders(sales[:_ON_TODAY]), "more": len(sales) > _ON_TODAY, "today": today}


def with_reminders(sales: list[Sale]) -> list[dict[str, Any]]:
    """Each sale with how late it is and whether the payer has been reminded today."""
    today = timezone.localdate()
    reminders = last_reminders(sales)
    rows = []
    for sale in sales:
        reminder = reminders.get(sale.pk)
        rows.append(
            {
                "sale": sale,
                "days_late": sale.days_late(today),
                "reminded_at": reminder.created_at if reminder else None,
                "reminded_today": bool(reminder and timezone.localdate(reminder.created_at) == today),
            }
        )
    return rows


def _with_lateness(sale: Sale) -> dict[str, Any]:
    return {"sale": sale, "days_late": sale.days_late(timezone.localdate())}
