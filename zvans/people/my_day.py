"""What people show on Today: where a new school begins, the tasks that are due, and whose birthday it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from zvans.core import organisation
from zvans.core.times import day_bounds
from zvans.people.access import sees_contacts, visible_tasks
from zvans.people.models import Client
from zvans.people.queries import birthdays as born
from zvans.people.queries import shown_contacts
from zvans.people.today import first_acts
from zvans.team.models import User

_ROWS = 20
_BIRTHDAYS = 12


def beginning(user: User) -> dict[str, Any] | None:
    """What the user may do first, until the school has its first client."""
    acts = [act for act in first_acts if user.has_perm(act.capability)]
    return {"acts": acts} if acts and not Client.objects.exists() else None


def tasks(user: User) -> dict[str, Any] | None:
    """Open tasks that are due by the end of today; everyone's for whoever sees everything. None when there are none."""
    _start, end = day_bounds(timezone.localdate(), organisation.current().tz)
    due = visible_tasks(user).filter(done_at=None, due_at__lt=end)
    if not user.sees_all:
        due = due.filter(assignee=user)
    rows = list(due.select_related("client", "assignee").order_by("due_at", "pk")[: _ROWS + 1])
    return {"tasks": rows[:_ROWS], "has_more": len(rows) > _ROWS} if rows else None


def birthdays(user: User) -> dict[str, Any] | None:
    """Whose birthday is today or tomorrow, with the phone for those who may call; nothing when it is nobody's."""
    today = timezone.localdate()
    # In the order of the index that finds them: in the order of names SQLite would look through all of them.
    clients = shown_contacts(user, born(user, today, days=2)).order_by("birthday", "pk")[:_BIRTHDAYS]
    rows = [_celebrated(client, sees_phone=sees_contacts(user)) for client in clients]
    rows.sort(key=lambda row: row["day"])
    return {"birthdays": rows} if rows else None


def _celebrated(client: Client, *, sees_phone: bool) -> dict[str, Any]:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    assert client.birthday is not None
    is_today = (client.birthday.month, client.birthday.day) != (tomorrow.month, tomorrow.day)
    day = today if is_today else tomorrow
    return {"client": client, "day": day, "age": client.age_on(day), "phone": client.phone if sees_phone else None}
