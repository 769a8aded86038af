"""Many records written at once, at a fraction of the cost of ``bulk_create``; for imports, on both engines.

``bulk_create`` asks every field of every record how to write its value, and sends SQLite some eighty records a
statement. Here a value that the driver takes as it is goes as it is, and one statement writes them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from zvans.core.collation import SortKey

_PLAIN = {str, int, type(None)}
_TAKES_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def create(records: Sequence[models.Model]) -> None:
    """INSERT new records of one model, each with a key that it is given here; within a transaction.

    No ``save`` is called and no signal is sent; an object that a record refers to must have been written.
    """
    if not records:
        return
    model, connection = type(records[0]), connections[DEFAULT_DB_ALIAS]
    for record, key in zip(records, _keys(model, len(records), connection), strict=True):
        record.pk = key
        record._state.adding, record._state.db = False, connection.alias
    fields = model._meta.concrete_fields
    columns = [_column(field, records, connection) for field in fields]
    insert(model, [field.attname for field in fields], zip(*columns, strict=True))


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    replace: tuple[Sequence[str], Sequence[str]] | None = None,
) -> None:
    """INSERT rows of values that the driver takes as they are: texts, whole numbers, None.

    Args:
        names: the fields of a row, as ``field_id`` when they are relations; the key may be left out.
        replace: where a row of the same (first) fields is there already, its (second) fields are overwritten.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    columns = {field.attname: field.column for field in model._meta.concrete_fields}

    def listed(fields: Sequence[str]) -> list[str]:
        return [quote(str(columns[name])) for name in fields]

    into, marks = f"{quote(model._meta.db_table)} ({', '.join(listed(names))})", ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608
    if replace:
        same, overwritten = replace
        values = ", ".join(f"{column} = EXCLUDED.{column}" for column in listed(overwritten))
        sql += f" ON CONFLICT ({', '.join(listed(same))}) DO UPDATE SET {values}"
    rows = list(rows)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _keys(model: type[models.Model], number: int, connection: BaseDatabaseWrapper) -> Sequence[int]:
    """Keys that no other record has or will get."""
    assert connection.in_atomic_block, "keys are taken and used within one transaction"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the transaction holds the only write lock
            cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = int(cursor.fetchone()[0])
            return range(last + 1, last + 1 + number)
        column = model._meta.pk.column
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, number]
        )
        return sorted(key for (key,) in cursor.fetchall())


def _column(field: Any, records: Sequence[models.Model], connection: BaseDatabaseWrapper) -> list[Any]:
    """What the database is to hold of one field of each record."""
    if field.is_relation:
        _take_keys_of_related(field, records)
    if isinstance(field, SortKey):
        return [field.pre_save(record, True) for record in records]
    values = [getattr(record, field.attname) for record in records]
    if isinstance(field, _TAKES_PLAIN) and {type(value) for value in values} <= _PLAIN:
        return values
    if isinstance(field, models.JSONField):
        nothing = field.get_db_prep_save({}, connection)
        return [nothing if value == {} else field.get_db_prep_save(value, connection) for value in values]
    written = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return [written[value] for value in values]


def _take_keys_of_related(field: Any, records: Sequence[models.Model]) -> None:
    """The keys of objects that had none yet when they were assigned."""
    for record in records:
        if getattr(record, field.attname) is None:
            related = field.get_cached_value(record, default=None)
            if related is not None:
                setattr(record, field.name, related)
