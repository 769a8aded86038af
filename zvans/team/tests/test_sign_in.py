"""Signing in and out, in our own look, and never by a visitor's own account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Http
from django_q.models import OrmQ

from zvans.demo.cast import PASSWORD, Cast
from zvans.team.models import User

SignIn = Callable[[User], Http]


def test_a_person_signs_in_with_e_mail_and_password(cast: Cast) -> None:
    http = Http()
    answer = http.post("/account/login/", {"login": "Ilze@Lase.example", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert http.get("/profile/").context["user"] == cast.ilze


def test_a_wrong_password_is_said_and_the_address_stays(cast: Cast) -> None:
    answer = Http().post("/account/login/", {"login": cast.ilze.email, "password": "nepareiza"})
    assert answer.context["form"].errors
    assert answer.context["form"]["login"].value() == cast.ilze.email


def test_guessing_is_slowed_down(cast: Cast) -> None:
    http = Http()
    for _attempt in range(12):
        answer = http.post("/account/login/", {"login": cast.ilze.email, "password": "nepareiza"})
    assert "Too many failed login attempts" in answer.content.decode()
    assert http.post("/account/login/", {"login": cast.ilze.email, "password": PASSWORD}).status_code == 200


def test_nobody_makes_an_account_for_themselves(cast: Cast) -> None:
    data = {"email": "svesinieks@example.com", "password1": "mans-jaunais-zvans", "password2": "mans-jaunais-zvans"}
    assert "Accounts are made by the owner" in Http().get("/account/signup/").content.decode()
    Http().post("/account/signup/", data)
    assert not User.objects.filter(email="svesinieks@example.com").exists()


def test_nobody_changes_the_address_that_they_sign_in_with(cast: Cast, as_user: SignIn) -> None:
    answer = as_user(cast.anna).post("/account/email/", {"email": "cita@example.com", "action_add": ""})
    assert answer.headers["Location"] == "/profile/"


def test_a_forgotten_password_goes_by_mail_and_tells_no_one_who_is_here(
    cast: Cast, settings: Any, mailoutbox: Any
) -> None:
    settings.EMAIL_HOST = "mail.lase.example"
    known = Http().post("/account/password/reset/", {"email": cast.ilze.email}, follow=True)
    stranger = Http().post("/account/password/reset/", {"email": "svesinieks@example.com"}, follow=True)
    assert known.redirect_chain == stranger.redirect_chain
    task = OrmQ.objects.get()

    from zvans.team.tasks import send_mail

    send_mail(*task.args())
    assert mailoutbox[0].to == [cast.ilze.email]
    assert mailoutbox[0].subject == "A new password at Lāse"


def test_without_a_mail_server_the_page_says_whom_to_ask(cast: Cast) -> None:
    page = Http().get("/account/password/reset/").content.decode()
    assert "Ask the owner of the school" in page
    Http().post("/account/password/reset/", {"email": cast.ilze.email})
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/account/password/change/", "/account/2fa/", "/account/sessions/"],
)
def test_ones_own_pages_stand_in_the_frame(cast: Cast, address: str) -> None:
    http = Http()
    http.post("/account/login/", {"login": cast.anna.email, "password": PASSWORD})
    page = http.get(address, follow=True)
    assert page.status_code == 200
    assert 'class="tabs"' in page.content.decode()


def test_there_is_no_script_in_the_sign_in_page_that_the_policy_forbids(cast: Cast) -> None:
    page = Http().get("/account/login/")
    html = page.content.decode()
    assert "script-src" not in page.headers["Content-Security-Policy"], "so scripts come from here alone"
    assert all("src=" in tag or "json" in tag for tag in html.replace(">", ">\n").splitlines() if "<script" in tag)
    assert "onclick" not in html
