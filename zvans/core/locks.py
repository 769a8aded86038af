"""Locks on what has no row yet, held by the database until the transaction ends."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.db import connection


def hold(purpose: str, names: Iterable[str]) -> None:
    """Let one transaction at a time, of all processes and machines, deal with each of the names.

    Call it before reading what the names decide about. On SQLite there is nothing to do: its transactions begin
    ``IMMEDIATE``, one after another.

    Args:
        purpose: "clients by contact"; the same name for two purposes is two locks.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is held by a transaction, and there is none")
    if connection.vendor != "postgresql":
        return
    # In one order, so that two transactions with the same names never wait for each other.
    keys = sorted({_key(f"{purpose}\0{name}") for name in names})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
