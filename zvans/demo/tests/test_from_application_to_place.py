"""The main job in one go: a new school, from set-up and the spreadsheet it has to a student's paid place in a group.

Everything is real: server processes, the worker, a mail server, and a browser that clicks as people do.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from zvans.core.tests.served import Served, foreign_site, serve, worker
from zvans.messaging.tests.mailbox import Mailbox, mail_server

SPREADSHEET = settings.BASE_DIR.parent / "shared" / "data" / "riga-language-school.xlsx"

pytestmark = [pytest.mark.browser, pytest.mark.served]


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
        with foreign_site(page_with_our_script(served), host="localhost") as site:
            apply_on_the_website(browser, f"{site}?utm_source=facebook&utm_campaign=rudens")
        call_back_and_agree(page)
        win(page)
        pay_in_parts(page)
        read_the_mail(mailbox)
        read_the_timeline(page)
        context.close()


def page_with_our_script(served: Served) -> str:
    """A page of the school's own site."""
    return (
        "<!doctype html><html lang=en><title>Our school</title><h1>Our school</h1>"
        f'<script src="{served.url}/embed.js" data-zvans="groups" data-lang="en" async></script></html>'
    )


def set_up(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Set up your school")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Name of the school or studio").fill("Valodu studija Lāse")
    page.get_by_label("Country").select_option("LV")
    expect(page.get_by_label("Currency")).to_have_value("EUR")
    page.get_by_label("Name of the branch").fill("Centrs")
    page.get_by_label("Your name").fill("Sanita Ozola")
    page.get_by_label("Your e-mail").fill("sanita@lase.example")
    page.get_by_label("Password").fill("rudens-lietus-7")
    page.get_by_role("button", name="Begin").click()


def bring_in_the_spreadsheet(page: Page) -> None:
    page.get_by_role("link", name="Bring in my spreadsheet").click()
    page.set_input_files("input[type=file]", SPREADSHEET)
    page.get_by_role("button", name=re.compile(r"Bring in \d+ rows")).click()
    expect(page.get_by_role("link", name="See who was added")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Undo the whole import")).to_be_visible()


def open_three_groups(page: Page) -> None:
    page.goto("/programs/add/")
    page.get_by_label("Name").fill("English conversation")
    page.get_by_label("Price").fill("240")
    page.get_by_label("Number of lessons").fill("16")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("English conversation").first).to_be_visible()

    page.goto("/groups/open-many/")
    page.get_by_label("Program").select_option(label="English conversation")
    page.get_by_label("Branch").select_option(label="Centrs")
    page.get_by_label("First day").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    page.get_by_label("Repeat").select_option("months")
    page.get_by_label("How many times").fill("3")
    page.locator("[name=times_1-0-weekday]").select_option("1")
    page.locator("[name=times_1-0-starts_at]").fill("18:00")
    page.get_by_role("button", name="Look at the groups").click()
    expect(page.get_by_role("heading", name="3 groups will be opened")).to_be_visible()
    page.get_by_role("button", name="Open those ticked").click()
    expect(page.get_by_text("English conversation").nth(2)).to_be_visible()


def apply_on_the_website(browser: Browser, site: str) -> None:
    visitor = browser.new_context(locale="en")
    page = visitor.new_page()
    page.goto(site)
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="English conversation").first.click()
    frame.get_by_label("Your name").fill("Marta Ozola")
    frame.get_by_label("Phone").fill("26 123 456")
    frame.get_by_label("E-mail").fill("marta.ozola@inbox.example")
    frame.get_by_label("Anything we should know?").fill("After six, please")
    frame.get_by_label("I agree").check()
    page.wait_for_timeout(3_000)  # nobody fills it in within a moment; the form knows
    frame.get_by_role("button", name="Send the application").click()
    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    assert not visitor.cookies(), "no cookie is set in somebody else's page"
    visitor.close()


def call_back_and_agree(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Marta Ozola").first).to_be_visible()
    page.get_by_role("link", name="Marta Ozola").first.click()
    expect(page.get_by_text("After six, please").first).to_be_visible()
    expect(page.get_by_text("Facebook").first).to_be_visible()
    page.get_by_text("Later", exact=True).first.click()
    page.get_by_role("button", name="In an hour").first.click()
    expect(page.locator("#next-step + p")).to_contain_text("in")
    page.get_by_role("region", name="Call: application").get_by_role("button", name="Confirmed").click()


def win(page: Page) -> None:
    page.get_by_role("link", name="Won").click()
    form = page.locator("#dialog form")
    form.get_by_label("Agreed price").fill("240")
    form.get_by_role("button", name="Mark as won").click()
    expect(page.get_by_role("heading", name="Won today")).to_be_visible()
    expect(page.get_by_text("has a place").first).to_be_visible()


def pay_in_parts(page: Page) -> None:
    page.get_by_role("link", name="Open the card").click()
    page.locator("a[href^='/sales/']").first.click()
    page.get_by_role("link", name="Change").first.click()
    form = page.locator("#dialog form")
    form.get_by_label("Parts").fill("3")
    form.get_by_role("button", name="Divide").click()
    expect(form.locator("[name=amount_2]")).to_have_value("80.00")
    form.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("€80").nth(2)).to_be_visible()
    page.get_by_role("link", name="Take a payment").click()
    form.get_by_label("Amount").fill("80")
    form.get_by_role("button", name="Take the payment").click()
    expect(page.get_by_text("€160").first).to_be_visible()


def read_the_mail(mailbox: Mailbox) -> None:
    assert mailbox.wait_for(3)
    to_marta = [message for message in mailbox.messages if "marta.ozola@inbox.example" in str(message["To"])]
    assert len(to_marta) == len(mailbox.messages), "nobody of the spreadsheet was written to"
    assert len({message["Message-ID"] for message in to_marta}) == len(to_marta)
    subjects = " ".join(str(message["Subject"]) for message in to_marta)
    assert "English conversation" in subjects


def read_the_timeline(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("marta ozo")
    expect(page.locator("#search-results a").first).to_contain_text("Marta Ozola")
    page.keyboard.press("Enter")
    timeline = page.get_by_role("main")
    for told in ("Application", "Confirmed", "Won", "Payment"):
        expect(timeline.get_by_text(told).first).to_be_visible()
