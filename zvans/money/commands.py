"""Every write about money. Each command locks its sale, adds entries to the ledgers, and sums them anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zvans.core import journal, money, organisation
from zvans.core.actors import Actor, ActorKind
from zvans.core.commands import Refused, command
from zvans.messaging.commands import cancel, queue
from zvans.messaging.models import Message
from zvans.money import plans, reminders
from zvans.money.models import Charge, Instalment, Payment, Sale
from zvans.people.models import Client
from zvans.team.models import Branch, User


@command
def open_sale(
    by: Actor,
    *,
    payer: Client,
    title: str,
    price: int,
    discount: int = 0,
    discount_reason: str = "",
    due_on: date,
    branch: Branch | None = None,
    manager: User | None = None,
    student: Client | None = None,
) -> Sale:
    """Sell something: what it costs, as one instalment of the whole by ``due_on``.

    Args:
        price: in minor units, as ``discount``.
        student: for whom it is, when the payer is someone else.

    Raises:
        Refused: for a price below zero, or a discount above it.
    """
    if price < 0:
        raise Refused(_("A price can't be below zero."), field="price")
    if not 0 <= discount <= price:
        raise Refused(_("A discount can't be more than the price."), field="discount")
    sale = Sale.objects.create(
        payer=payer, student=student, title=title[:200], branch=branch, manager=manager, owed=price - discount
    )
    _charge(sale, Charge.Kind.PRICE, price)
    _charge(sale, Charge.Kind.DISCOUNT, -discount, discount_reason)
    if sale.owed:
        Instalment.objects.create(sale=sale, due_on=due_on, amount=sale.owed)
    _sum_up(sale)
    _record(by, "money.sale_opened", sale, amount=sale.owed, discount=discount, due_on=due_on)
    return sale


@command
def plan_instalments(by: Actor, sale: Sale, parts: Sequence[tuple[date, int]]) -> None:
    """Replace the plan of the sale.

    Args:
        parts: when each part is due, and how much it is in minor units.

    Raises:
        Refused: unless the parts are above zero and sum to what is owed in all.
    """
    sale = _locked(sale)
    if any(amount <= 0 for _day, amount in parts):
        raise Refused(_("Each part must be more than zero."))
    planned = sum(amount for _day, amount in parts)
    if planned != sale.owed:
        raise Refused(
            _("The parts come to %(planned)s, and %(owed)s is owed in all.")
            % {"planned": money.show(planned), "owed": money.show(sale.owed)}
        )
    before = _as_facts(plans.of(sale))
    _write_plan(sale, parts)
    _sum_up(sale)
    after = _as_facts(plans.of(sale))
    if before != after:
        _record(by, "money.instalments_planned", sale, parts=len(after), before=before, after=after)


@command
def take_payment(
    by: Actor, sale: Sale, *, amount: int, method: str, paid_on: date, note: str = "", key: str | None = None
) -> Payment:
    """Write down money received. More than what is owed stays as the client's credit.

    Args:
        amount: in minor units, above zero.
        key: names this act; sent a second time, it gives the first payment back and writes nothing.

    Raises:
        Refused: for nothing or less, and for a day to come.
    """
    sale = _locked(sale)
    first = Payment.objects.filter(key=key).first() if key else None
    if first:
        return first
    _check_entry(amount, paid_on)
    payment = Payment.objects.create(
        sale=sale, amount=amount, method=method, paid_on=paid_on, note=note, key=key, taken_by_id=by.user_id
    )
    _sum_up(sale)
    _record(by, "money.payment_taken", sale, amount=amount, method=method, paid_on=paid_on, note=note)
    if by.kind == ActorKind.USER:
        _thank(payment)
    return payment


@command
def refund(by: Actor, sale: Sale, *, amount: int, method: str, paid_on: date, note: str = "") -> Payment:
    """Give money back.

    Raises:
        Refused: for more than was paid.
    """
    sale = _locked(sale)
    _check_entry(amount, paid_on)
    if amount > sale.paid:
        raise Refused(
            _("Only %(paid)s was paid, so no more can be given back.") % {"paid": money.show(sale.paid)}, field="amount"
        )
    payment = Payment.objects.create(
        sale=sale,
        kind=Payment.Kind.REFUND,
        amount=-amount,
        method=method,
        paid_on=paid_on,
        note=note,
        taken_by_id=by.user_id,
    )
    _sum_up(sale)
    _record(by, "money.refunded", sale, amount=amount, method=method, paid_on=paid_on, note=note)
    return payment


@command
def correct_payment(by: Actor, payment: Payment, *, reason: str) -> Payment:
    """Take back an entry written by mistake: an entry of the opposite amount, on the same day, that names it.

    Raises:
        Refused: without a reason, when it was corrected before, and when money was since given back from it.
    """
    sale = _locked(payment.sale)
    if not reason.strip():
        raise Refused(_("Write what was wrong."), field="reason")
    if payment.kind == Payment.Kind.CORRECTION or Payment.objects.filter(corrects=payment).exists():
        raise Refused(_("This entry has been corrected already."))
    if payment.amount > sale.paid:
        raise Refused(_("Money from this payment was given back since; correct that entry first."))
    correction = Payment.objects.create(
        sale=sale,
        kind=Payment.Kind.CORRECTION,
        amount=-payment.amount,
        method=payment.method,
        paid_on=payment.paid_on,
        note=reason.strip()[:200],
        corrects=payment,
        taken_by_id=by.user_id,
    )
    _sum_up(sale)
    _record(by, "money.payment_corrected", sale, amount=payment.amount, reason=reason.strip())
    return correction


@command
def add_charge(by: Actor, sale: Sale, *, kind: str, amount: int, reason: str) -> Charge:
    """Change what is owed; the plan follows, its last parts first.

    Args:
        amount: in minor units; below zero for a discount.

    Raises:
        Refused: for nothing, without a reason, and when less than nothing would be owed.
    """
    sale = _locked(sale)
    if not amount:
        raise Refused(_("Write an amount."), field="amount")
    if not reason.strip():
        raise Refused(_("Write the reason."), field="reason")
    if sale.owed + amount < 0:
        raise Refused(
            _("Only %(owed)s is owed in all.") % {"owed": money.show(sale.owed)},
            field="amount",
        )
    charge = Charge.objects.create(sale=sale, kind=kind, amount=amount, reason=reason.strip()[:200])
    _write_plan(sale, plans.changed_by(plans.of(sale), amount, timezone.localdate()))
    _sum_up(sale)
    _record(by, "money.charge_added", sale, charge=kind, amount=amount, reason=reason.strip())
    return charge


@command
def cancel_sale(by: Actor, sale: Sale, *, reason: str) -> None:
    """Nothing is owed for it any more; what was paid stays as credit, to be given back."""
    sale = _locked(sale)
    cancel(f"{reminders.KIND}:{sale.pk}:")
    if not sale.owed:
        return
    _charge(sale, Charge.Kind.CANCELLATION, -sale.owed, reason)
    _write_plan(sale, [])
    _sum_up(sale)
    _record(by, "money.sale_cancelled", sale, reason=reason.strip())


@command
def rename_sale(by: Actor, sale: Sale, title: str) -> None:
    """Say that the sale is for something else now: the student has moved to another group."""
    sale = _locked(sale)
    before, sale.title = sale.title, title[:200]
    if sale.title != before:
        sale.save(update_fields=["title"])
        _record(by, "money.sale_renamed", sale, before=before)


@command
def remind(by: Actor, sale: Sale) -> Message:
    """Send the payer a reminder of what is due, once a day at the most.

    Returns:
        The reminder; without a mail server it is kept, not sent.

    Raises:
        Refused: when nothing is due, when they were reminded today, and when they can't be written to.
    """
    today = timezone.localdate()
    sale = _locked(sale)
    due = reminders.due_by(sale, today) or sale.left
    if due <= 0:
        raise Refused(_("Nothing is owed, so there is nothing to remind of."))
    if reminders.was_reminded_on(sale, today):
        raise Refused(_("%(name)s was reminded today.") % {"name": sale.payer})
    reminder = reminders.write(sale, f"{reminders.KIND}:{sale.pk}:{today}:asked", due, today)
    if reminder is None:
        raise Refused(
            _("%(name)s can't be written to: there is no e-mail, or messages are not wanted. Call them instead.")
            % {"name": sale.payer}
        )
    _record(by, "money.payer_reminded", sale)
    return reminder


def _locked(sale: Sale) -> Sale:
    """The sale as it is now, kept from other transactions until this one ends.

    PostgreSQL locks the row. SQLite knows no such lock and needs none: its transactions begin IMMEDIATE, one at
    a time.
    """
    return Sale.objects.select_for_update(of=("self",)).select_related("payer", "student").get(pk=sale.pk)


def _sum_up(sale: Sale) -> None:
    """Write the sums of the ledgers, and the first part that payments do not cover."""
    sale.owed = sale.charges.aggregate(sum=Sum("amount", default=0))["sum"]
    sale.paid = sale.payments.aggregate(sum=Sum("amount", default=0))["sum"]
    first = plans.first_not_covered(plans.of(sale), sale.paid)
    sale.next_due_on = first.due_on if first else None
    sale.save(update_fields=["owed", "paid", "next_due_on"])
    if first is None:
        cancel(f"{reminders.KIND}:{sale.pk}:")


def _charge(sale: Sale, kind: Charge.Kind, amount: int, reason: str = "") -> None:
    if amount:
        Charge.objects.create(sale=sale, kind=kind, amount=amount, reason=reason.strip()[:200])


def _write_plan(sale: Sale, parts: Sequence[tuple[date, int]]) -> None:
    sale.instalments.all().delete()
    Instalment.objects.bulk_create([Instalment(sale=sale, due_on=day, amount=amount) for day, amount in parts])


def _check_entry(amount: int, paid_on: date) -> None:
    if amount <= 0:
        raise Refused(_("Write an amount above zero."), field="amount")
    if paid_on > timezone.localdate():
        raise Refused(_("That day has not come yet."), field="paid_on")


def _thank(payment: Payment) -> None:
    sale = payment.sale
    school = organisation.current()
    with translation.override(sale.payer.language or school.language):
        context = {
            "payment": {"amount": money.show(payment.amount, school.currency)},
            "sale": {"title": sale.title, "left": money.show(sale.left, school.currency) if sale.left > 0 else ""},
        }
    key = f"money.payment_received:{payment.pk}"
    queue("money.payment_received", key=key, client=sale.payer, context=context)


def _as_facts(parts: Sequence[tuple[date, int]]) -> list[list[str | int]]:
    return [[day.isoformat(), amount] for day, amount in parts]


def _record(by: Actor, kind: str, sale: Sale, **facts: Any) -> None:
    people = [client for client in (sale.payer, sale.student) if client]
    journal.record(by, kind, sale, concerning=people, **facts)
