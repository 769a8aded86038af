"""Changing a card: every field, contacts as rows, family, the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Http

from zvans.core import search
from zvans.core.actors import Actor
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint, FamilyTie
from zvans.people.tests.making import a_client
from zvans.team.models import User

AsUser = Callable[[User], Http]


def form(client: Client, contacts: list[tuple[str, str, str, str]], **fields: Any) -> dict[str, Any]:
    """What a browser sends from the form of changes, with the given rows of contacts."""
    data: dict[str, Any] = {
        "kind": client.kind,
        "given_name": client.given_name,
        "family_name": client.family_name,
        "manager": client.manager_id or "",
        "branch": client.branch_id or "",
        "wants_messages": "on",
        "contacts-TOTAL_FORMS": len(contacts),
        "contacts-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(contacts):
        for name, value in zip(("kind", "value", "label", "whose"), row, strict=True):
            data[f"contacts-{number}-{name}"] = value
    return data | fields


def test_everything_is_saved(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    rows = [("phone", "26111222", "WhatsApp", ""), ("phone", "25231225", "", "sieva"), ("phone", "", "", "")]
    data = form(client, rows, family_name="Kalniņš", birthday="1990-05-04", tags=["VIP"], data_consent="on")
    assert as_user(cast.ilze).post(f"/clients/{client.pk}/change/", data).status_code == 302
    client.refresh_from_db()
    assert (client.family_name, str(client.birthday)) == ("Kalniņš", "1990-05-04")
    assert client.data_consent_at is not None
    kept = [(point.value, point.label, point.whose) for point in client.contacts.all()]
    assert kept == [("+37126111222", "WhatsApp", ""), ("+37125231225", "", "sieva")]


def test_the_form_has_spare_rows_and_works_without_a_script(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.ilze).get(f"/clients/{a_client(cast).pk}/change/").content.decode()
    assert 'name="contacts-4-value"' in page, "two contacts and three spare rows"
    assert "25 231 225" in page


def test_bad_input_loses_nothing(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    data = form(client, [("phone", "26111222", "darba", "vīra")], birthday="rudenī", preferences="Tikai vakaros")
    answer = as_user(cast.ilze).post(f"/clients/{client.pk}/change/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("26111222", "darba", "vīra", "rudenī", "Tikai vakaros"):
        assert typed in page
    assert client.contacts.count() == 2


def test_a_manager_of_another_branch_finds_no_card(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    assert as_user(cast.janis).get(f"/clients/{client.pk}/change/").status_code == 404
    assert as_user(cast.janis).get(f"/clients/{client.pk}/").status_code == 404


def test_archived_and_brought_back(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.ilze)
    page = http.post(f"/clients/{client.pk}/archive/", follow=True).content.decode()
    assert f'action="/clients/{client.pk}/restore/"' in page, "the notice offers to undo"
    assert "Artūrs" not in http.get("/clients/").content.decode()
    assert "Artūrs" in http.get("/clients/?archived=1").content.decode()
    assert list(search.found(cast.ilze, search.kinds["people.client"], "berzins")) == []
    assert "In the archive" in http.get(f"/clients/{client.pk}/").content.decode()
    http.post(f"/clients/{client.pk}/restore/")
    assert "Artūrs" in http.get("/clients/").content.decode()


def test_archived_twice_is_written_once(cast: Cast) -> None:
    client = a_client(cast)
    for _time in range(2):
        commands.archive_client(Actor.of(cast.ilze), client)
    assert [event.kind for event in history(client)] == ["people.client_archived", "people.client_added"]


class TestFamily:
    def test_a_parent_is_found_and_tied_both_ways(self, cast: Cast, as_user: AsUser) -> None:
        child, mother = a_client(cast, "Emīls"), a_client(cast, "Ieva")
        http = as_user(cast.ilze)
        http.post(
            f"/clients/{child.pk}/family/add/", {"relation": "parent", "payer": "relative", "relative": mother.pk}
        )
        tie = FamilyTie.objects.get()
        assert (tie.client, tie.relative, tie.kind, tie.pays) == (child, mother, "parent", True)
        assert "Ieva Bērziņš" in http.get(f"/clients/{child.pk}/").content.decode()
        card = http.get(f"/clients/{mother.pk}/").content.decode()
        assert "Emīls Bērziņš" in card
        assert "Ieva pays" in card

    def test_a_child_is_added_in_place(self, cast: Cast, as_user: AsUser) -> None:
        mother = a_client(cast, "Ieva")
        typed = {"relation": "child", "payer": "client", "given_name": "Emīls", "phone": "26000111"}
        as_user(cast.ilze).post(f"/clients/{mother.pk}/family/add/", typed)
        tie = FamilyTie.objects.get()
        assert (tie.client.name, tie.relative, tie.pays) == ("Emīls", mother, True)
        assert (tie.client.manager, tie.client.branch) == (cast.ilze, cast.centrs)

    def test_a_partner_who_is_paid_for(self, cast: Cast, as_user: AsUser) -> None:
        wife, husband = a_client(cast, "Ieva"), a_client(cast, "Juris")
        as_user(cast.ilze).post(
            f"/clients/{wife.pk}/family/add/", {"relation": "partner", "payer": "client", "relative": husband.pk}
        )
        tie = FamilyTie.objects.get()
        assert (tie.client, tie.relative, tie.pays) == (husband, wife, True)

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ({"relation": "parent", "payer": "client", "given_name": "Emīls"}, "The one who pays is the parent"),
            ({"relation": "parent", "payer": ""}, "Write at least a name."),
        ],
    )
    def test_what_can_not_be_is_said(self, cast: Cast, as_user: AsUser, typed: dict[str, str], reason: str) -> None:
        answer = as_user(cast.ilze).post(f"/clients/{a_client(cast).pk}/family/add/", typed)
        assert answer.status_code == 422
        assert reason in answer.content.decode()
        assert not FamilyTie.objects.exists()
        assert Client.objects.count() == 1

    def test_someone_of_another_branch_can_not_be_chosen(self, cast: Cast, as_user: AsUser) -> None:
        child, stranger = a_client(cast), a_client(cast, "Sveša", manager=cast.janis, branch=cast.studija)
        answer = as_user(cast.ilze).post(
            f"/clients/{child.pk}/family/add/", {"relation": "parent", "relative": stranger.pk}
        )
        assert answer.status_code == 422
        assert not FamilyTie.objects.exists()

    def test_untied(self, cast: Cast, as_user: AsUser) -> None:
        child, mother = a_client(cast, "Emīls"), a_client(cast, "Ieva")
        tie = commands.tie_family(Actor.of(cast.ilze), child, mother, kind=FamilyTie.Kind.PARENT)
        as_user(cast.ilze).post(f"/clients/{mother.pk}/family/{tie.pk}/remove/")
        assert not FamilyTie.objects.exists()
        assert next(event.kind for event in history(mother)) == "people.family_untied"


def test_found_by_typing_for_a_field(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    found = as_user(cast.ilze).get("/clients/choices/?q=berz").json()
    assert found == [{"value": client.pk, "text": "Artūrs Bērziņš · 25 231 225"}]
    assert as_user(cast.janis).get("/clients/choices/?q=berz").json() == []


def test_a_contact_is_kept_when_the_form_has_none(cast: Cast) -> None:
    client = a_client(cast, contacts=[Contact(ContactPoint.Kind.PHONE, "25231225")])
    commands.change_client(Actor.of(cast.ilze), client, note="Jauna piezīme")
    assert client.contacts.count() == 1
