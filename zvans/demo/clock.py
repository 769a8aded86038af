"""A clock that the demo school lives by: its commands write the times at which things are said to have happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

_now = timezone.now
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


class Clock:
    """Shows what it is set to, to the one who holds it; to everyone else, the time."""

    def set(self, moment: datetime) -> None:
        _moment.set(moment)


@contextmanager
def turned_back() -> Iterator[Clock]:
    """Let ``timezone.now()``, and the model fields that begin with it, ask the clock."""
    fields: list[Any] = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if getattr(field, "default", None) is _now
    ]
    timezone.now = _ask
    for field in fields:
        field.default = _ask
        field.__dict__.pop("_get_default", None)  # where Django keeps the default once it has been used
    token = _moment.set(None)
    try:
        yield Clock()
    finally:
        _moment.reset(token)
        timezone.now = _now
        for field in fields:
            field.default = _now
            field.__dict__.pop("_get_default", None)


def _ask() -> datetime:
    return _moment.get() or _now()
