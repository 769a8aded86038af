"""Taking back what an import opened in sales; what people have since worked on is left alone."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.models import Event
from zvans.money.models import Charge, Instalment, Payment, Sale
from zvans.people.imports.undo import touched
from zvans.people.models import Client
from zvans.sales.models import Deal
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment, Group, Program


def undo(by: Actor) -> dict[str, int]:
    """Free the places, archive the deals, cancel the sales by opposite entries, archive the programs that nothing uses.

    What is of clients whom people have worked with since stays.
    """
    deals = _made(by, "sales.", Deal).active()
    theirs = _of_worked_with(by, "client", "student")
    of_theirs = deals.filter(theirs).count()
    archived, kept = _archive(by, deals.exclude(theirs), Deal, "sales.deal_archived")
    undone = {"deals_archived": archived, "deals_kept": kept + of_theirs, **_cancel(by), **_free(by)}
    in_use = Deal.objects.active().exclude(program=None).values("program")
    programs = _made(by, "schedule.program_added", Program).active().exclude(pk__in=in_use)
    programs = programs.exclude(pk__in=Group.objects.values("program"))
    _archive(by, programs, Program, "schedule.program_archived")
    return undone


def _made(by: Actor, kind: str, model: Any) -> Any:
    """The records of a model that the import made."""
    events = Event.objects.filter(batch=by.batch, kind__startswith=kind, about_type=journal.content_type(model()))
    return model.objects.filter(pk__in=events.values("about_id"))


def _of_worked_with(by: Actor, *people: str) -> Q:
    """Those of clients whom someone has worked with since."""
    worked_with = touched(by.batch, Client()).values("subject_id")
    return reduce(or_, (Q(**{f"{who}__isnull": False, f"{who}__in": worked_with}) for who in people))


def _free(by: Actor) -> dict[str, int]:
    """Take back the places."""
    places = _made(by, "schedule.", Enrolment).filter(state__in=Enrolment.ACTIVE)
    free = places.exclude(_of_worked_with(by, "payer", "student"))
    free = list(free.exclude(pk__in=touched(by.batch, Enrolment()).values("subject_id")))
    kept = places.count() - len(free)
    schedule.take_back_many(by, free, reason=_("the import was undone"))
    return {"enrolments_cancelled": len(free), "enrolments_kept": kept}


def _archive(by: Actor, made: QuerySet[Any], model: Any, kind: str) -> tuple[int, int]:
    """Put away those that nobody has touched since; returns how many, and how many stay."""
    free = list(made.exclude(pk__in=touched(by.batch, model()).values("subject_id")))
    now = timezone.now()
    for first in range(0, len(free), 500):
        some = free[first : first + 500]
        model.objects.filter(pk__in=[record.pk for record in some]).update(archived_at=now)
        journal.record_many((journal.draft(by, kind, record), record, _concerned(record)) for record in some)
    return len(free), made.count()


def _cancel(by: Actor) -> dict[str, int]:
    """Entries of the opposite amount for every charge and payment of the sales."""
    sales = _made(by, "money.sale_opened", Sale)
    free = sales.exclude(pk__in=touched(by.batch, Sale()).values("subject_id"))
    free = free.exclude(_of_worked_with(by, "payer", "student"))
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
    return {"sales_cancelled": len(held), "sales_kept": sales.count() - len(held)}


def _concerned(record: Any) -> list[Any]:
    if isinstance(record, Deal):
        return [person for person in (record.client, record.student) if person]
    if isinstance(record, Sale):
        return [person for person in (record.payer, record.student) if person]
    return []
