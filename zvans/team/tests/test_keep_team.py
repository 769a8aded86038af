"""Who works here: added, given roles, let go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.core.models import Event
from zvans.demo.cast import Cast
from zvans.team import commands
from zvans.team.models import Role, User

SignIn = Callable[[User], Http]


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def answers(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Zane Auziņa",
        "email": "zane@lase.example",
        "role": role("manager").pk,
        "branches": [cast.centrs.pk],
        "takes_applications": "on",
    } | changed


def test_a_colleague_is_added_and_chooses_a_password_by_the_link(cast: Cast, as_user: SignIn) -> None:
    owner = as_user(cast.sanita)
    page = owner.post("/team/add/", answers(cast), follow=True)
    zane = User.objects.get(email="zane@lase.example")
    assert (zane.role.code, list(zane.branches.all()), zane.takes_applications) == ("manager", [cast.centrs], True)
    assert not zane.has_usable_password()

    http = Http()
    link = urlsplit(page.context["link"]).path
    form = http.get(link, follow=True)
    password = {"password1": "mans-jaunais-zvans", "password2": "mans-jaunais-zvans"}
    answer = http.post(form.redirect_chain[-1][0], password)
    assert answer.headers["Location"] == "/"
    assert http.get("/profile/").context["user"] == zane
    assert "works no more" in Http().get(link, follow=True).content.decode(), "the link works once"


def test_the_link_is_not_shown_to_anyone_else(cast: Cast, as_user: SignIn) -> None:
    as_user(cast.sanita).post("/team/add/", answers(cast))
    zane = User.objects.get(email="zane@lase.example")
    assert as_user(cast.martins).get(f"/team/{zane.pk}/invitation/").context["link"] == ""


def test_the_link_also_goes_by_mail_when_a_server_is_set(
    cast: Cast, as_user: SignIn, settings: Any, mailoutbox: Any
) -> None:
    settings.EMAIL_HOST = "mail.lase.example"
    as_user(cast.sanita).post("/team/add/", answers(cast))
    task = OrmQ.objects.get()
    assert task.func() == "zvans.team.tasks.send_invitation"

    from zvans.team.tasks import send_invitation

    send_invitation(*task.args())
    assert mailoutbox[0].to == ["zane@lase.example"]
    assert "/account/password/reset/key/" in mailoutbox[0].body


@pytest.mark.parametrize("email", ["ilze@lase.example", "ILZE@lase.example"])
def test_an_address_that_is_taken_is_refused_and_nothing_is_lost(cast: Cast, as_user: SignIn, email: str) -> None:
    answer = as_user(cast.sanita).post("/team/add/", answers(cast, email=email))
    assert answer.status_code == 422
    assert answer.context["form"].errors["email"] == ["Someone signs in with this e-mail already."]
    assert answer.context["form"]["name"].value() == "Zane Auziņa"


def test_a_change_takes_hold_at_once_and_stands_in_the_journal(cast: Cast, as_user: SignIn) -> None:
    data = answers(cast, name=cast.liga.name, email=cast.liga.email, branches=[cast.studija.pk])
    as_user(cast.martins).post(f"/team/{cast.liga.pk}/change/", data)

    liga = User.objects.get(pk=cast.liga.pk)
    assert (liga.role.code, set(liga.branch_ids)) == ("manager", {cast.studija.pk})
    event = history(liga).first()
    assert event is not None
    assert (event.actor, event.changes["branches"]) == (cast.martins, [["Centrs"], ["Studija"]])


def test_a_head_neither_makes_nor_touches_an_owner(cast: Cast, as_user: SignIn) -> None:
    head = as_user(cast.martins)
    assert head.post("/team/add/", answers(cast, role=role("owner").pk)).status_code == 422
    for act in ("change", "deactivate", "reactivate", "invite"):
        assert head.post(f"/team/{cast.sanita.pk}/{act}/").status_code == 404
    assert head.get(f"/team/{cast.sanita.pk}/invitation/").status_code == 404
    assert "Sanita Ozola" in head.get("/team/").content.decode()


def test_whoever_leaves_is_out_at_once_and_can_come_back(cast: Cast, as_user: SignIn) -> None:
    ilze, owner = as_user(cast.ilze), as_user(cast.sanita)
    owner.post(f"/team/{cast.ilze.pk}/deactivate/")
    assert ilze.get("/profile/").status_code == 302
    assert (
        "login"
        in ilze.post("/account/login/", {"login": cast.ilze.email, "password": "zvans-demo"}).request["PATH_INFO"]
    )
    owner.post(f"/team/{cast.ilze.pk}/reactivate/")
    assert as_user(cast.ilze).get("/profile/").status_code == 200
    assert [event.kind for event in history(cast.ilze)] == ["team.user_reactivated", "team.user_deactivated"]


def test_nobody_shuts_themselves_out(cast: Cast, as_user: SignIn) -> None:
    page = as_user(cast.martins).post(f"/team/{cast.martins.pk}/deactivate/", follow=True)
    assert "You can&#x27;t shut yourself out" in page.content.decode()
    assert User.objects.get(pk=cast.martins.pk).is_active


def test_the_only_owner_stays_one(cast: Cast) -> None:
    by = Actor.of(cast.martins)
    with pytest.raises(Refused, match="only owner"):
        commands.deactivate_user(by, cast.sanita)
    with pytest.raises(Refused, match="only owner"):
        commands.change_user(by, cast.sanita, role=role("head"))
    assert User.objects.get(pk=cast.sanita.pk).role.code == "owner"
    commands.change_user(by, cast.martins, role=role("owner"))
    commands.deactivate_user(Actor.of(cast.martins), User.objects.get(pk=cast.sanita.pk))


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_leave_one(transactional_db: None) -> None:
    from zvans.demo.cast import assemble

    cast = assemble()
    commands.change_user(Actor.of(cast.sanita), cast.martins, role=role("owner"))

    def remove(pair: tuple[User, User]) -> None:
        try:
            commands.deactivate_user(Actor.of(pair[0]), User.objects.select_related("role").get(pk=pair[1].pk))
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, [(cast.sanita, cast.martins), (cast.martins, cast.sanita)]))
    assert User.objects.filter(role__code="owner", is_active=True).count() == 1


def test_one_changes_ones_own_name_and_language_alone(cast: Cast, as_user: SignIn) -> None:
    as_user(cast.anna).post("/profile/", {"name": "Anna Vītola-Liepa", "language": "lv", "role": role("owner").pk})
    anna = User.objects.get(pk=cast.anna.pk)
    assert (anna.name, anna.language, anna.role.code) == ("Anna Vītola-Liepa", "lv", "teacher")


def test_the_list_costs_the_same_for_many(cast: Cast, as_user: SignIn) -> None:
    owner = as_user(cast.sanita)
    owner.get("/team/")
    with CaptureQueriesContext(connection) as few:
        owner.get("/team/")
    for number in range(20):
        commands.add_user(
            Actor.of(cast.sanita),
            name=f"N {number}",
            email=f"n{number}@x.example",
            role=role("teacher"),
            branches=[cast.centrs],
        )
    with CaptureQueriesContext(connection) as many:
        owner.get("/team/")
    assert len(many) == len(few)


def test_every_act_is_one_event(cast: Cast) -> None:
    before = Event.objects.count()
    commands.change_user(Actor.of(cast.sanita), cast.liga, name=cast.liga.name)
    assert Event.objects.count() == before, "a change of nothing is none"
    commands.change_user(Actor.of(cast.sanita), cast.liga, name="Līga K.", branches=[])
    assert Event.objects.count() == before + 1
