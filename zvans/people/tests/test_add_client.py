"""Adding a client, and finding them again."""

import pytest

from zvans.core import search
from zvans.core.actors import Actor
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint
from zvans.team.models import User

PHONE = ContactPoint.Kind.PHONE
EMAIL = ContactPoint.Kind.EMAIL


@pytest.fixture
def artis(cast: Cast) -> Client:
    return commands.add_client(
        Actor.of(cast.ilze),
        given_name="Artūrs",
        family_name="Bērziņš",
        contacts=[Contact(PHONE, "8-25231225"), Contact(EMAIL, "Arturs@Apollo.example ;")],
        branch=cast.centrs,
    )


def found(user: User, query: str) -> list[Client]:
    return list(search.found(user, search.kinds["people.client"], query))


def test_the_phone_and_the_address_are_kept_in_one_form(artis: Client) -> None:
    assert [point.value for point in artis.contacts.all()] == ["+37125231225", "arturs@apollo.example"]


def test_a_phone_that_cannot_be_read_is_kept_as_typed(cast: Cast) -> None:
    client = commands.add_client(Actor.of(cast.ilze), given_name="Zane", contacts=[Contact(PHONE, "12 pie mammas")])
    assert [(point.value, point.is_readable) for point in client.contacts.all()] == [("12 pie mammas", False)]


@pytest.mark.parametrize(
    "query", ["berz", "ART", "bērziņš art", "artu berz", "Артур", "Берзин", "25 23 12", "2312", "8-25231225", "apollo"]
)
def test_found_by_any_part_in_any_script(cast: Cast, artis: Client, query: str) -> None:
    assert found(cast.ilze, query) == [artis]


@pytest.mark.parametrize("query", ["", "a", "xyz", "berz xyz", "99999"])
def test_not_found_by_anything_else(cast: Cast, artis: Client, query: str) -> None:
    assert found(cast.ilze, query) == []


def test_a_cyrillic_name_is_found_by_latin_letters(cast: Cast) -> None:
    client = commands.add_client(Actor.of(cast.ilze), given_name="Хулан", family_name="Ганбаатар")
    assert found(cast.ilze, "hulan") == found(cast.ilze, "ganbaat") == [client]


def test_a_teacher_sees_no_stranger_and_finds_no_phone(cast: Cast, artis: Client) -> None:
    assert found(cast.anna, "berz") == []
    commands.change_client(Actor.of(cast.ilze), artis, manager=cast.anna)
    assert found(cast.anna, "berz") == [artis]
    assert found(cast.anna, "25231225") == []


def test_a_manager_of_another_branch_sees_nothing(cast: Cast, artis: Client) -> None:
    assert found(cast.janis, "berz") == []


def test_the_journal_has_it_once(cast: Cast, artis: Client) -> None:
    event = history(artis).get()
    assert (event.kind, event.actor) == ("people.client_added", cast.ilze)


def test_a_change_is_written_before_and_after(cast: Cast, artis: Client) -> None:
    commands.change_client(Actor.of(cast.ilze), artis, given_name="Artis", manager=cast.ilze)
    event = history(artis).first()
    assert event is not None
    assert event.changes["given_name"] == ["Artūrs", "Artis"]
    assert event.changes["manager"] == [None, {"id": cast.ilze.pk, "label": "Ilze Bērziņa"}]
