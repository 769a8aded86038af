"""What money shows on the client's card and on Today."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from zvans.money import queries
from zvans.money.access import visible_sales
from zvans.money.reminders import with_reminders
from zvans.people.models import Client
from zvans.team.models import User

_ON_TODAY = 8
_ON_CARD = 8


def load_card(user: User, client: Client) -> dict[str, Any] | None:
    """What was sold to the client or for them, what is open first; None when nothing ever was."""
    today = timezone.localdate()
    concerning = visible_sales(user).filter(Q(payer=client) | Q(student=client))
    ordered = queries.with_due(concerning, today).order_by(F("next_due_on").asc(nulls_last=True), "-pk")
    sales = list(ordered.select_related("payer", "student"))
    if not sales:
        return None
    own = [sale for sale in sales if sale.payer_id == client.pk]
    return {
        "sales": sales[:_ON_CARD],
        "more": sales[_ON_CARD:],
        "left": sum(max(sale.left, 0) for sale in own),
        "credit": sum(sale.credit for sale in own),
        "today": today,
    }


def load_today(user: User) -> dict[str, Any] | None:
    """Who is to be reminded of a payment, the longest late first; None when nobody is."""
    today = timezone.localdate()
    due = with_reminders(queries.due(visible_sales(user), today)).select_related("payer")
    sales = list(due[: _ON_TODAY + 1])
    if not sales:
        return None
    return {"sales": sales[:_ON_TODAY], "more": len(sales) > _ON_TODAY, "today": today}
