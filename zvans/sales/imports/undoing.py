"""Taking back what an import opened in sales; what people have since worked on is left alone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.models import Event
from zvans.money.models import Charge, Instalment, Payment, Sale
from zvans.people.imports.undo import touched
from zvans.people.models import Client
from zvans.sales.models import Deal
from zvans.schedule.models import Group, Program


def undo(by: Actor) -> dict[str, int]:
    """Archive the deals, cancel the sales by opposite entries, archive the programs that nothing uses."""
    deals = _made(by, "sales.", Deal).active()
    worked_with = touched(by.batch, Client()).values("subject_id")
    kept_deals = deals.filter(client__in=worked_with).count()
    kept_deals += _archive(by, deals.exclude(client__in=worked_with), Deal, "sales.deal_archived")
    kept_sales = _cancel(by)
    in_use = Deal.objects.active().exclude(program=None).values("program")
    programs = _made(by, "schedule.program_added", Program).active().exclude(pk__in=in_use)
    programs = programs.exclude(pk__in=Group.objects.values("program"))
    _archive(by, programs, Program, "schedule.program_archived")
    return {"deals": kept_deals, "sales": kept_sales}


def _made(by: Actor, kind: str, model: Any) -> Any:
    """The records of a model that the import made."""
    events = Event.objects.filter(batch=by.batch, kind__startswith=kind, about_type=journal.content_type(model()))
    return model.objects.filter(pk__in=events.values("about_id"))


def _archive(by: Actor, made: QuerySet[Any], model: Any, kind: str) -> int:
    """Put away those that nobody has touched since; returns how many stay."""
    free = list(made.exclude(pk__in=touched(by.batch, model()).values("subject_id")))
    now = timezone.now()
    for first in range(0, len(free), 500):
        some = free[first : first + 500]
        model.objects.filter(pk__in=[record.pk for record in some]).update(archived_at=now)
        journal.record_many((journal.draft(by, kind, record), record, _concerned(record)) for record in some)
    return int(made.count())


def _cancel(by: Actor) -> int:
    """Entries of the opposite amount for every charge and payment of the sales; returns how many sales stay."""
    sales = _made(by, "money.sale_opened", Sale)
    worked_with = touched(by.batch, Client()).values("subject_id")
    free = sales.exclude(pk__in=touched(by.batch, Sale()).values("subject_id")).exclude(payer__in=worked_with)
    reason = _("the import was undone")
    held = list(free.select_related("payer", "student"))
    for first in range(0, len(held), 500):
        some = held[first : first + 500]
        payments = Payment.objects.filter(sale__in=some, kind=Payment.Kind.PAYMENT, correction=None)
        Payment.objects.bulk_create(
            Payment(
                sale_id=payment.sale_id,
                kind=Payment.Kind.CORRECTION,
                amount=-payment.amount,
                method=payment.method,
                paid_on=payment.paid_on,
                note=reason,
                corrects=payment,
                taken_by_id=by.user_id,
            )
            for payment in payments
        )
        Charge.objects.bulk_create(
            Charge(sale=sale, kind=Charge.Kind.CANCELLATION, amount=-sale.owed, reason=reason)
            for sale in some
            if sale.owed
        )
        Instalment.objects.filter(sale__in=some).delete()
        Sale.objects.filter(pk__in=[sale.pk for sale in some]).update(owed=0, paid=0, next_due_on=None)
        journal.record_many(
            (journal.draft(by, "money.sale_cancelled", sale, reason=reason), sale, _concerned(sale)) for sale in some
        )
    return int(sales.count()) - len(held)


def _concerned(record: Any) -> list[Any]:
    if isinstance(record, Deal):
        return [person for person in (record.client, record.student) if person]
    if isinstance(record, Sale):
        return [person for person in (record.payer, record.student) if person]
    return []
