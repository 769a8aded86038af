"""What schedule shows on the client's card and on Today."""

from __future__ import annotations

from typing import Any

from zvans.people.models import Client
from zvans.schedule import queries
from zvans.schedule.access import groups_to_join, visible_enrolments, visible_groups
from zvans.schedule.models import Enrolment
from zvans.team.models import User

_ON_TODAY = 6
_ON_CARD = 12
_SOON = 14


def load_card(user: User, client: Client) -> dict[str, Any] | None:
    """The groups that the client is in, was in or waits for, what goes on first; None when there are none."""
    mine = visible_enrolments(user).filter(student=client).select_related("group__program", "group__branch")
    places = list(
        mine.prefetch_related("group__weekly_times").order_by("ended_at", "-group__starts_on")[: _ON_CARD + 1]
    )
    if not places:
        return None
    places.sort(key=lambda place: place.state not in Enrolment.ACTIVE)
    return {"places": places[:_ON_CARD], "more": len(places) > _ON_CARD, "today": queries.today()}


def load_starting(user: User) -> dict[str, Any] | None:
    """The groups that start within two weeks, and how full they are."""
    groups = queries.about_to_start(groups_to_join(user), days=_SOON, limit=_ON_TODAY + 1)
    if not groups:
        return None
    return {"groups": groups[:_ON_TODAY], "more": len(groups) > _ON_TODAY}


def load_my_groups(user: User) -> dict[str, Any] | None:
    """The groups that the user teaches, the one of the soonest lesson first."""
    groups = queries.taught_now(visible_groups(user).filter(teacher=user), limit=_ON_TODAY + 1)
    if not groups:
        return None
    return {"groups": groups[:_ON_TODAY], "more": len(groups) > _ON_TODAY}
