"""axe-core finds no violation on any page, light and dark: a new URL is looked at as soon as it has a door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.urls import reverse
from playwright.sync_api import Page

from zvans.core.tests.test_doors import DOORS, URLS
from zvans.demo.cast import Cast
from zvans.team.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
each_theme = pytest.mark.parametrize("theme", ["light", "dark"])

Theme = Literal["light", "dark"]
PageAs = Callable[..., Page]

OWN_PAGES = ["account_change_password", "mfa_index", "usersessions_list", "mfa_activate_totp", "account_logout"]
STRANGERS_PAGES = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]


def violations(page: Page, name: str) -> list[str]:
    """What axe has against the page, a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{name}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def look(page: Page, address: str, name: str) -> list[str]:
    """Open the address, when it is a page at all (and no file, no part of a page), and let axe look at it."""
    answer = page.request.get(address)
    assert answer.ok, f"{name}: {answer.status} at {address}"
    if not answer.headers["content-type"].startswith("text/html") or "<html" not in answer.text():
        return []
    page.goto(address)
    return violations(page, name)


@each_theme
def test_no_page_has_a_violation(theme: Theme, page_as: PageAs, cast: Cast) -> None:
    page = page_as(cast.sanita, color_scheme=theme)
    found: list[str] = []
    for name in URLS:
        if name in DOORS and not DOORS[name].post:
            found += look(page, reverse(name, kwargs=DOORS[name].make(cast)), name)
    for name in OWN_PAGES:
        found += look(page, reverse(name), name)
    assert not found, "\n".join(found)


@each_theme
def test_nor_has_a_page_that_strangers_see(theme: Theme, page_as: PageAs, cast: Cast) -> None:
    page = page_as(None, color_scheme=theme)
    found: list[str] = []
    for name in STRANGERS_PAGES:
        found += look(page, reverse(name), name)
    assert not found, "\n".join(found)


@each_theme
def test_nor_has_the_set_up(theme: Theme, page_as: PageAs) -> None:
    page = page_as(None, color_scheme=theme, timezone_id="Europe/Riga")
    page.goto(reverse("setup"))
    page.wait_for_url("**/setup/?zone=*", wait_until="load")
    assert violations(page, "setup") == []


@each_theme
@pytest.mark.parametrize(
    "viewport", [{"width": 1366, "height": 850}, {"width": 390, "height": 844}], ids=["desk", "phone"]
)
def test_nor_has_what_opens_over_a_page(theme: Theme, viewport: Any, page_as: PageAs, cast: Cast) -> None:
    page = page_as(cast.sanita, color_scheme=theme, viewport=viewport)
    page.goto(reverse("user_list"))
    page.locator("header summary").last.click()
    found = violations(page, "user menu")
    page.keyboard.press("Escape")
    page.fill("#search", "Ilze")
    page.wait_for_selector("#search-results > *")
    found += violations(page, "search results")
    page.goto(reverse("user_list"))
    page.click(".page-head a[data-dialog]")
    page.wait_for_selector("dialog[open]")
    found += violations(page, "dialog")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ["/settings/", "/team/", "/profile/"])
def test_each_page_has_one_heading_and_its_landmarks(address: str, page_as: PageAs, cast: Cast) -> None:
    page = page_as(cast.sanita)
    page.goto(address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content", "the first stop skips the frame"


def test_the_dialog_gives_the_focus_back(page_as: PageAs, cast: Cast) -> None:
    page = page_as(cast.sanita)
    page.goto("/team/")
    page.locator(".page-head a[data-dialog]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.activeElement.name") == "name"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/team/add/"


def test_a_mistake_in_the_dialog_is_said_there(page_as: PageAs, cast: Cast) -> None:
    page = page_as(cast.sanita)
    page.goto("/team/")
    page.click(".page-head a[data-dialog]")
    page.fill("dialog [name=name]", "Zane Auziņa")
    page.fill("dialog [name=email]", cast.ilze.email)
    page.check("dialog [name=role] >> nth=2")
    page.click("dialog .btn-primary")
    page.wait_for_selector("dialog .invalid-feedback")
    assert page.input_value("dialog [name=name]") == "Zane Auziņa"
    page.fill("dialog [name=email]", "zane@lase.example")
    page.click("dialog .btn-primary")
    page.wait_for_url("**/invitation/")
    assert User.objects.filter(email="zane@lase.example").exists()
