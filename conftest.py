"""What every test may ask for: the cast of the demo school, and a browser's view of each of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client as Http
from playwright.sync_api import Browser, Page, sync_playwright

from zvans.demo import cast as demo_cast
from zvans.team.models import User


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Attempts to sign in, counted in the cache, are not carried from one test to the next."""
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> demo_cast.Cast:
    """The school «Lāse» with its two branches and eight people."""
    return demo_cast.assemble()


@pytest.fixture
def as_user(cast: demo_cast.Cast) -> Callable[[User], Http]:
    """``as_user(cast.ilze).get("/")``: HTTP as that person."""

    def sign_in(user: User) -> Http:
        http = Http()
        http.force_login(user)
        return http

    return sign_in


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, started once."""
    # Playwright runs an event loop in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page_as(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``page_as(cast.ilze).goto("/")``: a browser's page as that person, or as a stranger with ``None``.

    Keywords go to Playwright's ``new_context`` (``color_scheme="dark"``, ``viewport=…``).
    """
    contexts = []

    def open_page(user: User | None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        if user:
            http = Http()
            http.force_login(user)
            session = http.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
