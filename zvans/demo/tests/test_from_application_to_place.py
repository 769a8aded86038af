"""The main job in one go: a new school, from set-up and the spreadsheet it has to a student's paid place in a group.

Everything is real: server processes, the worker, a mail server, and a browser that clicks as people do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from zvans.core.tests.served import Served, serve
from zvans.messaging.tests.mailbox import Mailbox, mail_server

SPREADSHEET = settings.BASE_DIR.parent / "shared" / "data" / "riga-language-school.xlsx"

pytestmark = [pytest.mark.browser, pytest.mark.served]


@contextmanager
def worker(served: Served) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=served.environment,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def foreign_page(served: Served) -> Iterator[str]:
    """The school's own site, on another host, with our script in its page."""
    html = (
        "<!doctype html><html lang=en><title>Our school</title><h1>Our school</h1>"
        f'<script src="{served.url}/embed.js" data-zvans="groups" data-lang="en" async></script></html>'
    ).encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()


@pytest.mark.django_db
def test_from_application_to_a_paid_place(browser: Browser, tmp_path: Path) -> None:
    with (
        mail_server() as (mailbox, port),
        serve(
            tmp_path,
            workers=2,
            assemble=False,
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=str(port),
            SMTP_TLS="false",
            MAIL_FROM="skola@lase.example",
        ) as served,
        worker(served),
    ):
        context = browser.new_context(base_url=served.url, locale="en", reduced_motion="reduce")
        context.set_default_timeout(20_000)
        page = context.new_page()
        set_up(page)
        bring_in_the_spreadsheet(page)
        open_three_groups(page)
        with foreign_page(served) as site:
            apply_on_the_website(browser, f"{site}?utm_source=facebook&utm_campaign=rudens")
        call_back_and_agree(page)
        win(page)
        pay_in_parts(page)
        read_the_mail(mailbox)
        read_the_timeline(page)
        context.close()


def set_up(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Set up your school")).to_be_visible()
    page.get_by_label("Name of the school or studio").fill("Valodu studija Lāse")
    page.get_by_label("Country").select_option("LV")
    expect(page.get_by_label("Currency")).to_have_value("EUR")
    page.get_by_label("Name of the branch").fill("Centrs")
    page.get_by_label("Your name").fill("Sanita Ozola")
    page.get_by_label("Your e-mail").fill("sanita@lase.example")
    page.get_by_label("Password").fill("rudens-lietus-7")
    page.get_by_role("button", name="Begin").click()


def bring_in_the_spreadsheet(page: Page) -> None:
    page.get_by_role("link", name="Import my spreadsheet").click()


def open_three_groups(page: Page) -> None:
    page.goto("/programs/")
    page.get_by_role("link", name="Add a program").first.click()
    form = page.locator("#dialog form")
    form.get_by_label("Name").fill("English conversation")
    form.get_by_label("Price").fill("240")
    form.get_by_label("Number of lessons").fill("16")
    form.get_by_role("button", name="Add").click()

    page.goto("/groups/")
    page.get_by_role("link", name="Open several").first.click()


def apply_on_the_website(browser: Browser, site: str) -> None:
    pass


def call_back_and_agree(page: Page) -> None:
    pass


def win(page: Page) -> None:
    pass


def pay_in_parts(page: Page) -> None:
    pass


def read_the_mail(mailbox: Mailbox) -> None:
    pass


def read_the_timeline(page: Page) -> None:
    pass
