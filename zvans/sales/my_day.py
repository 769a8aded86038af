"""What sales shows on Today and on a client's card."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from zvans.core import organisation
from zvans.core.times import day_bounds
from zvans.people.models import Client
from zvans.sales import queries
from zvans.sales.access import own_deals, visible_deals
from zvans.team.models import User

_ROWS = 20
_APPLIED = ("application__created_at", "application__comment", "stage__within_hours", "stage_since")
_PANEL = 5


def applications(user: User) -> dict[str, Any] | None:
    """The applications of the user's branches that nobody has answered, the longest waiting first."""
    waiting = queries.unanswered(visible_deals(user))
    rows = queries.lines(user, waiting[: _ROWS + 1], *_APPLIED)
    if not rows:
        return None
    count = len(rows) if len(rows) <= _ROWS else waiting.order_by().count()
    return {"lines": rows[:_ROWS], "count": count}


def steps(user: User) -> dict[str, Any] | None:
    """The next steps that are due by the end of today, overdue first; everyone's for whoever sees everything."""
    _start, midnight = day_bounds(timezone.localdate(), organisation.current().tz)
    due = queries.due_steps(own_deals(user), midnight)
    counts = due.order_by().aggregate(all=Count("pk"), overdue=Count("pk", filter=Q(next_step_at__lt=timezone.now())))
    if not counts["all"]:
        return None
    rows = queries.lines(user, due[:_ROWS])
    return {"lines": rows, "count": counts["all"], "overdue": counts["overdue"]}


def funnel(user: User) -> dict[str, Any] | None:
    """The last days in five numbers, of the deals that the user sees."""
    since = queries.funnel_start()
    counted = queries.funnel(visible_deals(user), since)
    return {"funnel": counted, "since": timezone.localtime(since)} if counted[0].count else None


def deals_of(user: User, client: Client) -> dict[str, Any]:
    """The newest deals in which the client asked or will study, the open ones first."""
    deals = visible_deals(user).active().about([client]).with_cards()
    return {"deals": list(deals.order_by(F("closed_at").desc(nulls_first=True), "-pk")[:_PANEL])}
