"""Joined reads about people."""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvans.core import collation, search
from zvans.people.access import sees_contacts, usable_sources, usable_tags, visible_clients
from zvans.people.commands import Contact, read_contact
from zvans.people.models import Client, ClientQuerySet, FamilyTie
from zvans.team.access import colleagues, visible_branches
from zvans.team.models import User


def client_options(user: User) -> dict[str, list[tuple[int, str]]]:
    """What the list of clients may be narrowed to: managers, branches, sources and tags, in one query."""

    def named(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by().values_list("pk", "name", Value(kind, output_field=CharField()))

    managers = named("manager", colleagues(user))
    rows = managers.union(
        named("branch", visible_branches(user)),
        named("source", usable_sources()),
        named("tag", usable_tags()),
        all=True,
    )
    options: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, name, kind in sorted(rows, key=lambda row: collation.order(row[1])):
        options[kind].append((key, name))
    return options


@dataclass(frozen=True)
class Relative:
    """Someone of the client's family, seen from the client."""

    tie: FamilyTie
    person: Client
    relation: str | Promise
    pays_for_client: bool
    client_pays: bool
    is_visible: bool


# What someone is to the client whose relative, of that kind, the client is.
_INVERSE = {FamilyTie.Kind.PARENT: _("child"), FamilyTie.Kind.EMPLOYER: _("employee")}


def family(user: User, client: Client) -> list[Relative]:
    """Everyone tied to the client, in either direction; one query."""
    seen = visible_clients(user)
    ties = FamilyTie.objects.filter(Q(client=client) | Q(relative=client)).select_related("client", "relative")
    ties = ties.annotate(
        sees_client=Exists(seen.filter(pk=OuterRef("client_id"))),
        sees_relative=Exists(seen.filter(pk=OuterRef("relative_id"))),
    )
    return [_relative(tie, client) for tie in ties.order_by("pk")]


def _relative(tie: Any, client: Client) -> Relative:
    kind = FamilyTie.Kind(tie.kind)
    if tie.client_id == client.pk:
        return Relative(tie, tie.relative, kind.label, tie.pays, client_pays=False, is_visible=tie.sees_relative)
    relation = _INVERSE.get(kind, kind.label)
    return Relative(tie, tie.client, relation, False, client_pays=tie.pays, is_visible=tie.sees_client)


@dataclass(frozen=True)
class Lookalikes:
    """Who may already be here under what is being typed.

    Args:
        clients: those whom the user may see, likeliest first.
        managers: who to ask about those with the same phone or e-mail whom the user may not see.
        has_hidden: whether there are such.
        unreadable: the phones and e-mails that could not be read and will be kept as typed.
    """

    clients: list[Client]
    managers: list[User]
    has_hidden: bool
    unreadable: list[str]


def lookalikes(
    user: User, *, name: str, contacts: Iterable[Contact], apart_from: Client | None = None, limit: int = 4
) -> Lookalikes:
    """Clients with one of the contacts, or with all the words of a whole name, in either order and any script."""
    read = [(contact, *read_contact(contact)) for contact in contacts if contact.value.strip()]
    values = [value for _contact, value, typed in read if not typed]
    same = Client.objects.active().filter(contacts__value__in=values).distinct() if values else Client.objects.none()
    if apart_from:
        same = same.exclude(pk=apart_from.pk)
    reached = list(visible_clients(user).filter(pk__in=same.values("pk")).prefetch_related("contacts")[:limit])
    hidden = list(same.exclude(pk__in=visible_clients(user).values("pk")).select_related("manager")[:limit])
    shown = {client.pk: client for client in (*reached, *_namesakes(user, name, apart_from, limit))}
    return Lookalikes(
        clients=list(shown.values())[:limit],
        managers=list({client.manager_id: client.manager for client in hidden if client.manager}.values()),
        has_hidden=bool(hidden),
        unreadable=[typed for _contact, _value, typed in read if _seems_finished(typed)],
    )


def _seems_finished(typed: str) -> bool:
    """Whether what is being typed, and can't be read, will hardly become a number by going on."""
    return sum(map(str.isdigit, typed)) >= 8 or (any(map(str.isdigit, typed)) and any(map(str.isalpha, typed)))


def _namesakes(user: User, name: str, apart_from: Client | None, limit: int) -> list[Client]:
    if len(name.split()) < 2 or any(len(word) < 3 for word in name.split()):
        return []
    found = search.best(user, search.kinds["people.client"], name, limit + 1)
    return [client for client in found if client != apart_from]


_OLDEST = 110


def birthdays(user: User, first: date, days: int) -> ClientQuerySet:
    """The visible clients whose birthday falls within so many days from ``first`` on; of February 29, on March 1.

    The dates of birth are listed one by one, so that their index is used.
    """
    born: list[date] = []
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        for year in range(day.year - _OLDEST, day.year + 1):
            born += _born(year, day)
    return visible_clients(user).active().filter(birthday__in=born)


def _born(year: int, day: date) -> list[date]:
    """The dates of birth in a year that are celebrated on the day."""
    if (day.month, day.day) == (2, 29):
        return [date(year, 2, 29)] if isleap(year) else []
    same = [day.replace(year=year)]
    if (day.month, day.day) == (3, 1) and isleap(year) and not isleap(day.year):
        same.append(date(year, 2, 29))
    return same


def shown_contacts(user: User, clients: ClientQuerySet) -> ClientQuerySet:
    """The clients with their contacts fetched, when the user may see those."""
    return clients.with_contacts() if sees_contacts(user) else clients


def own_texts(client: Client) -> Iterable[str]:
    """What the client is found by among the school's own fields."""
    return (value for value in client.own.values() if isinstance(value, str))
