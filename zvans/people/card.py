"""What the upper storeys show on a client's card, beside the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from zvans.core.registry import Registry
from zvans.people.models import Client
from zvans.team.models import User


@dataclass(frozen=True)
class Panel:
    """A panel in the right column of the card ("what is open").

    Args:
        load: the template's context for this client as this user sees them; None hides the panel.
            It costs a fixed number of queries.
        template: renders the panel (a ``<c-card>``); it gets ``client`` and what ``load`` returns.
        capability: who sees the panel.
    """

    name: str
    load: Callable[[User, Client], dict[str, Any] | None]
    template: str
    capability: str
    order: int = 0


@dataclass(frozen=True)
class Act:
    """An act that the card offers in its composer: "Payment", "Message", "Deal".

    Args:
        name: the URL name of the act's form, which opens in a dialog; it takes the client's ``pk``.
    """

    name: str
    label: str | Promise
    icon: str
    capability: str
    order: int = 0


panels: Registry[Panel] = Registry()
acts: Registry[Act] = Registry()
