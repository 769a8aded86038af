"""What stands in a ledger stays as it was written, whoever writes to the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from zvans.core import ledgers
from zvans.core.actors import Actor
from zvans.core.models import Event, EventSubject
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.models import Client

TRIGGERS = {f"{name}_fixed" for name in ("core_event", "core_eventsubject", "money_charge", "money_payment")} | {
    f"{name}_kept" for name in ("core_event", "money_charge", "money_payment")
}


def _laid() -> set[str]:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall()}


def _journal() -> tuple[list[object], list[object]]:
    events = Event.objects.values_list("pk", "kind", "at", "actor_id", "about_id", "changes")
    return list(events), list(EventSubject.objects.values_list("pk", "event_id", "subject_id"))


@pytest.fixture
def madara(cast: Cast) -> Client:
    """A client with two events."""
    client: Client = commands.add_client(Actor.of(cast.ilze), given_name="Madara", family_name="Liepa")
    commands.change_client(Actor.of(cast.ilze), client, family_name="Ozola")
    return client


@pytest.mark.django_db
def test_the_triggers_are_there() -> None:
    assert _laid() >= TRIGGERS
    for ledger in ledgers.ledgers:
        with connection.cursor() as cursor:
            columns = {column.name for column in connection.introspection.get_table_description(cursor, ledger.name)}
        assert columns >= set(ledger.fixed)


@pytest.mark.django_db(transaction=True)
def test_a_migrate_lays_them_again() -> None:
    ledgers.lift()
    assert not _laid() & TRIGGERS
    call_command("migrate", verbosity=0)
    assert _laid() >= TRIGGERS


@pytest.mark.parametrize(
    "act",
    [
        lambda: Event.objects.update(kind="people.client_archived"),
        lambda: Event.objects.update(at=timezone.now()),
        lambda: Event.objects.update(actor=None),
        lambda: Event.objects.update(about_id=0),
        lambda: Event.objects.all().delete(),
        lambda: EventSubject.objects.update(event=Event.objects.latest("pk")),
    ],
)
def test_the_journal_stays_as_it_was_written(madara: Client, act: Callable[[], object]) -> None:
    before = _journal()
    with pytest.raises(IntegrityError, match="is a ledger"), transaction.atomic():
        act()
    assert _journal() == before


def test_a_persons_data_may_be_erased_from_the_journal(madara: Client) -> None:
    assert Event.objects.update(about_label="", changes={}, facts={}) == 2
    for event in Event.objects.all():
        event.save()  # writes every column, and changes none


def test_only_emptying_lets_entries_go(madara: Client) -> None:
    with ledgers.emptying():
        Event.objects.latest("pk").delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.count() == 1
