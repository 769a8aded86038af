"""Who sees which clients, and which of their data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zvans.core.registry import Registry
from zvans.people.models import Client, ClientQuerySet, OwnField, Source, Tag, Task
from zvans.team.access import in_scope
from zvans.team.models import User


@dataclass(frozen=True)
class OwnClients:
    """A reason for which a client is a user's own ("they teach their group"): a condition on ``Client``."""

    name: str
    condition: Callable[[User], Q]


own_clients: Registry[OwnClients] = Registry()
own_clients.add(OwnClients("manager", lambda user: Q(manager=user)))
own_clients.add(OwnClients("task", lambda user: Q(pk__in=_to_do_for(user))))


def _to_do_for(user: User) -> QuerySet[Task, int | None]:
    """The clients for whom the user has something to do."""
    return (
        Task.objects.filter(assignee=user, done_at=None, client__isnull=False)
        .order_by()
        .values_list("client", flat=True)
    )


def visible_clients(user: User) -> ClientQuerySet:
    """The clients that the user may see, archived ones too."""
    if not user.has_perm("people.view_client"):
        return Client.objects.none()
    if user.sees_all:
        return Client.objects.all()
    own = Q()
    for reason in own_clients:
        own |= reason.condition(user)
    return Client.objects.filter(in_scope(user, branch="branch", own=own))


def sees_contacts(user: User) -> bool:
    """Whether phones and e-mails are shown to the user, and found by."""
    return user.has_perm("people.view_contacts")


def visible_tasks(user: User) -> QuerySet[Task]:
    """The user's own tasks, those they gave to others, and those about clients whom they look after."""
    theirs = Q(assignee=user) | Q(created_by=user)
    if user.has_perm("people.change_client"):
        if user.sees_all:
            return Task.objects.all()
        theirs |= Q(client__in=visible_clients(user))
    return Task.objects.filter(theirs)


def usable_sources() -> QuerySet[Source]:
    return Source.objects.active()


def usable_tags() -> QuerySet[Tag]:
    return Tag.objects.active()


def usable_fields() -> QuerySet[OwnField]:
    return OwnField.objects.active()
