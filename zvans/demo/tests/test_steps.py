"""Frequent acts take few steps: as many as docs/steps.md says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Locator, Page

from zvans.core.models import Event
from zvans.demo.cast import Cast
from zvans.money.models import Payment
from zvans.money.tests.making import a_sale
from zvans.people.models import Client, Task
from zvans.people.tests.making import a_client, a_task
from zvans.sales.models import Deal, RefusalReason
from zvans.sales.tests.making import a_deal, a_group
from zvans.schedule.models import Enrolment
from zvans.team.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_ROW = re.compile(r"^\| (?P<act>.+?) \| (?P<steps>\d+) \|", re.MULTILINE)
TABLE = {
    row["act"]: int(row["steps"]) for row in _ROW.finditer((Path(settings.BASE_DIR) / "docs/steps.md").read_text())
}


class Hands:
    """A person at a browser, whose every click, key and filled field is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def click(self, what: Locator | str) -> None:
        """Click the button, link or choice of that name, or what is given."""
        self.steps += 1
        (self._named(what) if isinstance(what, str) else what).click()

    def _named(self, name: str) -> Locator:
        place = self.page.locator("main, dialog[open]")
        named = place.locator("summary").get_by_text(name, exact=True)
        for role in ("button", "link", "radio"):
            named = named.or_(place.get_by_role(role, name=name, exact=True))
        return named.locator("visible=true").last

    def fill(self, label: str, text: str) -> None:
        self.steps += 1
        self.page.locator("dialog[open]").get_by_label(label).fill(text)

    def type(self, text: str) -> None:
        """Type into what has the focus, as fast as it goes."""
        self.steps += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    @contextmanager
    def counted(self, act: str) -> Iterator[None]:
        """Within, the act is done: it leads to another page, and takes the steps of the table."""
        self.steps = 0
        with self.page.expect_event("load"):
            yield
        self.page.wait_for_load_state("networkidle")
        assert self.steps == TABLE[act], act


@pytest.fixture
def at(page_as: Callable[..., Page]) -> Callable[[User, str], Hands]:
    """``at(cast.ilze, "/")``: Ilze at that page, ready to act."""

    def open_page(user: User, address: str) -> Hands:
        page = page_as(user, timezone_id="Europe/Riga")
        page.goto(address, wait_until="networkidle")
        return Hands(page)

    return open_page


At = Callable[[User, str], Hands]


def test_find_someone(at: At, cast: Cast) -> None:
    client = a_client(cast)
    a_client(cast, "Arta", "Bērza")
    hands = at(cast.ilze, "/groups/")
    with hands.counted("Find someone and open their card, from any page"):
        hands.press("/")
        hands.type("berzins art")
        hands.press("Enter")
        hands.page.wait_for_url(f"**{client.get_absolute_url()}")


def test_enter_opens_what_was_typed_last(at: At, cast: Cast) -> None:
    """Not the first hit of the letters before, when the answer to the last ones has yet to come."""
    a_client(cast, "Zane", "Ābola")
    wanted = a_client(cast, "Zane", "Ziediņa")
    hands = at(cast.ilze, "/groups/")
    hands.press("/")
    hands.type("zane")
    hands.page.wait_for_selector("#search-results a")
    hands.type(" zied")
    hands.press("Enter")
    hands.page.wait_for_url(f"**{wanted.get_absolute_url()}")


def test_write_down_how_a_call_ended(at: At, cast: Cast) -> None:
    hands = at(cast.ilze, a_client(cast).get_absolute_url())
    with hands.counted("Write down how a call ended, from the card"):
        hands.click("Reached")
    assert Event.objects.get(kind="people.call_logged").facts["outcome"] == "reached"


def test_promise_to_call_back(at: At, cast: Cast) -> None:
    client = a_client(cast)
    hands = at(cast.ilze, client.get_absolute_url())
    with hands.counted("Promise to call back, from the card"):
        hands.click("Call back")
        hands.click("Tomorrow")
    assert Task.objects.get(client=client, is_call=True).assignee == cast.ilze


def test_add_a_client_with_a_call_back(at: At, cast: Cast) -> None:
    hands = at(cast.ilze, "/clients/")
    tomorrow = timezone.localtime() + timedelta(days=1)
    with hands.counted("Add a client with a call-back, from the list"):
        hands.click(hands.page.locator(".page-head a[data-dialog]"))
        hands.page.wait_for_selector("dialog[open]")
        hands.type("Zane")
        hands.fill("Phone", "26 123 456")
        hands.fill("Call them", tomorrow.strftime("%Y-%m-%dT10:00"))
        hands.press("Enter")
        hands.page.wait_for_selector(".client-head")
    client = Client.objects.get(given_name="Zane")
    assert client.contacts.get().value == "+37126123456"
    assert Task.objects.get(client=client).is_call


def test_call_later_from_today(at: At, cast: Cast) -> None:
    deal = a_deal(cast)
    hands = at(cast.ilze, "/")
    with hands.counted("“Busy, call me later”, from Today"):
        hands.click("Later")
        hands.click("In a week, 10:00")
    assert days_until(deal) == 7


def test_call_later_from_the_deal(at: At, cast: Cast) -> None:
    deal = a_deal(cast)
    hands = at(cast.ilze, f"/deals/{deal.pk}/")
    with hands.counted("“Busy, call me later”, from the deal"):
        hands.click("Later")
        hands.click("In a week, 10:00")
    assert days_until(deal) == 7


def days_until(deal: Deal) -> int:
    deal.refresh_from_db()
    return (timezone.localdate(deal.next_step_at) - timezone.localdate()).days


def test_refuse(at: At, cast: Cast) -> None:
    deal = a_deal(cast)
    reason = RefusalReason.objects.all()[0]
    hands = at(cast.ilze, f"/deals/{deal.pk}/")
    with hands.counted("Say that a deal is refused, and why"):
        hands.click("Refused")
        hands.click(reason.name)
        hands.click("Close the deal")
    deal.refresh_from_db()
    assert (deal.state, deal.refusal_reason) == (Deal.State.LOST, reason)


def test_win(at: At, cast: Cast) -> None:
    group = a_group(cast)
    deal = a_deal(cast, group=group, program=group.program)
    hands = at(cast.ilze, f"/deals/{deal.pk}/")
    with hands.counted("Win a deal that has a group: the place is given too"):
        hands.click("Won")
        hands.click("Mark as won")
    assert Enrolment.objects.get(group=group).student == deal.client


def test_give_a_place(at: At, cast: Cast) -> None:
    group, client = a_group(cast), a_client(cast)
    hands = at(cast.ilze, f"/groups/{group.pk}/")
    with hands.counted("Give a place in a group to someone of the base"):
        hands.click("Give a place")
        hands.page.wait_for_selector("dialog[open] .ts-control input:focus")
        hands.type("berzins")
        hands.page.wait_for_selector("dialog[open] .ts-dropdown .option.active")
        hands.press("Enter")
        hands.click("Give the place")
    assert Enrolment.objects.get(group=group).student == client


def test_take_what_is_due_by_card(at: At, cast: Cast) -> None:
    sale = a_sale(cast, a_client(cast))
    hands = at(cast.ilze, "/")
    with hands.counted("Take the payment that is due, by card, from Today"):
        hands.click("Payment")
        hands.click("Take the payment")
    payment = Payment.objects.get(sale=sale)
    assert (payment.amount, payment.method) == (30000, Payment.Method.CARD)


def test_take_what_is_due_in_cash(at: At, cast: Cast) -> None:
    client = a_client(cast)
    sale = a_sale(cast, client)
    hands = at(cast.liga, client.get_absolute_url())
    with hands.counted("Take the payment that is due, in cash, from the client's card"):
        hands.click("Payment")
        hands.click("Cash")
        hands.click("Take the payment")
    payment = Payment.objects.get(sale=sale)
    assert (payment.amount, payment.method, payment.taken_by) == (30000, Payment.Method.CASH, cast.liga)


def test_tick_off_a_task(at: At, cast: Cast) -> None:
    task = a_task(cast)
    hands = at(cast.ilze, "/")
    with hands.counted("Tick off a task, from Today"):
        hands.click(hands.page.locator(".task-tick"))
    task.refresh_from_db()
    assert task.done_at


def test_every_act_of_the_table_is_counted_here() -> None:
    assert set(re.findall(r"counted\(\"(.+?)\"\)", Path(__file__).read_text())) == set(TABLE)
