"""Sources, tags and own fields: the lists that the school keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client as Http

from zvans.core.actors import Actor
from zvans.core.kept_lists.commands import add_entry, archive_entry
from zvans.demo.cast import Cast
from zvans.people.models import OwnField, Source, Tag
from zvans.people.tests.making import a_client
from zvans.team.models import User

AsUser = Callable[[User], Http]


@pytest.mark.parametrize(("slug", "model"), [("sources", Source), ("tags", Tag)])
def test_added_renamed_archived_and_back(
    cast: Cast, as_user: AsUser, slug: str, model: type[Source] | type[Tag]
) -> None:
    http = as_user(cast.sanita)
    http.post(f"/settings/{slug}/add/", {"name": "Gogle"})
    entry = model.objects.get()
    http.post(f"/settings/{slug}/{entry.pk}/", {"name": "Google"})
    page = http.post(f"/settings/{slug}/{entry.pk}/archive/", follow=True).content.decode()
    assert "Google" in page
    assert f'action="/settings/{slug}/{entry.pk}/restore/"' in page
    assert not model.objects.active().exists()
    http.post(f"/settings/{slug}/{entry.pk}/restore/")
    assert model.objects.active().get().name == "Google"


def test_the_same_name_twice_is_told(cast: Cast, as_user: AsUser) -> None:
    add_entry(Actor.of(cast.sanita), Tag, name="VIP")
    answer = as_user(cast.sanita).post("/settings/tags/add/", {"name": "VIP"})
    assert answer.status_code == 422
    assert "“VIP” is there already." in answer.content.decode()


def test_an_archived_one_is_offered_no_more_but_kept(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.sanita)
    old = add_entry(by, Source, name="Avīze")
    client = a_client(cast, source=old)
    archive_entry(by, old)
    http = as_user(cast.ilze)
    assert "Avīze" not in http.get("/clients/add/").content.decode()
    assert "Avīze" in http.get(f"/clients/{client.pk}/change/").content.decode()
    assert "Avīze" in http.get(f"/clients/{client.pk}/").content.decode()


def test_a_list_to_choose_from_needs_choices(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    answer = http.post("/settings/fields/add/", {"name": "Līmenis", "kind": "choice", "choices": ""})
    assert "Write the choices, one a line." in answer.content.decode()
    http.post("/settings/fields/add/", {"name": "Līmenis", "kind": "choice", "choices": "A1\nA2\n\nA1"})
    assert OwnField.objects.get().choices == ["A1", "A2"]


def test_an_archived_field_leaves_form_and_card(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.sanita)
    field = add_entry(by, OwnField, name="Līmenis", kind="text")
    client = a_client(cast, own={field.key: "Iesācējs"})
    archive_entry(by, field)
    http = as_user(cast.ilze)
    assert "Līmenis" not in http.get(f"/clients/{client.pk}/change/").content.decode()
    assert "Iesācējs" not in http.get(f"/clients/{client.pk}/").content.decode()
    client.refresh_from_db()
    assert client.own == {field.key: "Iesācējs"}, "nothing is lost"


def test_a_manager_keeps_no_lists(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.ilze).post("/settings/tags/add/", {"name": "VIP"}).status_code == 403
    assert not Tag.objects.exists()
