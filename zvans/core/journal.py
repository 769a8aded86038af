"""The journal: one event for each command, and the histories read from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from zvans.core import bulk
from zvans.core.actors import Actor
from zvans.core.commands import Changes, as_fact
from zvans.core.models import Event, EventSubject
from zvans.core.registry import Registry

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class EventKind:
    """A kind of event and how a history shows it.

    Args:
        name: "app.object_verbed", as code and automation name it.
        sentence: what happened, for a person; ``{about}`` and the event's facts may stand in it.
        icon: a Tabler icon.
        tone: a colour name of the interface: "", "green", "red", "yellow", "blue".
        template: a template of its own for kinds that need more than a sentence (a note, a message). It gets
            ``entry`` (``core.histories.Entry``), whose ``facts`` hold only what the reader may see.
        capability: who sees such events at all; whoever sees the history when empty.
        private: changes and facts that only holders of a capability see: ``{"contacts": "people.view_contacts"}``.
        amounts: changes and facts that are money, in minor units.
        link: the URL name of the page of the object that it is about, which takes its ``pk``.
        told: changes that the sentence tells already, so that they are not listed below it.
        live: whether the template shows the object as it is now, as ``entry.event.about``; a page of a history
            fetches all of them at once.
    """

    name: str
    sentence: str | Promise
    icon: str = "point"
    tone: str = ""
    template: str = ""
    capability: str = ""
    private: Mapping[str, str] = field(default_factory=dict)
    amounts: Collection[str] = ()
    link: str = ""
    told: Collection[str] = ()
    live: bool = False


kinds: Registry[EventKind] = Registry()


def record(
    by: Actor,
    kind: str,
    about: models.Model,
    *,
    concerning: Iterable[models.Model] = (),
    changes: Changes | None = None,
    **facts: Any,
) -> Event:
    """Write one event, in the transaction of the command that calls it.

    Args:
        about: the object it happened to; the event stands in its history.
        concerning: more objects in whose histories it stands (the clients whose timelines show it).
        changes: ``{field: [before, after]}``, as ``commands.assign`` returns.
        facts: what else there is to tell (a note's text, an amount), as JSON values.
    """
    event = draft(by, kind, about, changes=changes, **facts)
    event.save(force_insert=True)
    EventSubject.objects.bulk_create(
        EventSubject(event=event, subject_type_id=kind, subject_id=key) for kind, key in _subjects(about, concerning)
    )
    return event


def draft(by: Actor, kind: str, about: models.Model, *, changes: Changes | None = None, **facts: Any) -> Event:
    """An event that is not yet written; for ``record_many``."""
    if kind not in kinds:
        raise LookupError(f"event kind {kind!r} is not registered")
    return Event(
        kind=kind,
        actor_kind=by.kind,
        actor_id=by.user_id,
        actor_label=by.label[:120],
        about_type_id=content_type(about).pk,
        about_id=about.pk,
        about_label=str(about)[:200],
        changes=changes or {},
        facts={name: as_fact(value) for name, value in facts.items()},
        batch=by.batch,
    )


def record_many(drafts: Iterable[tuple[Event, models.Model, Iterable[models.Model]]]) -> None:
    """Write many events at once. Each draft is ``(event, about, concerning)``, as for ``record``."""
    drafts, now = list(drafts), timezone.now()
    for event, _about, _concerning in drafts:
        event.at = now
    bulk.create([event for event, _about, _concerning in drafts])
    bulk.insert(
        EventSubject,
        ("event_id", "subject_type_id", "subject_id"),
        ((event.pk, kind, key) for event, about, concerning in drafts for kind, key in _subjects(about, concerning)),
    )


def history(subject: models.Model, *, before: int | None = None) -> QuerySet[Event]:
    """Every event on the subject's history, newest first; with ``before``, those older than that event's id."""
    stands = {"subjects__subject_type": content_type(subject), "subjects__subject_id": subject.pk}
    if before:
        stands["subjects__event_id__lt"] = before
    return Event.objects.filter(**stands).select_related("actor", "about_type").order_by("-subjects__event_id")


def content_type(record: models.Model) -> ContentType:
    return ContentType.objects.get_for_model(record)


def _subjects(about: models.Model, concerning: Iterable[models.Model]) -> list[tuple[int, int]]:
    """The objects in whose histories an event stands, each once: (type, key)."""
    return sorted({(content_type(record).pk, record.pk) for record in (about, *concerning)})
