"""The form inside someone else's page, on another site, in a browser that blocks other sites' cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from zvans.core.tests.served import foreign_site
from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.sales.models import Deal
from zvans.website.tests.making import make_group

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    """The school's own site: another host (127.0.0.1, while Zvans is at localhost) with the script in its page."""
    page = Template((Path(__file__).parent / "foreign.html").read_text()).substitute(site=live_server.url)
    with foreign_site(page) as address:
        yield address


def test_a_visitor_applies_without_leaving_the_schools_page(
    cast: Cast, site: str, page_as: Callable[..., Page]
) -> None:
    group = make_group(cast)
    page = page_as(None, locale="en-GB")
    page.goto(f"{site}courses?utm_source=spring", referer="https://news.example/")
    frame = page.frame_locator("iframe")

    frame.get_by_role("link", name="English A1, evenings").click()
    frame.get_by_label("Your name").fill("Artūrs Bērziņš")
    frame.get_by_label("Phone").fill("25 231 225")
    frame.get_by_label("E-mail").fill("arturs@inbox.example")
    frame.get_by_label("I agree").check()
    page.wait_for_timeout(2100)  # a person takes at least two seconds
    frame.get_by_role("button", name="Send the application").click()
    expect(frame.get_by_role("heading", name="Thank you!")).to_be_visible()

    deal = Deal.objects.get()
    assert (deal.client.name, deal.group, deal.manager) == ("Artūrs Bērziņš", group, cast.ilze)
    assert str(deal.source) == "spring"
    assert deal.referrer == "https://news.example/"
    assert deal.utm == {"utm_source": "spring", "page": f"{site}courses?utm_source=spring"}
    assert deal.next_step
    assert Message.objects.get(kind="sales.application_received").to == "arturs@inbox.example"
    assert page.url.startswith(site)
    assert page.context.cookies() == []


def test_the_frame_is_as_high_as_what_it_shows(cast: Cast, site: str, page_as: Callable[..., Page]) -> None:
    make_group(cast)
    page = page_as(None, locale="en-GB", viewport={"width": 390, "height": 844})
    page.goto(site)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="English A1, evenings")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').style.height !== '480px'")
    inside = page.frames[1].evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    outside = page.locator("iframe").bounding_box()
    assert outside is not None
    assert abs(outside["height"] - inside[0]) <= 1
    assert inside[1] <= outside["width"]


def test_messages_of_others_do_not_move_the_frame(cast: Cast, site: str, page_as: Callable[..., Page]) -> None:
    make_group(cast)
    page = page_as(None)
    page.goto(site)
    page.wait_for_function("document.querySelector('iframe')?.style.height !== '480px'")
    before = page.locator("iframe").evaluate("frame => frame.style.height")
    page.evaluate("window.postMessage({ zvans: { height: 9000 } }, '*')")
    page.wait_for_timeout(200)
    assert page.locator("iframe").evaluate("frame => frame.style.height") == before


def test_it_works_without_javascript(cast: Cast, live_server: Any, page_as: Callable[..., Page]) -> None:
    make_group(cast)
    page = page_as(None, locale="en-GB", java_script_enabled=False)
    page.goto("/join/")
    page.get_by_role("link", name="English A1, evenings").click()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent yet")
    page.get_by_label("Your name").fill("Zane")
    page.get_by_label("Phone").fill("26000001")
    page.get_by_label("I agree").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    assert Deal.objects.get().client.name == "Zane"
    assert page.context.cookies() == []
