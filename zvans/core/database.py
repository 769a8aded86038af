"""What the database keeps by itself: the search index, on both engines.

SQLite loses a table's triggers when a migration remakes the table, so they are laid again after each
``migrate``; every statement here may run any number of times.
"""

from typing import Any

from django.db import connections

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS core_search USING fts5("
    "words, private, content='core_searchentry', content_rowid='id', tokenize='trigram')",
    "DROP TRIGGER IF EXISTS core_search_insert",
    "DROP TRIGGER IF EXISTS core_search_delete",
    "DROP TRIGGER IF EXISTS core_search_update",
    "CREATE TRIGGER core_search_insert AFTER INSERT ON core_searchentry BEGIN "
    "INSERT INTO core_search(rowid, words, private) VALUES (new.id, new.words, new.private); END",
    "CREATE TRIGGER core_search_delete AFTER DELETE ON core_searchentry BEGIN "
    "INSERT INTO core_search(core_search, rowid, words, private) "
    "VALUES ('delete', old.id, old.words, old.private); END",
    "CREATE TRIGGER core_search_update AFTER UPDATE ON core_searchentry BEGIN "
    "INSERT INTO core_search(core_search, rowid, words, private) "
    "VALUES ('delete', old.id, old.words, old.private); "
    "INSERT INTO core_search(rowid, words, private) VALUES (new.id, new.words, new.private); END",
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS core_search_words ON core_searchentry USING gin (words gin_trgm_ops)",
    "CREATE INDEX IF NOT EXISTS core_search_private ON core_searchentry USING gin (private gin_trgm_ops)",
)


def lay_all(*, using: str = "default", **_signal: Any) -> None:
    """Lay every trigger and index of our own; called after each ``migrate``."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if "core_searchentry" not in tables:
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)
        if connection.vendor == "sqlite" and "core_search" not in tables:
            cursor.execute("INSERT INTO core_search(core_search) VALUES ('rebuild')")
