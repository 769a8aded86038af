"""What is done to an entry of any kept list; each writes the event ``app.model_added``, ``…_changed`` and so on.

A list with a law of its own has a command in its app, which looks to that law and then calls the one here.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.collation import SortKey
from zvans.core.commands import Refused, assign, command
from zvans.core.models import Archivable, Ordered

E = TypeVar("E", bound=Archivable)
Placed = TypeVar("Placed", bound=Ordered)


@command
def add_entry(by: Actor, model: type[E], *, name: str, **fields: Any) -> E:
    """Add an entry, at the end when the list has an order.

    Raises:
        Refused: without a name, or when there is one of that name, be it in the archive.
    """
    entry = model(name=_named(name), **fields)
    if isinstance(entry, Ordered):
        entry.position = next_place(type(entry))
    _save(entry, force_insert=True)
    record(by, "added", entry)
    return entry


@command
def change_entry(by: Actor, entry: E, **fields: Any) -> E:
    """Rename it, or change what else is given; whatever has it shows it under its new name.

    Raises:
        Refused: as for ``add_entry``.
    """
    if "name" in fields:
        fields["name"] = _named(fields["name"])
    changes = assign(entry, **fields)
    if changes:
        keys = [field.name for field in entry._meta.fields if isinstance(field, SortKey)]
        _save(entry, update_fields=[*changes, *keys])
        record(by, "changed", entry, changes=changes)
    return entry


@command
def put_entry_before(by: Actor, entry: Placed, among: models.QuerySet[Placed]) -> None:
    """Change places with the one before it, of those ``among`` that are not archived; the first stays first."""
    entries = list(among.filter(archived_at=None))
    place = entries.index(entry)
    if place == 0:
        return
    entries[place - 1], entries[place] = entries[place], entries[place - 1]
    for position, each in enumerate(entries):
        each.position = position
    type(entry)._default_manager.bulk_update(entries, ["position"])
    record(by, "changed", entry)


@command
def archive_entry(by: Actor, entry: E) -> None:
    """Offer it no more; whatever has it keeps it."""
    if _all(entry).filter(pk=entry.pk, archived_at=None).update(archived_at=timezone.now()):
        record(by, "archived", entry)


@command
def restore_entry(by: Actor, entry: E) -> None:
    """Bring it back, at the end when the list has an order."""
    values: dict[str, Any] = {"archived_at": None}
    if isinstance(entry, Ordered):
        values["position"] = next_place(type(entry))
    if _all(entry).filter(pk=entry.pk).exclude(archived_at=None).update(**values):
        record(by, "restored", entry)


def refuse_last(entry: E, among: models.QuerySet[E], sentence: str) -> None:
    """For the commands of lists that must not become empty.

    Raises:
        Refused: with the sentence, when no other of those ``among`` is in use.
    """
    in_use = set(among.filter(archived_at=None).select_for_update().values_list("pk", flat=True))
    if in_use <= {entry.pk}:
        raise Refused(sentence)


def next_place(model: type[Ordered]) -> int:
    last: int | None = model._default_manager.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def record(by: Actor, happened: str, entry: Archivable, **more: Any) -> None:
    """Write the event of a list's entry, for commands that write it in a way of their own."""
    journal.record(by, f"{entry._meta.label_lower}_{happened}", entry, **more)


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Write a name."), field="name")
    return name.strip()


def _save(entry: Archivable, **how: Any) -> None:
    try:
        with transaction.atomic():
            entry.save(**how)
    except IntegrityError:
        raise Refused(
            _("“%(name)s” is there already. Look among the archived ones too.") % {"name": entry}, field="name"
        ) from None


def _all(entry: E) -> models.QuerySet[E]:
    return type(entry)._default_manager.all()
