"""What the database keeps by itself is there after a migrate, and works."""

import pytest
from django.core.management import call_command
from django.db import connection

from zvans.core import database, search
from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.models import Client


def _laid() -> set[str]:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'core_search_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall()}


SEARCH = (
    {"core_search_insert", "core_search_update", "core_search_delete"}
    if connection.vendor == "sqlite"
    else {"core_search_words", "core_search_private"}
)


@pytest.mark.django_db
def test_the_search_index_keeps_itself() -> None:
    assert _laid() >= SEARCH


@pytest.mark.django_db
def test_laying_again_changes_nothing() -> None:
    before = _laid()
    database.lay_all()
    assert _laid() == before


@pytest.mark.django_db(transaction=True)
def test_what_a_migration_dropped_is_laid_again() -> None:
    dropped = "TRIGGER core_search_insert" if connection.vendor == "sqlite" else "INDEX core_search_words"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {dropped}")
    call_command("migrate", verbosity=0)
    assert _laid() >= SEARCH


def test_a_new_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    kind = search.kinds["people.client"]
    client: Client = commands.add_client(Actor.of(cast.ilze), given_name="Madara", family_name="Liepa")
    commands.change_client(Actor.of(cast.ilze), client, family_name="Ozola")
    assert search.best(cast.sanita, kind, "ozola", 5) == [client]
    assert search.best(cast.sanita, kind, "liepa", 5) == []
