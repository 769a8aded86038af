"""Taking an import back as one act; what people have since worked on is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import jobs, journal, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused, command
from zvans.core.models import Event, EventSubject, Job
from zvans.people.imports.run import actor_of
from zvans.people.imports.targets import targets
from zvans.people.models import Client, ContactPoint, FamilyTie, ImportRun
from zvans.team.models import User

_CHUNK = 500
_ENDED = (ImportRun.State.DONE, ImportRun.State.CANCELLED, ImportRun.State.FAILED)


@command
def start(run: ImportRun, by: User) -> Job:
    """Undo the import as a watched job.

    Raises:
        Refused: while it is running, and when it was undone before.
    """
    if not ImportRun.objects.filter(pk=run.pk, state__in=_ENDED).update(state=ImportRun.State.RUNNING):
        raise _not_now()
    job = jobs.start("zvans.people.imports.undo.work", by, run_id=run.pk, was=run.state)
    ImportRun.objects.filter(pk=run.pk).update(job=job)
    return job


def work(job: Job, run_id: int, was: str) -> None:
    """The job; it is one transaction, so killed or cancelled it has undone nothing and may be called again."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state != ImportRun.State.RUNNING:
        return
    try:
        undo(run)
    except BaseException:
        ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING).update(state=was)
        raise


@command
def at_once(run: ImportRun) -> dict[str, int]:
    """Undo the import here and now; returns what ``undo`` does.

    Raises:
        Refused: while it is running, and when it was undone before.
    """
    if not ImportRun.objects.filter(pk=run.pk, state__in=_ENDED).update(state=ImportRun.State.RUNNING):
        raise _not_now()
    return undo(run)


@command
def undo(run: ImportRun) -> dict[str, int]:
    """Archive what the import made, and put back what it changed; returns how many of each were undone, and kept.

    Clients, deals and payments that people have changed or worked with since stay as they are.
    """
    by = actor_of(run)
    undone: Counter[str] = Counter()
    for target in targets:
        undone.update(target.undo(by))
    changed, left = _put_back(by)
    _untie(by)
    archived, stay = _archive(by)
    undone.update(clients_archived=archived, clients_restored=changed, clients_kept=stay + left)
    run.report, run.state = run.report | {"undone": dict(undone)}, ImportRun.State.UNDONE
    run.save(update_fields=["report", "state"])
    journal.record(by, "people.import_undone", run, clients=archived)
    return dict(undone)


def touched(batch: Any, model: Any) -> QuerySet[EventSubject]:
    """The records of a model on whose history something stands after the import, done by someone else."""
    first = Event.objects.filter(batch=batch).order_by("pk").values("pk")[:1]
    later = EventSubject.objects.filter(subject_type=journal.content_type(model), event_id__gt=first)
    undone = ImportRun.objects.filter(state=ImportRun.State.UNDONE).values("batch")
    return later.exclude(event__batch=batch, event__batch__isnull=False).exclude(
        event__batch__in=undone, event__batch__isnull=False
    )


def _not_now() -> Refused:
    return Refused(_("This import can't be undone now: it is still running, or was undone before."))


def _archive(by: Actor) -> tuple[int, int]:
    """Put away the clients that the import added; returns how many, and how many stay."""
    added = Event.objects.filter(batch=by.batch, kind="people.client_added").values("about_id")
    there = Client.objects.active().filter(pk__in=added)
    free = there.exclude(pk__in=touched(by.batch, Client()).values("subject_id"))
    now = timezone.now()
    clients = list(free.only("pk", "given_name", "patronymic", "family_name"))
    for some in _chunks(clients):
        Client.objects.filter(pk__in=[client.pk for client in some]).update(archived_at=now)
        journal.record_many(
            (
                journal.draft(by, "people.client_archived", client, changes={"archived_at": [None, now.isoformat()]}),
                client,
                (),
            )
            for client in some
        )
    return len(clients), there.count()


def _put_back(by: Actor) -> tuple[int, int]:
    """Give the clients whom the import only changed their former values; returns how many, and how many stay."""
    events = Event.objects.filter(batch=by.batch, kind="people.client_changed").order_by("-pk")
    added = Event.objects.filter(batch=by.batch, kind="people.client_added").values("about_id")
    by_client: dict[int, list[Event]] = {}
    for event in events.exclude(about_id__in=added):
        by_client.setdefault(event.about_id, []).append(event)
    clients = Client.objects.in_bulk(list(by_client))
    changed, differing = [], 0
    for pk, client in clients.items():
        before, whole = _restore(client, by_client[pk])
        differing += not whole
        if before:
            changed.append((client, before))
    for some in _chunks(changed):
        search.index_many(Client.objects.filter(pk__in=[client.pk for client, _b in some]).prefetch_related("contacts"))
        journal.record_many(
            (journal.draft(by, "people.client_changed", client, changes=before), client, ()) for client, before in some
        )
    return len(changed), differing


def _restore(client: Client, events: Iterable[Event]) -> tuple[dict[str, list[Any]], bool]:
    """Put back each value that is still as the import left it, latest first; and whether all of them were."""
    changes: dict[str, list[Any]] = {}
    whole = True
    for event in events:
        for name, (before, after) in event.changes.items():
            if name == "contacts":
                points = ContactPoint.objects.filter(client=client, value__in=[v for v in after if v not in before])
                changes.setdefault("contacts", [after, before])
                points.delete()
                continue
            column = f"{name}_id" if isinstance(before or after, dict) else name
            if _as_kept(getattr(client, column)) != _plain(after):
                whole = False
                continue
            changes.setdefault(name, [after, before])[1] = before
            setattr(client, column, date.fromisoformat(before) if before and name == "birthday" else _plain(before))
    columns = [name for name in changes if name != "contacts"]
    if columns:
        client.save(update_fields=[*columns, "sort_name"])
    return changes, whole


def _untie(by: Actor) -> None:
    """Take back the ties to and of clients who were there before."""
    added = set(Event.objects.filter(batch=by.batch, kind="people.client_added").values_list("about_id", flat=True))
    events = Event.objects.filter(batch=by.batch, kind="people.family_tied").values_list("about_id", "facts")
    for client, facts in events:
        if client not in added or facts.get("relative_id") not in added:
            FamilyTie.objects.filter(client=client, relative=facts.get("relative_id")).delete()


def _plain(fact: Any) -> Any:
    return fact["id"] if isinstance(fact, dict) else fact


def _as_kept(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _chunks(items: list[Any]) -> Iterable[list[Any]]:
    return (items[first : first + _CHUNK] for first in range(0, len(items), _CHUNK))
