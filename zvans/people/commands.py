"""Every write about people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal, organisation, phones, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.people.models import Client, ContactPoint, FamilyTie, Tag, Task
from zvans.team.models import User


@dataclass(frozen=True)
class Contact:
    """A way to reach someone, as typed: a phone, an e-mail, or a messenger's name.

    Args:
        value: as a person writes it.
        whose: whose it is, when it is not the client's own ("husband").
    """

    kind: ContactPoint.Kind
    value: str
    label: str = ""
    whose: str = ""


@command
def add_client(
    by: Actor,
    *,
    given_name: str,
    family_name: str = "",
    contacts: Sequence[Contact] = (),
    tags: Iterable[Tag] = (),
    **fields: Any,
) -> Client:
    """Add a client.

    Args:
        fields: any other field of ``Client``.

    Raises:
        Refused: without a name.
    """
    if not (given_name.strip() or family_name.strip()):
        raise Refused(_("Write at least a name."), field="given_name")
    client = Client(given_name=given_name.strip(), family_name=family_name.strip(), **fields)
    client.save(force_insert=True)
    ContactPoint.objects.bulk_create(_points(client, contacts))
    client.tags.set(tags)
    search.index(client)
    journal.record(by, "people.client_added", client)
    return client


@command
def change_client(
    by: Actor,
    client: Client,
    *,
    contacts: Sequence[Contact] | None = None,
    tags: Iterable[Tag] | None = None,
    **fields: Any,
) -> Client:
    """Change what is given and leave the rest; ``contacts`` and ``tags`` replace all there were."""
    changes = assign(client, **fields)
    if not client.name.strip():
        raise Refused(_("Write at least a name."), field="given_name")
    if changes:
        client.save(update_fields=list(changes))
    if contacts is not None:
        before, after = _replace_contacts(client, contacts)
        if before != after:
            changes["contacts"] = [before, after]
    if tags is not None:
        before = sorted(tag.name for tag in client.tags.all())
        client.tags.set(tags)
        after = sorted(tag.name for tag in client.tags.all())
        if before != after:
            changes["tags"] = [before, after]
    if changes:
        search.index(client)
        journal.record(by, "people.client_changed", client, changes=changes)
    return client


@command
def archive_client(by: Actor, client: Client) -> None:
    """Put the client away; they can come back."""
    if client.is_archived:
        return
    changes = assign(client, archived_at=timezone.now())
    client.save(update_fields=["archived_at"])
    journal.record(by, "people.client_archived", client, changes=changes)


@command
def restore_client(by: Actor, client: Client) -> None:
    if not client.is_archived:
        return
    changes = assign(client, archived_at=None)
    client.save(update_fields=["archived_at"])
    journal.record(by, "people.client_restored", client, changes=changes)


@command
def tie_family(by: Actor, client: Client, relative: Client, *, kind: FamilyTie.Kind, pays: bool = False) -> FamilyTie:
    """Say that ``relative`` is the client's parent, partner…; telling it again changes the kind and who pays.

    Raises:
        Refused: for a tie to oneself.
    """
    if client.pk == relative.pk:
        raise Refused(_("A person can't be their own relative."), field="relative")
    tie, _made = FamilyTie.objects.update_or_create(
        client=client, relative=relative, defaults={"kind": kind, "pays": pays}
    )
    journal.record(
        by, "people.family_tied", client, concerning=[relative], relative=str(relative), relation=kind, pays=pays
    )
    return tie


@command
def untie_family(by: Actor, tie: FamilyTie) -> None:
    client, relative = tie.client, tie.relative
    tie.delete()
    journal.record(by, "people.family_untied", client, concerning=[relative], relative=str(relative))


@command
def add_note(by: Actor, client: Client, text: str) -> None:
    """Write a note on the client's timeline."""
    if not text.strip():
        raise Refused(_("Write something first."), field="text")
    journal.record(by, "people.note_added", client, text=text.strip())


@command
def log_call(by: Actor, client: Client, *, outcome: str, text: str = "", incoming: bool = False) -> None:
    """Write a call on the client's timeline; ``outcome`` is one of ``people.calls.OUTCOMES``."""
    journal.record(by, "people.call_logged", client, outcome=outcome, text=text.strip(), incoming=incoming)


@command
def add_task(
    by: Actor, *, title: str, due_at: datetime, assignee: User, client: Client | None = None, is_call: bool = False
) -> Task:
    if not title.strip():
        raise Refused(_("Write what is to be done."), field="title")
    task = Task.objects.create(
        title=title.strip(),
        due_at=due_at,
        assignee=assignee,
        client=client,
        is_call=is_call,
        created_by_id=by.user_id,
    )
    journal.record(by, "people.task_added", task, concerning=[client] if client else [], due_at=due_at)
    return task


@command
def complete_task(by: Actor, task: Task) -> None:
    """Done; done twice is done once."""
    if not Task.objects.filter(pk=task.pk, done_at=None).update(done_at=timezone.now()):
        return
    journal.record(by, "people.task_done", task, concerning=[task.client] if task.client else [])


@command
def reopen_task(by: Actor, task: Task) -> None:
    if not Task.objects.filter(pk=task.pk).exclude(done_at=None).update(done_at=None):
        return
    journal.record(by, "people.task_reopened", task, concerning=[task.client] if task.client else [])


@command
def postpone_task(by: Actor, task: Task, due_at: datetime) -> None:
    changes = assign(task, due_at=due_at)
    if changes:
        task.save(update_fields=["due_at"])
        journal.record(
            by, "people.task_postponed", task, concerning=[task.client] if task.client else [], changes=changes
        )


def read_contact(contact: Contact) -> tuple[str, str]:
    """The value as it is kept, and what was typed when it could not be read ("" when it could)."""
    typed = contact.value.strip()
    if contact.kind == ContactPoint.Kind.PHONE:
        number = phones.parse(typed, organisation.current().country)
        return (number, "") if number else (typed, typed)
    if contact.kind == ContactPoint.Kind.EMAIL:
        address = typed.replace(" ", "").strip(";,.").lower()
        try:
            validate_email(address)
        except ValidationError:
            return typed, typed
        return address, ""
    return typed, ""


def _points(client: Client, contacts: Sequence[Contact]) -> list[ContactPoint]:
    points: dict[tuple[str, str], ContactPoint] = {}
    for contact in contacts:
        if not contact.value.strip():
            continue
        value, typed = read_contact(contact)
        points.setdefault(
            (contact.kind, value),
            ContactPoint(
                client=client,
                kind=contact.kind,
                value=value,
                typed=typed,
                label=contact.label,
                whose=contact.whose,
                position=len(points),
            ),
        )
    return list(points.values())


def _replace_contacts(client: Client, contacts: Sequence[Contact]) -> tuple[list[str], list[str]]:
    before = [point.value for point in client.contacts.all()]
    points = _points(client, contacts)
    client.contacts.all().delete()
    ContactPoint.objects.bulk_create(points)
    return before, [point.value for point in points]
