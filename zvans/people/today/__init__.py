"""What stands on Today, everyone's first page; each app adds the sections that it knows about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from zvans.core.registry import Registry
from zvans.team.models import User


@dataclass(frozen=True)
class Section:
    """A section of Today.

    Args:
        load: the template's context as this user sees it; None hides the section. A user who sees everything
            gets everyone's. It shows a page of rows at the most and costs a fixed number of queries.
        template: renders the section (a ``<c-card>``).
        wide: whether it stands in the wide column (work to do) or in the narrow one (what is going on).
    """

    name: str
    load: Callable[[User], dict[str, Any] | None]
    template: str
    capability: str = ""
    order: int = 0
    wide: bool = True


@dataclass(frozen=True)
class FirstAct:
    """What a school that has no clients yet can do first; ``name`` is the URL name it leads to."""

    name: str
    label: str | Promise
    why: str | Promise
    icon: str
    capability: str
    order: int = 0
    in_dialog: bool = False


sections: Registry[Section] = Registry()
first_acts: Registry[FirstAct] = Registry()
