"""The kinds of message that Zvans writes by itself; the apps above register theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise, lazy

from zvans.core.registry import Registry


@dataclass(frozen=True)
class MessageKind:
    """A kind of message.

    Args:
        name: "schedule.place_confirmed"; the shipped text in a language is the file
            ``zvans/schedule/messages/place_confirmed.lv.liquid``: a line ``Subject: …``, an empty line, the text.
        label: what the owner calls it.
        placeholders: each dotted placeholder of the text ("group.name") with what it says; nothing else is
            seen by the text.
        sample: the values that the preview is filled with, nested as the placeholders are; those that depend on
            the language are ``written`` in it.
        days_before: for a message ahead of a day: how many days, until the owner says otherwise.
        may_opt_out: whether a client who wants no messages is spared it (an answer to what they have just
            done goes out all the same).
    """

    name: str
    label: str | Promise
    placeholders: Mapping[str, str | Promise]
    sample: Mapping[str, Any] = field(default_factory=dict)
    days_before: int | None = None
    may_opt_out: bool = True
    order: int = 0


def written(write: Callable[[], str]) -> str:
    """A sample value that is written anew in each language: a day, an amount."""
    return lazy(write, str)()


kinds: Registry[MessageKind] = Registry()
