"""A passkey is added and signs in, under our content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from zvans.demo.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_passkey_signs_in(page_as: Callable[..., Page], cast: Cast) -> None:
    page = page_as(None)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto("/account/login/")
    page.fill("[name=login]", cast.anna.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form.account-form button")
    page.wait_for_url("**/")
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("form.account-form button")
    page.fill("[name=name]", "Laptop")
    if page.locator("[name=passwordless]").count():
        page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()

    page.goto("/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "login" not in address)
    page.goto("/profile/")
    assert page.input_value("[name=name]") == "Anna Vītola"
