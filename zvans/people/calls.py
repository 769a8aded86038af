"""How a call may end: the short list from which its outcome is chosen in one click."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Outcome:
    """An outcome of a call.

    Args:
        settles: whether the caller's tasks to call this client are thereby done.
    """

    name: str
    label: str | Promise
    icon: str
    tone: str = ""
    settles: bool = True


CALL_BACK = "call_back"
OUTCOMES = {
    outcome.name: outcome
    for outcome in (
        Outcome("reached", pgettext_lazy("call", "Reached"), icon="phone-check", tone="green"),
        Outcome("no_answer", pgettext_lazy("call", "No answer"), icon="phone-off", settles=False),
        Outcome("busy", pgettext_lazy("call", "Busy"), icon="phone-pause", settles=False),
        Outcome("wrong_number", pgettext_lazy("call", "Wrong number"), icon="phone-x", tone="red"),
        Outcome(CALL_BACK, pgettext_lazy("call", "Call back"), icon="phone-calling", tone="yellow"),
    )
}

# When to call back, for ``times.later``; "date" asks for one.
CALL_BACK_TIMES = {
    "hour": _("In an hour"),
    "evening": _("This evening"),
    "tomorrow": _("Tomorrow"),
    "week": _("In a week"),
}
