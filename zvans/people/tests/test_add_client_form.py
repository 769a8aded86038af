"""The form that adds a client: the minimum, a call-back, who is here already, and nothing that is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client as Http

from zvans.core.actors import Actor
from zvans.core.journal import history
from zvans.core.kept_lists.commands import add_entry
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.models import Client, OwnField, Tag, Task
from zvans.people.tests.making import a_client
from zvans.team.models import User

AsUser = Callable[[User], Http]


def form(cast: Cast, **fields: Any) -> dict[str, Any]:
    """What a browser sends when Ilze opens the form, types the given fields and presses Enter."""
    return {
        "kind": "person",
        "given_name": "",
        "family_name": "",
        "phone": "",
        "email": "",
        "call_at": "",
        "manager": cast.ilze.pk,
        "branch": cast.centrs.pk,
        **fields,
    }


def test_name_phone_time_enter(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.ilze).post(
        "/clients/add/", form(cast, given_name="Rūta", phone="29 123 456", call_at="2026-12-01T18:00")
    )
    client = Client.objects.get()
    assert answer["Location"] == f"/clients/{client.pk}/"
    assert [point.value for point in client.contacts.all()] == ["+37129123456"]
    assert (client.manager, client.branch) == (cast.ilze, cast.centrs)
    task = Task.objects.get()
    assert (task.client, task.assignee, task.is_call) == (client, cast.ilze, True)
    assert task.due_at == datetime(2026, 12, 1, 18, tzinfo=ZoneInfo("Europe/Riga"))


def test_the_manager_and_branch_are_filled_in(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.ilze).get("/clients/add/").content.decode()
    assert f'<option value="{cast.ilze.pk}" selected>' in page
    assert f'<option value="{cast.centrs.pk}" selected>' in page
    assert "Studija" not in page


def test_a_client_of_another_branch_can_not_be_made(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.ilze).post("/clients/add/", form(cast, given_name="Rūta", branch=cast.studija.pk))
    assert answer.status_code == 422
    assert not Client.objects.exists()


def test_without_a_name_nothing_typed_is_lost(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.ilze).post(
        "/clients/add/", form(cast, phone="29123456", note="Zvana māte", tags=["VIP", "jauns"], birthday="31.31.2000")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("29123456", "Zvana māte", "jauns", "31.31.2000"):
        assert typed in page
    assert '<details class="form-more" open>' in page


def test_a_name_is_asked_for_in_a_sentence(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.ilze).post("/clients/add/", form(cast, phone="29123456"))
    assert "Write at least a name." in answer.content.decode()


def test_an_unreadable_phone_is_kept_and_said(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.ilze).post("/clients/add/", form(cast, given_name="Zane", phone="12 pie mammas"), follow=True)
    assert "Kept as typed, for it is no number or address: 12 pie mammas." in answer.content.decode()


def test_a_new_tag_is_made_by_typing(cast: Cast, as_user: AsUser) -> None:
    Tag.objects.create(name="VIP")
    as_user(cast.ilze).post("/clients/add/", form(cast, given_name="Zane", tags=["vip", "No rīta"]))
    assert [tag.name for tag in Client.objects.get().tags.all()] == ["No rīta", "VIP"]


def test_own_fields_are_asked_for_kept_and_found_by(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.sanita)
    level = add_entry(by, OwnField, name="Līmenis", kind="choice", choices=["A1", "B2"])
    size = add_entry(by, OwnField, name="Apavi", kind="number")
    diet = add_entry(by, OwnField, name="Alerģijas", kind="text")
    http = as_user(cast.ilze)
    own = {f"own_{level.pk}": "B2", f"own_{size.pk}": "38.5", f"own_{diet.pk}": "Rieksti"}
    http.post("/clients/add/", form(cast, given_name="Zane", **own))
    client = Client.objects.get()
    assert client.own == {level.key: "B2", size.key: 38.5, diet.key: "Rieksti"}
    card = http.get(f"/clients/{client.pk}/").content.decode()
    assert "Līmenis" in card
    assert "38.5" in card
    assert "Zane" in http.get("/search/?q=riekst").content.decode()


def test_an_own_field_changed_is_told_by_its_name(cast: Cast) -> None:
    by = Actor.of(cast.sanita)
    level = add_entry(by, OwnField, name="Līmenis", kind="text")
    client = a_client(cast, own={level.key: "A1"})
    commands.change_client(by, client, own={level.key: "B1"})
    event = history(client).first()
    assert event is not None
    assert event.changes == {"Līmenis": ["A1", "B1"]}


def lookalikes(http: Http, **typed: str) -> str:
    return http.get("/clients/lookalikes/", typed, headers={"HX-Request": "true"}).content.decode()


def test_a_likely_duplicate_is_shown_while_typing(cast: Cast, as_user: AsUser) -> None:
    a_client(cast)
    http = as_user(cast.ilze)
    assert "Artūrs Bērziņš" in lookalikes(http, phone="8-25231225")
    assert "Artūrs Bērziņš" in lookalikes(http, email="ARTURS@apollo.example")
    assert "Artūrs Bērziņš" in lookalikes(http, given_name="Berzins", family_name="Arturs")
    assert lookalikes(http, given_name="Artūrs", phone="2523").strip() == ""


def test_a_duplicate_one_may_not_see_is_not_named(cast: Cast, as_user: AsUser) -> None:
    a_client(cast)
    shown = lookalikes(as_user(cast.janis), phone="25231225", given_name="Artūrs", family_name="Bērziņš")
    assert "Artūrs" not in shown
    assert "/clients/" not in shown
    assert "Ask Ilze Bērziņa." in shown


def test_the_dialog_answers_with_the_form_and_then_with_the_way_on(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.ilze)
    fragment = {"HX-Request": "true"}
    assert "<html" not in http.get("/clients/add/", headers=fragment).content.decode()
    answer = http.post("/clients/add/", form(cast, given_name="Rūta"), headers=fragment)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/clients/{Client.objects.get().pk}/")
