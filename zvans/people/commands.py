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
from django.utils.translation import pgettext

from zvans.core import journal, organisation, phones, search
from zvans.core.actors import Actor
from zvans.core.commands import Changes, Refused, as_fact, assign, command
from zvans.core.kept_lists.commands import add_entry
from zvans.people.calls import OUTCOMES
from zvans.people.models import Client, ContactPoint, FamilyTie, OwnField, Tag, Task
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
    tags: Iterable[Tag | str] = (),
    own: dict[str, Any] | None = None,
    **fields: Any,
) -> Client:
    """Add a client.

    Args:
        tags: a tag that is given by its name is made when there is none.
        own: values of the school's own fields, by ``OwnField.key``.
        fields: any other field of ``Client``.

    Raises:
        Refused: without a name.
    """
    if not (given_name.strip() or family_name.strip()):
        raise Refused(_("Write at least a name."), field="given_name")
    client = Client(given_name=given_name.strip(), family_name=family_name.strip(), **fields)
    _set_own(client, own or {})
    client.save(force_insert=True)
    ContactPoint.objects.bulk_create(_points(client, contacts))
    client.tags.set(_tags(by, tags))
    search.index(client)
    journal.record(by, "people.client_added", client)
    return client


@command
def add_client_with_call(by: Actor, *, call_at: datetime | None, **client: Any) -> Client:
    """Add a client and, when ``call_at`` is given, their manager's task to call them then.

    Raises:
        Refused: for a call that nobody would make.
    """
    if call_at and not client.get("manager"):
        raise Refused(_("Choose the manager who will call."), field="manager")
    added = add_client(by, **client)
    if call_at and added.manager:
        add_task(by, title=pgettext("task", "Call"), due_at=call_at, assignee=added.manager, client=added, is_call=True)
    return added


@command
def change_client(
    by: Actor,
    client: Client,
    *,
    contacts: Sequence[Contact] | None = None,
    tags: Iterable[Tag | str] | None = None,
    own: dict[str, Any] | None = None,
    **fields: Any,
) -> Client:
    """Change what is given and leave the rest; ``contacts`` and ``tags`` replace all there were."""
    changes = assign(client, **fields)
    if not client.name.strip():
        raise Refused(_("Write at least a name."), field="given_name")
    own_changes = _set_own(client, own or {})
    if changes or own_changes:
        client.save(update_fields=[*changes, "sort_name", *(["own"] if own_changes else [])])
    changes |= own_changes
    if contacts is not None:
        before, after = _replace_contacts(client, contacts)
        if before != after:
            changes["contacts"] = [before, after]
    if tags is not None:
        before = sorted(tag.name for tag in client.tags.all())
        client.tags.set(_tags(by, tags))
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
    if Client.objects.filter(pk=client.pk, archived_at=None).update(archived_at=timezone.now()):
        journal.record(by, "people.client_archived", client)


@command
def restore_client(by: Actor, client: Client) -> None:
    if Client.objects.filter(pk=client.pk).exclude(archived_at=None).update(archived_at=None):
        journal.record(by, "people.client_restored", client)


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


# What a relative is to the client, read from the other end of a tie of the kind.
CHILD = "child"
EMPLOYEE = "employee"
_TURNED = {CHILD: FamilyTie.Kind.PARENT, EMPLOYEE: FamilyTie.Kind.EMPLOYER}
_ONE_WAY = (FamilyTie.Kind.PARENT, FamilyTie.Kind.EMPLOYER)


@command
def add_relative(
    by: Actor, client: Client, *, relation: str, payer: str = "", relative: Client | None = None, **person: Any
) -> Client:
    """Tie someone to the client, as it is said on the client's card.

    Args:
        relation: what they are to the client: a ``FamilyTie.Kind``, ``CHILD`` or ``EMPLOYEE``.
        payer: "client" or "relative" when one pays for the other.
        relative: who it is; without it ``person`` is added, with the manager and branch of the client.

    Raises:
        Refused: when a child or an employee is said to pay.
    """
    kind = _TURNED.get(relation) or FamilyTie.Kind(relation)
    is_turned = relation in _TURNED or (kind not in _ONE_WAY and payer == "client")
    if kind in _ONE_WAY and payer == ("relative" if is_turned else "client"):
        raise Refused(_("The one who pays is the parent or the employer. Otherwise choose “relative”."), field="payer")
    other = relative or add_client(by, manager=client.manager, branch=client.branch, **person)
    paid, payer_side = (other, client) if is_turned else (client, other)
    tie_family(by, paid, payer_side, kind=kind, pays=bool(payer))
    return other


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
def log_call(
    by: Actor,
    client: Client,
    *,
    outcome: str,
    text: str = "",
    incoming: bool = False,
    call_back_at: datetime | None = None,
    call_back_by: User | None = None,
) -> None:
    """Write a call on the client's timeline, and do what follows from how it ended.

    Args:
        outcome: one of ``calls.OUTCOMES``. One that settles does the caller's tasks to call this client.
        call_back_at: when to call again; it becomes a task for ``call_back_by``.
    """
    journal.record(by, "people.call_logged", client, outcome=outcome, text=text.strip(), incoming=incoming)
    if OUTCOMES[outcome].settles:
        for task in Task.objects.filter(client=client, is_call=True, done_at=None, assignee=by.user_id):
            complete_task(by, task)
    if call_back_at and call_back_by:
        add_task(by, title=_("Call back"), due_at=call_back_at, assignee=call_back_by, client=client, is_call=True)


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
    journal.record(by, "people.task_added", task, concerning=_concerned(task), due_at=due_at, assignee=assignee)
    return task


@command
def change_task(by: Actor, task: Task, **fields: Any) -> Task:
    """Change what is given of the task and leave the rest."""
    before = _concerned(task)
    changes = assign(task, **fields)
    if not task.title.strip():
        raise Refused(_("Write what is to be done."), field="title")
    if changes:
        task.save(update_fields=list(changes))
        journal.record(by, "people.task_changed", task, concerning=[*before, *_concerned(task)], changes=changes)
    return task


@command
def complete_task(by: Actor, task: Task) -> None:
    """Done; done twice is done once."""
    if Task.objects.filter(pk=task.pk, done_at=None).update(done_at=timezone.now()):
        journal.record(by, "people.task_done", task, concerning=_concerned(task))


@command
def reopen_task(by: Actor, task: Task) -> None:
    if Task.objects.filter(pk=task.pk).exclude(done_at=None).update(done_at=None):
        journal.record(by, "people.task_reopened", task, concerning=_concerned(task))


@command
def postpone_task(by: Actor, task: Task, due_at: datetime) -> None:
    changes = assign(task, due_at=due_at)
    if changes:
        task.save(update_fields=["due_at"])
        journal.record(by, "people.task_postponed", task, concerning=_concerned(task), changes=changes)


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


def _tags(by: Actor, tags: Iterable[Tag | str]) -> list[Tag]:
    """The tags, with those that are given by name found or made."""
    tags = list(tags)
    names = {name.strip(): None for name in tags if isinstance(name, str) and name.strip()}
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in names.keys() - known.keys():
        known[name] = Tag.objects.filter(name__iexact=name).first() or add_entry(by, Tag, name=name)
    return [tag for tag in tags if isinstance(tag, Tag)] + [known[name] for name in names]


def _set_own(client: Client, values: dict[str, Any]) -> Changes:
    """Set the given own fields of the client, unsaved; the changes are told by the fields' names."""
    names = {field.key: field.name for field in OwnField.objects.filter(pk__in=values)} if values else {}
    before = client.own
    kept = before | {key: as_fact(value) for key, value in values.items() if key in names}
    client.own = {key: value for key, value in kept.items() if value not in (None, "")}
    changed = [key for key in names if before.get(key) != client.own.get(key)]
    return {names[key]: [before.get(key), client.own.get(key)] for key in changed}


def _concerned(task: Task) -> list[Client]:
    return [task.client] if task.client else []
