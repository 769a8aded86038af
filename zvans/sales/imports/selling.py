"""The money of a request: a sale with what it costs, by when, and what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zvans.core import bulk, journal, organisation
from zvans.core.actors import Actor
from zvans.money.models import Charge, Instalment, Payment, Sale
from zvans.sales.imports.settling import Request
from zvans.sales.models import Deal
from zvans.schedule.models import Enrolment


def is_sold(request: Request, deal: Deal) -> bool:
    """Whether the row speaks of money that is owed or was received: a won deal with a price, or any payment.

    Whoever waits for a place owes nothing until it is theirs.
    """
    waits = deal.enrolment is not None and deal.enrolment.state == Enrolment.State.WAITING
    return bool(request.payments) or (deal.state == Deal.State.WON and bool(request.net) and not waits)


def sell(by: Actor, sold: Sequence[tuple[Request, Deal]], today: date) -> int:
    """A sale for each: what it costs, by when, and what was paid; returns how many payments there were.

    Nothing more is owed by whoever refused: what they had not paid is cancelled.
    """
    sales, charges, parts, payments = [], [], [], []
    for request, deal in sold:
        sale = _sale(request, deal)
        day = timezone.localdate(deal.created_at, organisation.current().tz)
        entries = _charges(request, deal, sale)
        paid = _paid(request, sale, day, today, by)
        sale.owed, sale.paid = sum(charge.amount for charge in entries), sum(payment.amount for payment in paid)
        due = max(day, deal.group.starts_on) if deal.enrolment and deal.group else day
        sale.next_due_on = due if sale.paid < sale.owed else None
        sales.append(sale)
        charges += entries
        payments += paid
        if sale.owed:
            parts.append(Instalment(sale=sale, due_on=due, amount=sale.owed))
    bulk.create(sales)
    bulk.create(charges)
    bulk.create(parts)
    bulk.create(payments)
    _hang_on_places(sold, sales)
    journal.record_many(
        (journal.draft(by, "money.sale_opened", sale, amount=sale.owed), sale, people_of(sale.payer, sale.student))
        for sale in sales
    )
    journal.record_many(
        (
            journal.draft(
                by,
                "money.payment_taken",
                payment.sale,
                amount=payment.amount,
                method=payment.method,
                paid_on=payment.paid_on,
                note=payment.note,
            ),
            payment.sale,
            people_of(payment.sale.payer, payment.sale.student),
        )
        for payment in payments
    )
    return len(payments)


def _hang_on_places(sold: Sequence[tuple[Request, Deal]], sales: Sequence[Sale]) -> None:
    places = []
    for (_request, deal), sale in zip(sold, sales, strict=True):
        if deal.enrolment:
            deal.enrolment.sale = sale
            places.append(deal.enrolment)
    Enrolment.objects.bulk_update(places, ["sale"], batch_size=200)


def _sale(request: Request, deal: Deal) -> Sale:
    return Sale(
        payer=deal.client,
        student=deal.student,
        title=str((deal.enrolment and deal.group) or deal.program or deal.wish or _("From the spreadsheet"))[:200],
        branch_id=deal.branch_id,
        manager_id=deal.manager_id,
        created_at=deal.created_at,
    )


def _charges(request: Request, deal: Deal, sale: Sale) -> list[Charge]:
    price = request.price if request.price is not None else request.paid
    discount = request.discount if request.price is not None else 0
    unpaid = max(price - discount - request.paid, 0) if deal.state == Deal.State.LOST else 0
    entries = []
    if price:
        entries.append(Charge(sale=sale, kind=Charge.Kind.PRICE, amount=price))
    if discount:
        entries.append(Charge(sale=sale, kind=Charge.Kind.DISCOUNT, amount=-discount, reason=_("from the spreadsheet")))
    if unpaid:
        entries.append(
            Charge(sale=sale, kind=Charge.Kind.CANCELLATION, amount=-unpaid, reason=pgettext("deal", "refused"))
        )
    for entry in entries:
        entry.at = deal.created_at
    return entries


def _paid(request: Request, sale: Sale, day: date, today: date, by: Actor) -> list[Payment]:
    on = min(request.paid_on or day, today)
    note = "" if request.method else _("how it was paid is not in the spreadsheet")
    now = timezone.now()
    return [
        Payment(
            at=now,
            sale=sale,
            amount=amount,
            method=request.method or Payment.Method.CASH,
            paid_on=on,
            note=note[:200],
            taken_by_id=by.user_id,
        )
        for amount in request.payments
    ]


def people_of(*people: Model | None) -> list[Model]:
    return [person for person in people if person is not None]
