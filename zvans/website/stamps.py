"""Signed stamps of forms: when a form was shown, and which one it is; they do the work of cookies.

A stamp tells a machine from a person (who takes time to write), and a double click from two applications.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.core import signing

_SALT = "zvans.website.stamps"
FASTEST = 2.0
OLDEST = 24 * 3600


@dataclass(frozen=True)
class Stamp:
    shown_at: float
    nonce: str

    @property
    def age(self) -> float:
        """Seconds since the form was shown."""
        return time.time() - self.shown_at

    def key(self, content: dict[str, Any]) -> str:
        """What the same content sent twice from the same form has in common."""
        told = json.dumps([self.nonce, content], sort_keys=True)
        return "form:" + hashlib.sha256(told.encode()).hexdigest()


def issue(shown_at: float | None = None) -> str:
    """The stamp of a form that is shown now."""
    return signing.dumps([shown_at or time.time(), secrets.token_urlsafe(9)], salt=_SALT)


def read(text: str) -> Stamp | None:
    """The stamp, or None when it is not ours or too old."""
    try:
        shown_at, nonce = signing.loads(text, salt=_SALT, max_age=OLDEST)
    except signing.BadSignature:
        return None
    stamp = Stamp(shown_at, nonce)
    return stamp if stamp.age <= OLDEST else None
