"""The laws of the ledgers: they sum, the plan is filled in order, and no more is given back than was paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.money import commands, plans
from zvans.money.models import Charge, Payment, Sale
from zvans.money.plans import Part
from zvans.money.tests.making import a_payment, a_sale

TODAY = date(2026, 11, 20)
BY = Actor.system()


def sums_hold(sale: Sale) -> None:
    """What stands on the sale is what its ledgers say, and its plan is what is owed."""
    sale.refresh_from_db()
    assert sale.owed == sale.charges.aggregate(sum=Sum("amount", default=0))["sum"] >= 0
    assert sale.paid == sale.payments.aggregate(sum=Sum("amount", default=0))["sum"] >= 0
    assert sum(part.amount for part in plans.of(sale)) == sale.owed
    first = plans.first_not_covered(plans.of(sale), sale.paid)
    assert sale.next_due_on == (first.due_on if first else None)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["take", "refund", "correct", "discount", "charge", "plan", "cancel"]), st.integers(1, 500)
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(price=st.integers(0, 500), acts=ACTS)
def test_any_sequence_of_acts_leaves_ledgers_that_sum(cast: Cast, price: int, acts: list[tuple[str, int]]) -> None:
    sale = a_sale(cast, price=price)
    for act, amount in acts:
        before = Sale.objects.get(pk=sale.pk)
        try:
            _do(act, before, amount)
        except Refused:
            after = Sale.objects.get(pk=sale.pk)
            assert (after.owed, after.paid) == (before.owed, before.paid), "a refusal writes nothing"
        sums_hold(sale)


def _do(act: str, sale: Sale, amount: int) -> None:
    today = timezone.localdate()
    match act:
        case "take":
            commands.take_payment(BY, sale, amount=amount, method="cash", paid_on=today)
        case "refund":
            commands.refund(BY, sale, amount=amount, method="cash", paid_on=today)
        case "correct":
            payments = list(sale.payments.all())
            if payments:
                commands.correct_payment(BY, payments[amount % len(payments)], reason="mistyped")
        case "discount":
            commands.add_charge(BY, sale, kind=Charge.Kind.DISCOUNT, amount=-amount, reason="a friend")
        case "charge":
            commands.add_charge(BY, sale, kind=Charge.Kind.CORRECTION, amount=amount, reason="a book")
        case "plan":
            commands.plan_instalments(BY, sale, plans.split(sale.owed, 1 + amount % 7, today) if sale.owed else [])
        case "cancel":
            commands.cancel_sale(BY, sale, reason="moved away")


@given(
    amounts=st.lists(st.integers(1, 1000), max_size=8),
    paid=st.integers(0, 9000),
    days=st.integers(-10, 300),
)
def test_payments_fill_the_plan_in_order(amounts: list[int], paid: int, days: int) -> None:
    parts = [Part(TODAY + timedelta(days=30 * number), amount) for number, amount in enumerate(amounts)]
    covered = plans.coverage(parts, paid)
    assert sum(part.covered for part in covered) == min(paid, sum(amounts))
    partly = [part for part in covered if 0 < part.covered < part.amount]
    assert len(partly) <= 1
    assert [part.left > 0 for part in covered] == sorted(part.left > 0 for part in covered), "the earliest are filled"
    day = TODAY + timedelta(days=days)
    assert plans.due_by(parts, paid, day) == sum(part.left for part in covered if part.due_on <= day)


@given(amount=st.integers(1, 10**7), number=st.integers(1, 24), unit=st.sampled_from([1, 100]))
def test_a_split_loses_nothing(amount: int, number: int, unit: int) -> None:
    parts = plans.split(amount, number, TODAY, unit)
    assert sum(part.amount for part in parts) == amount
    assert all(part.amount > 0 for part in parts)
    assert len(parts) == max(min(number, amount // unit), 1)
    assert all(part.amount % unit == 0 for part in parts[1:]), "only the first has cents"
    assert parts == sorted(parts, key=lambda part: part.due_on)


def test_thirds_of_a_hundred() -> None:
    assert [part.amount for part in plans.split(10000, 3, TODAY)] == [3334, 3333, 3333]
    assert [part.amount for part in plans.split(10000, 3, TODAY, unit=100)] == [3400, 3300, 3300]


def test_a_plan_from_the_31st_ends_short_months_on_their_last_day() -> None:
    days = [part.due_on for part in plans.split(400, 4, date(2027, 1, 31))]
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_the_same_key_twice_is_one_payment(cast: Cast) -> None:
    sale = a_sale(cast)
    pay: dict[str, Any] = {"amount": 5000, "method": "cash", "paid_on": timezone.localdate(), "key": "the form"}
    first = commands.take_payment(BY, sale, **pay)
    assert commands.take_payment(BY, sale, **pay) == first
    assert sale.payments.count() == 1
    assert history(sale).filter(kind="money.payment_taken").count() == 1


def test_no_more_is_given_back_than_was_paid(cast: Cast) -> None:
    sale = a_sale(cast)
    a_payment(cast, sale, 5000)
    with pytest.raises(Refused, match="50"):
        commands.refund(BY, sale, amount=5001, method="cash", paid_on=timezone.localdate())
    commands.refund(BY, sale, amount=5000, method="cash", paid_on=timezone.localdate())
    sums_hold(sale)
    assert sale.paid == 0


def test_the_database_itself_keeps_refunds_within_what_was_paid(cast: Cast) -> None:
    sale = a_sale(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sale.objects.filter(pk=sale.pk).update(paid=-1)


def test_a_payment_is_corrected_once(cast: Cast) -> None:
    sale = a_sale(cast)
    payment = a_payment(cast, sale)
    commands.correct_payment(BY, payment, reason="another client's")
    with pytest.raises(Refused):
        commands.correct_payment(BY, payment, reason="again")
    sums_hold(sale)
    assert (sale.paid, sale.payments.count()) == (0, 2)


def test_more_than_is_owed_is_credit(cast: Cast) -> None:
    sale = a_sale(cast, price=10000)
    a_payment(cast, sale, 12500)
    sale.refresh_from_db()
    assert (sale.left, sale.credit, sale.next_due_on) == (-2500, 2500, None)


def test_what_was_paid_for_a_cancelled_sale_is_credit(cast: Cast) -> None:
    sale = a_sale(cast, price=10000)
    a_payment(cast, sale, 4000)
    commands.cancel_sale(BY, sale, reason="moved away")
    sums_hold(sale)
    assert (sale.owed, sale.credit) == (0, 4000)
    commands.refund(BY, sale, amount=4000, method="cash", paid_on=timezone.localdate())
    sums_hold(sale)


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_give_back_only_what_was_paid(transactional_db: None) -> None:
    from zvans.demo.cast import assemble

    cast = assemble()
    sale = a_sale(cast)
    a_payment(cast, sale, 10000)
    barrier = Barrier(8)
    outcomes: list[str] = []

    def give_back() -> None:
        barrier.wait()
        try:
            commands.refund(BY, sale, amount=3000, method="cash", paid_on=timezone.localdate())
            outcomes.append("given")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=give_back) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["given"] * 3 + ["refused"] * 5
    sums_hold(sale)
    assert Payment.objects.filter(kind=Payment.Kind.REFUND).count() == 3


@pytest.mark.parametrize(
    "act",
    [
        lambda: Payment.objects.update(amount=F("amount") * 2),
        lambda: Payment.objects.update(paid_on=TODAY - timedelta(days=90)),
        lambda: Payment.objects.update(method=Payment.Method.CARD),
        lambda: Payment.objects.all().delete(),
        lambda: Charge.objects.update(amount=1),
        lambda: Charge.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_an_entry(cast: Cast, act: Callable[[], object]) -> None:
    sale = a_sale(cast, price=300)
    a_payment(cast, sale, 100)
    with pytest.raises(IntegrityError, match="is a ledger"), transaction.atomic():
        act()
    sums_hold(sale)


def test_what_was_written_beside_an_entry_may_be_erased(cast: Cast) -> None:
    a_payment(cast, a_sale(cast, price=300), 100)
    assert Payment.objects.update(note="") == 1
