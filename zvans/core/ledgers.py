"""Ledgers: tables whose entries are added, and never changed or deleted. The database itself sees to it.

A migration that changes a table may need its triggers away, and SQLite loses them when a table is remade; so they
are lifted before each ``migrate`` and laid again after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections, transaction

from zvans.core.registry import Registry


@dataclass(frozen=True)
class Ledger:
    """A table of entries.

    Args:
        name: the table.
        fixed: the columns that no UPDATE changes. Those with what people wrote are left out: the erasure of a
            person's data may empty them.
        kept: whether its entries may not be deleted either.
    """

    name: str
    fixed: tuple[str, ...]
    kept: bool = True


ledgers: Registry[Ledger] = Registry()

# Has a row only inside a transaction that may delete entries; nobody else ever sees it.
_EMPTYING = "CREATE TABLE IF NOT EXISTS core_emptying (allowed integer NOT NULL)"
_REFUSE = (
    "CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM core_emptying) THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION '% is a ledger: its entries stay as they are', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


@contextmanager
def emptying() -> Iterator[None]:
    """One transaction in which entries may be deleted: with the whole demo school, or by ``flush``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_emptying VALUES (1)")
        yield
        cursor.execute("DELETE FROM core_emptying")


def lay(*, using: str = "default", **_signal: Any) -> None:
    """Lay the triggers of every ledger anew; called after each ``migrate``."""
    lift(using=using)
    sqlite = connections[using].vendor == "sqlite"
    with connections[using].cursor() as cursor:
        cursor.execute(_EMPTYING)
        if not sqlite:
            cursor.execute(_REFUSE)
        for ledger in _there(using):
            for statement in _on_sqlite(ledger) if sqlite else _on_postgresql(ledger):
                cursor.execute(statement)


def lift(*, using: str = "default", **_signal: Any) -> None:
    """Take the triggers away; called before each ``migrate``."""
    sqlite = connections[using].vendor == "sqlite"
    with connections[using].cursor() as cursor:
        for ledger in _there(using):
            for kind in ("fixed", "kept"):
                on = "" if sqlite else f" ON {ledger.name}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {ledger.name}_{kind}{on}")


def _there(using: str) -> list[Ledger]:
    tables = set(connections[using].introspection.table_names())
    return [ledger for ledger in ledgers if ledger.name in tables]


def _on_sqlite(ledger: Ledger) -> Iterator[str]:
    table = ledger.name
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is a ledger: its entries stay as they are'); END"
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in ledger.fixed)
    yield f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {changed} {refuse}"
    if ledger.kept:
        allowed = "EXISTS (SELECT 1 FROM core_emptying)"
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN NOT {allowed} {refuse}"


def _on_postgresql(ledger: Ledger) -> Iterator[str]:
    table, refuse = ledger.name, "EXECUTE FUNCTION core_refuse_change()"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in ledger.fixed)
    yield f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {refuse}"
    if ledger.kept:
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
