"""What every template of the frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zvans.core import organisation
from zvans.core import shell as frame
from zvans.core.words import words


def shell(request: HttpRequest) -> dict[str, Any]:
    """The organisation, its words, and the places and additions that the user may use. Nothing is read unused."""
    return {
        "organisation": SimpleLazyObject(organisation.current),
        "words": SimpleLazyObject(words),
        "navigation": SimpleLazyObject(lambda: _allowed(request, frame.navigation)),
        "settings_pages": SimpleLazyObject(lambda: _allowed(request, frame.settings_pages)),
        "additions": SimpleLazyObject(lambda: _allowed(request, frame.additions)),
    }


def _allowed(request: HttpRequest, items: Any) -> list[Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [item for item in items if not item.capability or user.has_perm(item.capability)]
