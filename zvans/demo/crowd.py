"""A school of any size, written in bulk: what ``bin/bench`` measures on and the SQL-count tests fill with.

The people of ``cast`` work in it. The same size is the same school each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from zvans.core import bulk, organisation, search
from zvans.core.actors import ActorKind
from zvans.core.models import Event, EventSubject
from zvans.demo.cast import Cast
from zvans.people.models import Client, ContactPoint, Source
from zvans.sales.models import Deal, Pipeline, Stage
from zvans.schedule.models import Group, Program, WeeklyTime

T = TypeVar("T")

_GIVEN = (
    "Anna Līga Ilze Kristīne Zane Laura Marta Elīna Dace Inese Jānis Andris Juris Edgars Artūrs Mārtiņš Kārlis".split()
)
_FAMILY = "Bērziņ Kalniņ Ozoliņ Liepiņ Krūmiņ Zariņ Vītol Eglīt Āboliņ Pētersone Jansone Balod Grīnberg Šķēl Žagar Ūdr".split()
_BATCH = 2000


@dataclass(frozen=True)
class Size:
    """How much of each: events stand on the first client's timeline besides one for each client."""

    clients: int
    open_deals: int
    groups: int
    events_of_first: int = 0


def fill(cast: Cast, size: Size) -> None:
    """Write the school into the database at hand, which holds the cast and nothing else."""
    dice = random.Random(size.clients)
    organisation.hold(cast.school)
    try:
        _clients(cast, size, dice)
        _events(cast, size)
        _groups(cast, size, dice)
        _deals(cast, size, dice)
    finally:
        organisation.hold(None)


def fill_search(cast: Cast, clients: int) -> None:
    """Write so many clients with their phones and search entries, and nothing else, as fast as they can be."""
    dice = random.Random(clients)
    branches, managers = [cast.centrs, cast.studija], [cast.ilze, cast.janis]
    for batch in _batches(range(clients)):
        with transaction.atomic():
            written = [
                Client(
                    given_name=dice.choice(_GIVEN),
                    family_name=f"{dice.choice(_FAMILY)}{dice.choice(('š', 'a', 'e'))}{_letters(number)}",
                    manager=managers[number % 2],
                    branch=branches[number % 2],
                )
                for number in batch
            ]
            bulk.create(written)
            bulk.create([_phone(client, number) for client, number in zip(written, batch, strict=True)])
            prefetch_related_objects(written, "contacts")
            search.index_many(written)


def _clients(cast: Cast, size: Size, dice: random.Random) -> None:
    sources = [Source.objects.get_or_create(name=name)[0] for name in ("Google", "Instagram", "Draugi")]
    branches = [cast.centrs, cast.studija]
    managers = [cast.ilze, cast.janis]
    now = timezone.now()
    for batch in _batches(range(size.clients)):
        clients = Client.objects.bulk_create(
            Client(
                given_name=dice.choice(_GIVEN),
                family_name=f"{dice.choice(_FAMILY)}{dice.choice(('š', 'a', 'e'))}{_letters(number)}",
                source=dice.choice(sources),
                manager=managers[number % 2],
                branch=branches[number % 2],
                created_at=now - timedelta(minutes=size.clients - number),
            )
            for number in batch
        )
        ContactPoint.objects.bulk_create(_phone(client, number) for client, number in zip(clients, batch, strict=True))
        prefetch_related_objects(clients, "contacts")
        search.index_many(clients)


def _letters(number: int) -> str:
    """A tail that makes family names differ: base 20, in letters."""
    tail = ""
    while number:
        number, digit = divmod(number, 20)
        tail += "bcdfghjklmnprstvzaei"[digit]
    return tail


def _phone(client: Client, number: int) -> ContactPoint:
    return ContactPoint(client=client, kind=ContactPoint.Kind.PHONE, value=f"+3712{number * 7919 % 10_000_000:07d}")


def _events(cast: Cast, size: Size) -> None:
    kind = ContentType.objects.get_for_model(Client)
    clients = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    first = clients[:1] * size.events_of_first
    now = timezone.now()
    for batch in _batches([*clients, *first]):
        events = Event.objects.bulk_create(
            Event(
                at=now - timedelta(minutes=number),
                kind="people.note_added",
                actor_kind=ActorKind.USER,
                actor=cast.ilze,
                about_type=kind,
                about_id=client,
                about_label="",
                facts={"text": "Zvanīja, jautāja par cenām un laikiem."},
            )
            for number, client in enumerate(batch)
        )
        EventSubject.objects.bulk_create(
            EventSubject(event=event, subject_type=kind, subject_id=event.about_id) for event in events
        )


def _groups(cast: Cast, size: Size, dice: random.Random) -> None:
    today = timezone.localdate()
    programs = [
        Program.objects.create(name=f"Angļu {level}", price=22000, lesson_count=24)
        for level in ("A1", "A2", "B1", "B2")
    ]
    for number in range(size.groups):
        group = Group.objects.create(
            program=programs[number % 4],
            name=f"{programs[number % 4].name} {number + 1}",
            branch=cast.centrs,
            teacher=cast.anna,
            starts_on=today + timedelta(days=dice.randint(1, 60)),
            lesson_count=24,
            capacity=12,
            price=22000,
        )
        WeeklyTime.objects.create(group=group, weekday=number % 5, starts_at="18:00", minutes=90)


def _deals(cast: Cast, size: Size, dice: random.Random) -> None:
    pipeline = Pipeline.objects.first() or Pipeline.objects.create(name="Pārdošana")
    stages = list(pipeline.stages.all()) or [
        Stage.objects.create(pipeline=pipeline, name=name, position=place)
        for place, name in enumerate(("Jauns", "Sazinājāmies", "Domā", "Apstiprināts"))
    ]
    programs = list(Program.objects.all())
    now = timezone.now()
    clients = Client.objects.order_by("pk")[: size.open_deals]
    for batch in _batches(clients):
        Deal.objects.bulk_create(
            Deal(
                client=client,
                pipeline=pipeline,
                stage=dice.choice(stages),
                program=dice.choice(programs),
                price=22000,
                manager=client.manager,
                branch=client.branch,
                source=client.source,
                next_step="Piezvanīt",
                next_step_at=now + timedelta(hours=dice.randint(-48, 480)),
            )
            for client in batch
        )


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
