"""Who owes what today, who is late, and who is reminded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.messaging.commands import change_setting
from zvans.messaging.kinds import kinds
from zvans.messaging.models import Message
from zvans.messaging.tests.making import a_client
from zvans.money import commands, plans, queries, reminders
from zvans.money.models import Sale
from zvans.money.tests.making import a_payment, a_sale
from zvans.team.models import User

AsUser = Callable[[User], Http]
NOON = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def titles(http: Http, address: str) -> list[str]:
    return [row.record.title for row in http.get(address).context["table"].paginated_rows]


def test_each_stands_where_they_belong(cast: Cast, as_user: AsUser) -> None:
    today = timezone.localdate()
    late = a_sale(cast, title="Late", due_on=today - timedelta(days=5))
    a_sale(cast, title="Today", due_on=today)
    a_sale(cast, title="Soon", due_on=today + timedelta(days=5))
    a_sale(cast, title="Far", due_on=today + timedelta(days=50))
    a_payment(cast, a_sale(cast, title="Paid", price=1000), 1000)
    a_payment(cast, a_sale(cast, title="Credit", price=1000), 1500)
    http = as_user(cast.ilze)
    assert titles(http, "/money/") == ["Late", "Today"]
    assert titles(http, "/money/?show=late") == ["Late"]
    assert titles(http, "/money/?show=soon") == ["Soon"]
    assert titles(http, "/money/?show=credit") == ["Credit"]
    assert "5 days late" in http.get("/money/").content.decode()
    a_payment(cast, late, 30000)
    assert titles(http, "/money/") == ["Today"]


def test_only_what_is_due_by_the_day_is_asked_for(cast: Cast) -> None:
    sale = a_sale(cast, price=30000)
    first = TODAY - timedelta(days=40)
    commands.plan_instalments(Actor.of(cast.ilze), sale, plans.split(30000, 3, first))
    a_payment(cast, sale, 12000)
    sale = queries.due(Sale.objects.all(), TODAY).get()
    assert (sale.due, sale.next_due_on) == (8000, date(2026, 11, 11))  # type: ignore[attr-defined]
    assert sale.days_late_on(TODAY) == 9
    assert queries.with_balances(Sale.objects.all()).get().balance == 18000  # type: ignore[attr-defined]


def test_the_list_is_narrowed_to_a_branch_and_a_manager(cast: Cast, as_user: AsUser) -> None:
    a_sale(cast, title="In Centrs")
    a_sale(cast, title="In Studija", branch=cast.studija, manager=cast.janis)
    http = as_user(cast.sanita)
    assert len(titles(http, "/money/")) == 2
    assert titles(http, f"/money/?branch={cast.studija.pk}") == ["In Studija"]
    assert titles(http, f"/money/?manager={cast.ilze.pk}") == ["In Centrs"]
    assert len(titles(http, "/money/?branch=nonsense&show=nonsense&page=nonsense")) == 2


def test_lists_cost_the_same_however_many_owe(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    addresses = ("/money/", "/money/payments/", "/money/?show=credit", "/")
    a_payment(cast, a_sale(cast), 100)
    few = [_queries(http, address) for address in addresses]
    for number in range(20):
        sale = a_sale(cast, a_client(cast, str(number), email=f"{number}@apollo.example"))
        a_payment(cast, sale, 50000 if number % 2 else 100)
    many = [_queries(http, address) for address in addresses]
    # The first page of few rows knows that there are no more; a longer list counts them, up to a bound.
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)


def test_a_sale_costs_the_same_however_many_payments_it_has(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    sale = a_sale(cast)
    a_payment(cast, sale, 100)
    few = _queries(http, f"/sales/{sale.pk}/")
    for _number in range(10):
        a_payment(cast, sale, 100)
    assert _queries(http, f"/sales/{sale.pk}/") == few


def test_a_reminder_that_nothing_can_send_is_said_to_be_kept(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, a_client(cast), due_on=timezone.localdate())
    answer = as_user(cast.liga).post(f"/sales/{sale.pk}/remind/", {"next": "/money/"}, follow=True)
    assert "The reminder to Artūrs Bērziņš is kept, not sent: no mail server is set." in answer.content.decode()


def test_one_click_reminds_once_a_day(cast: Cast, as_user: AsUser, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    sale = a_sale(cast, a_client(cast, language="lv"), due_on=timezone.localdate() - timedelta(days=4))
    desk = as_user(cast.liga)
    answer = desk.post(f"/sales/{sale.pk}/remind/", {"next": "/money/"}, follow=True)
    assert "A reminder is on its way to Artūrs Bērziņš." in answer.content.decode()
    message = Message.objects.get()
    assert message.subject == "Kavējas maksājums par “English A1”"
    assert "300" in message.body
    assert "Reminded" in desk.get("/money/").content.decode()
    again = desk.post(f"/sales/{sale.pk}/remind/", {"next": "/money/"}, follow=True)
    assert "was reminded today" in again.content.decode()
    assert Message.objects.count() == 1


def test_whoever_cannot_be_written_to_is_to_be_called(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, a_client(cast, email=""))
    answer = as_user(cast.liga).post(f"/sales/{sale.pk}/remind/", {"next": "/money/"}, follow=True)
    assert "Call them instead." in answer.content.decode()


def test_reminders_go_out_ahead_and_when_late_once_each(cast: Cast) -> None:
    by_title = {
        title: a_sale(cast, title=title, due_on=TODAY + timedelta(days=days))
        for title, days in {"far": 3, "ahead": 2, "today": 0, "yesterday": -1, "late": -3, "old": -40}.items()
    }
    assert reminders.decide(NOON) == 3
    assert reminders.decide(NOON) == 0
    reminded = {message.key.split(":")[1] for message in Message.objects.all()}
    assert reminded == {str(by_title[title].pk) for title in ("ahead", "today", "late")}
    late = Message.objects.get(key__startswith=f"money.payment_due:{by_title['late'].pk}:")
    assert "is late" in late.subject


def test_a_part_paid_meanwhile_is_not_reminded_of(cast: Cast, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_HOST = "localhost"  # type: ignore[attr-defined]
    sale = a_sale(cast, due_on=TODAY)
    night = datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert reminders.decide(night) == 1
    reminder = Message.objects.get()
    a_payment(cast, sale, 30000)
    reminder.refresh_from_db()
    assert reminder.state == Message.State.CANCELLED


def test_a_reminder_waits_for_the_morning(cast: Cast) -> None:
    a_sale(cast, due_on=TODAY)
    reminders.decide(datetime(2026, 11, 20, 2, tzinfo=UTC))
    assert Message.objects.get().next_attempt_at == datetime(2026, 11, 20, 7, tzinfo=UTC), "09:00 in Riga"


def test_the_owner_decides_whether_and_when(cast: Cast) -> None:
    kind = kinds["money.payment_due"]
    a_sale(cast, due_on=TODAY + timedelta(days=5))
    assert reminders.decide(NOON) == 0
    change_setting(Actor.of(cast.sanita), kind, days_before=5, is_on=False)
    assert reminders.decide(NOON) == 0
    change_setting(Actor.of(cast.sanita), kind, is_on=True)
    assert reminders.decide(NOON) == 1


def test_deciding_costs_the_same_for_many(cast: Cast) -> None:
    def decide(number: int) -> int:
        for _sale in range(number):
            a_sale(cast, due_on=TODAY)
        with CaptureQueriesContext(connection) as captured:
            reminders.decide(NOON)
        return len(captured)

    assert decide(2) == decide(20)


def test_today_shows_whom_to_remind(cast: Cast, as_user: AsUser) -> None:
    a_sale(cast, due_on=timezone.localdate() - timedelta(days=2))
    assert "Payments to remind of" in as_user(cast.liga).get("/").content.decode()
    assert "Payments to remind of" not in as_user(cast.anna).get("/").content.decode()


def _queries(http: Http, address: str) -> int:
    http.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert http.get(address).status_code == 200
    return len(captured)
