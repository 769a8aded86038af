"""Who may open which URL: every app keeps its ``DOORS`` in ``tests/doors.py``, and ``test_doors`` walks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from zvans.demo.cast import Cast

OWNER, HEAD, MANAGER, ASSISTANT, TEACHER, ACCOUNTANT = [
    "owner",
    "head",
    "manager",
    "assistant",
    "teacher",
    "accountant",
]
EVERYONE = frozenset({OWNER, HEAD, MANAGER, ASSISTANT, TEACHER, ACCOUNTANT})
OFFICE = frozenset({OWNER, HEAD, MANAGER, ASSISTANT})
HEADS = frozenset({OWNER, HEAD})


def nothing(_cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Door:
    """A decision about one URL name.

    Args:
        opens_to: the role codes that get in; the others get 403 or 404.
        make: makes what the URL is about, in the branch «Centrs» (where the manager Ilze, the assistant Līga
            and the teacher Anna work), and returns the URL's keyword arguments.
        post: whether it is asked by POST (an act) instead of GET.
        data: the form that is posted.
        public: whether a stranger gets in too; otherwise they are sent to sign in.
    """

    opens_to: frozenset[str] = EVERYONE
    make: Callable[[Cast], dict[str, Any]] = nothing
    post: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    public: bool = False


def kept_list(
    noun: str, opens_to: frozenset[str], make: Callable[[Cast], dict[str, Any]], *, ordered: bool = False
) -> dict[str, Door]:
    """The doors of a list that is kept (``core.kept_lists``); ``make`` makes an entry that can be archived."""
    acts = ("archive", "restore", "up") if ordered else ("archive", "restore")
    return {
        f"{noun}_list": Door(opens_to),
        f"{noun}_add": Door(opens_to),
        f"{noun}_change": Door(opens_to, make=make),
        **{f"{noun}_{act}": Door(opens_to, make=make, post=True) for act in acts},
    }
