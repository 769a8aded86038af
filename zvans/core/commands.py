"""How a write is written: one verb, one transaction, one event.

A command is a function whose first argument is the ``Actor``. It raises ``Refused`` with a sentence for the
person who asked when the act cannot be done; nothing is then written.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise

P = ParamSpec("P")
R = TypeVar("R")

Changes = dict[str, list[Any]]


class Refused(Exception):
    """The act cannot be done; ``str(refusal)`` is a sentence for the person who asked."""

    def __init__(self, reason: str | Promise, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.field = field


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction; a command called by a command joins its transaction."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    return run


def assign(record: models.Model, **values: Any) -> Changes:
    """Set the fields that differ and return them as ``{field: [before, after]}``; the caller saves.

    A related object is written in the journal as ``{"id": 3, "label": "Ilze Bērziņa"}``.
    """
    changes: Changes = {}
    for field, after in values.items():
        before = getattr(record, field)
        if before != after:
            changes[field] = [as_fact(before), as_fact(after)]
            setattr(record, field, after)
    return changes


def as_fact(value: Any) -> Any:
    """``value`` as JSON holds it in the journal."""
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Promise):
        return str(value)
    return value
