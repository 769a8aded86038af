"""Money at the front desk: taken, planned, given back, put right; and what each colleague may see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client as Http
from django.utils import timezone

from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.messaging.tests.making import a_client
from zvans.money.models import Charge
from zvans.money.tests.making import a_payment, a_sale
from zvans.team.models import User

AsUser = Callable[[User], Http]


def payment_form(**changes: object) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    return {"amount": "100", "method": "cash", "paid_on": today, "note": "", "key": "once"} | changes


def test_the_form_offers_what_is_due_now(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, price=30000)
    page = as_user(cast.liga).get(f"/sales/{sale.pk}/payment/").content.decode()
    assert 'value="300.00"' in page
    assert "€300 is left to pay" in page


def test_an_assistant_takes_a_payment_and_the_client_is_thanked(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, price=30000)
    answer = as_user(cast.liga).post(f"/sales/{sale.pk}/payment/", payment_form(amount="1 00,50"))
    assert answer.status_code == 302
    payment = sale.payments.get()
    assert (payment.amount, payment.taken_by, payment.method) == (10050, cast.liga, "cash")
    sale.refresh_from_db()
    assert sale.left == 19950
    thanks = Message.objects.get(kind="money.payment_received")
    assert "€100.50" in thanks.body
    assert "€199.50" in thanks.body


def test_a_double_click_is_one_payment(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    desk = as_user(cast.liga)
    for _click in range(2):
        assert desk.post(f"/sales/{sale.pk}/payment/", payment_form()).status_code == 302
    assert sale.payments.count() == 1


def test_a_mistyped_amount_loses_nothing(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    for amount, sentence in (("ten", "“ten” is not an amount"), ("0", "above zero"), ("-5", "below zero")):
        answer = as_user(cast.liga).post(
            f"/sales/{sale.pk}/payment/", payment_form(amount=amount, note="from the father")
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert "from the father" in page
    assert not sale.payments.exists()


def test_a_payment_from_tomorrow_is_refused(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    answer = as_user(cast.liga).post(f"/sales/{sale.pk}/payment/", payment_form(paid_on=tomorrow))
    assert "That day has not come yet." in answer.content.decode()


def test_the_card_offers_the_sale_that_is_longest_late(cast: Cast, as_user: AsUser) -> None:
    parent = a_client(cast)
    child = a_client(cast, "Emīls", "Bērziņš", email="")
    today = timezone.localdate()
    later = a_sale(cast, parent, title="Drawing", due_on=today + timedelta(days=9))
    late = a_sale(cast, parent, title="English", due_on=today - timedelta(days=3), student=child, price=7000)
    for client in (parent, child):
        page = as_user(cast.liga).get(f"/clients/{client.pk}/payment/").content.decode()
        assert 'value="70.00"' in page
    answer = as_user(cast.liga).post(f"/clients/{parent.pk}/payment/", payment_form(sale=later.pk))
    assert answer.status_code == 302
    assert (later.payments.count(), late.payments.count()) == (1, 0)


def test_a_client_to_whom_nothing_was_sold(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    answer = as_user(cast.liga).get(f"/clients/{client.pk}/payment/", follow=True)
    assert "Nothing was sold to this client yet" in answer.content.decode()


def test_three_parts_of_a_hundred(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, price=10000)
    http = as_user(cast.ilze)
    page = http.get(f"/sales/{sale.pk}/plan/?number=3&first=2027-01-31").content.decode()
    assert page.count('value="33.00"') == 2
    assert 'value="34.00"' in page
    assert 'value="2027-02-28"' in page
    rows = {"due_on_0": "2027-01-31", "amount_0": "34", "due_on_1": "2027-02-28", "amount_1": "33"}
    short = http.post(f"/sales/{sale.pk}/plan/", rows)
    assert "<p>The parts come to €67, and €100 is owed in all.</p>" in short.content.decode()
    assert 'value="2027-02-28"' in short.content.decode()
    whole = http.post(f"/sales/{sale.pk}/plan/", rows | {"due_on_2": "2027-03-31", "amount_2": "33"})
    assert whole.status_code == 302
    assert [part.amount for part in sale.instalments.all()] == [3400, 3300, 3300]


def test_a_row_of_a_plan_that_is_half_filled(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    answer = as_user(cast.ilze).post(f"/sales/{sale.pk}/plan/", {"due_on_0": "2027-01-31", "amount_0": ""})
    assert "Write the amount of this part." in answer.content.decode()


def test_a_discount_makes_the_last_parts_smaller(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast, price=30000)
    form = {"kind": Charge.Kind.DISCOUNT, "amount": "50", "reason": "brought a friend"}
    assert as_user(cast.ilze).post(f"/sales/{sale.pk}/charge/", form).status_code == 302
    sale.refresh_from_db()
    assert (sale.owed, sale.instalments.get().amount) == (25000, 25000)
    too_much = as_user(cast.ilze).post(f"/sales/{sale.pk}/charge/", form | {"amount": "300"})
    assert "Only €250 is owed in all." in too_much.content.decode()


def test_the_accountant_gives_back_and_puts_right_and_the_assistant_may_not(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    payment = a_payment(cast, sale, 8000)
    books = as_user(cast.dace)
    refused = books.post(f"/sales/{sale.pk}/refund/", payment_form(amount="81"))
    assert "Only €80 was paid" in refused.content.decode()
    assert books.post(f"/sales/{sale.pk}/refund/", payment_form(amount="30")).status_code == 302
    assert "given back since" in books.post(f"/payments/{payment.pk}/correct/", {"reason": "typo"}).content.decode()
    mistake = a_payment(cast, sale, 1000)
    assert books.post(f"/payments/{mistake.pk}/correct/", {"reason": "another client's"}).status_code == 302
    sale.refresh_from_db()
    assert sale.paid == 5000
    for address in (f"/sales/{sale.pk}/refund/", f"/payments/{payment.pk}/correct/", f"/sales/{sale.pk}/cancel/"):
        assert as_user(cast.liga).get(address).status_code == 403


def test_a_manager_of_another_branch_finds_no_such_sale(cast: Cast, as_user: AsUser) -> None:
    sale = a_sale(cast)
    payment = a_payment(cast, sale)
    stranger = as_user(cast.janis)
    for address in (f"/sales/{sale.pk}/", f"/sales/{sale.pk}/payment/", f"/sales/{sale.pk}/plan/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/sales/{sale.pk}/remind/").status_code == 404
    assert as_user(cast.janis).post(f"/payments/{payment.pk}/correct/").status_code == 403
    assert "English A1" not in stranger.get("/money/").content.decode()
    assert "English A1" not in stranger.get("/money/payments/").content.decode()


def test_a_teacher_sees_no_balance_anywhere(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast, manager=cast.anna)
    sale = a_sale(cast, client, price=12345)
    a_payment(cast, sale, 2300)
    page = as_user(cast.anna).get(f"/clients/{client.pk}/").content.decode()
    for amount in ("123.45", "100.45", "€23", "English A1"):
        assert amount not in page
    assert "100.45" in as_user(cast.liga).get(f"/clients/{client.pk}/").content.decode()


def test_an_assistant_sees_debts_and_no_totals(cast: Cast, as_user: AsUser) -> None:
    a_payment(cast, a_sale(cast, price=11100), 1100)
    for address in ("/money/", "/money/payments/"):
        desk = as_user(cast.liga).get(address)
        assert "total" not in desk.context
        assert "sums" not in desk.context
        assert desk.context["table"].page.object_list
        assert as_user(cast.martins).get(address).context["total"]
