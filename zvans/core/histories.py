"""The history of any object as a reader may see it: what ``{% history object %}`` shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from zvans.core import dates, journal, money
from zvans.core.actors import ActorKind
from zvans.core.journal import EventKind
from zvans.core.models import Event
from zvans.core.privacy import without_contacts

if TYPE_CHECKING:
    from zvans.team.models import User

PAGE = 50
NOTHING = "—"


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One event, as one reader may see it."""

    event: Event
    kind: EventKind
    sentence: str
    changes: list[Change]
    facts: dict[str, Any]
    link: str

    @property
    def who(self) -> str:
        if self.event.actor:
            return str(self.event.actor)
        return self.event.actor_label or str(ActorKind(self.event.actor_kind).label)


@dataclass(frozen=True)
class History:
    """A page of a history, by day; ``older`` is the id before which the next page begins, if there is one."""

    days: list[tuple[date, list[Entry]]]
    older: int | None


def read(user: User, subject: models.Model, *, before: int | None = None, size: int = PAGE) -> History:
    """The newest events on the subject's history (older than ``before``) that the user may see; one query."""
    hidden = [kind.name for kind in journal.kinds if kind.capability and not user.has_perm(kind.capability)]
    events = list(journal.history(subject, before=before).exclude(kind__in=hidden)[: size + 1])
    shown = events[:size]
    live = {kind.name for kind in journal.kinds if kind.live}
    models.prefetch_related_objects([event for event in shown if event.kind in live], "about")
    entries = [_entry(user, event, subject) for event in shown]
    days = groupby(entries, key=lambda entry: timezone.localtime(entry.event.at).date())
    return History([(day, list(of_day)) for day, of_day in days], shown[-1].pk if len(events) > size else None)


def _entry(user: User, event: Event, subject: models.Model) -> Entry:
    kind = journal.kinds.get(event.kind) or EventKind(event.kind, event.kind)
    cover: Callable[[str], str] = str if user.has_perm("people.view_contacts") else without_contacts
    hidden = {name for name, capability in kind.private.items() if not user.has_perm(capability)}
    facts = {name: _covered(value, cover) for name, value in event.facts.items() if name not in hidden}
    changes = {name: pair for name, pair in event.changes.items() if name not in hidden and name not in kind.told}
    shown = {name: _show(value, is_amount=name in kind.amounts) for name, value in facts.items()}
    about_other = (event.about_type_id, event.about_id) != (journal.content_type(subject).pk, subject.pk)
    return Entry(
        event=event,
        kind=kind,
        sentence=str(kind.sentence).format_map(_Facts(shown, about=cover(_seen_from(subject, event.about_label)))),
        changes=list(_changes(event, kind, changes, cover)),
        facts=facts,
        link=reverse(kind.link, args=[event.about_id]) if kind.link and about_other else "",
    )


def _seen_from(subject: models.Model, label: str) -> str:
    """On Anna's own card "Anna — English A1" is "English A1", and on the group's page it is "Anna"."""
    return label.removeprefix(f"{subject} — ").removesuffix(f" — {subject}")


class _Facts(dict[str, str]):
    """A fact that was not written, or that the reader may not see, leaves a mark instead of an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def _covered(value: Any, cover: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_covered(item, cover) for item in value]
    return cover(value) if isinstance(value, str) else value


def _changes(
    event: Event, kind: EventKind, changes: dict[str, list[Any]], cover: Callable[[str], str]
) -> Iterable[Change]:
    model = event.about_type.model_class()
    for name, (before, after) in changes.items():
        if name == "archived_at":
            continue
        field = _field(model, name)
        amount = name in kind.amounts
        yield Change(
            _label(field, name),
            cover(_show(before, field, is_amount=amount)),
            cover(_show(after, field, is_amount=amount)),
        )


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(field: Any, name: str) -> str:
    if isinstance(field, models.Field):
        return str(field.verbose_name)
    if field is not None and field.related_model:
        return str(field.related_model._meta.verbose_name_plural)
    return name.replace("_", " ")


_ISO = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


def _show(value: Any, field: Any = None, *, is_amount: bool = False) -> str:
    """A JSON value of the journal, for a person."""
    if value in (None, "", [], {}):
        return NOTHING
    choices = dict(getattr(field, "flatchoices", None) or ())
    match value:
        case bool():
            shown = _("yes") if value else _("no")
        case dict():
            shown = str(value.get("label", value))
        case list():
            shown = ", ".join(_show(item) for item in value)
        case int() if is_amount:
            shown = money.show(value)
        case int() | str() if value in choices:
            shown = str(choices[value])
        case str() if _ISO.fullmatch(value):
            shown = _show_time(value)
        case _:
            shown = str(value)
    return shown


def _show_time(value: str) -> str:
    if "T" not in value:
        found = parse_date(value)
        return dates.day(found) if found else value
    moment = parse_datetime(value)
    return dates.day_time(moment) if moment else value
