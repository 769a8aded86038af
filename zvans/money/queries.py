"""Reads about money: who owes what, and who is late."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from zvans.money.models import Instalment, Sale


def with_balances(sales: QuerySet[Sale]) -> QuerySet[Sale]:
    """Each sale with ``owed``, ``paid`` (its own columns) and ``balance``, to filter and sum by."""
    return sales.annotate(balance=F("owed") - F("paid"))


def with_due(sales: QuerySet[Sale], day: date) -> QuerySet[Sale]:
    """Each sale with ``due``: what should have been paid by the end of ``day`` and was not."""
    planned = (
        Instalment.objects.filter(sale=OuterRef("pk"), due_on__lte=day)
        .order_by()
        .values("sale")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    return sales.annotate(due=Greatest(Coalesce(Subquery(planned), Value(0)) - F("paid"), Value(0)))


def due(sales: QuerySet[Sale], day: date) -> QuerySet[Sale]:
    """The sales of which a part is due by ``day`` and not paid, the longest late first."""
    return with_due(sales.filter(next_due_on__lte=day), day).order_by("next_due_on", "pk")


def late(sales: QuerySet[Sale], today: date) -> QuerySet[Sale]:
    return with_due(sales.filter(next_due_on__lt=today), today).order_by("next_due_on", "pk")


def soon(sales: QuerySet[Sale], today: date, until: date) -> QuerySet[Sale]:
    """The sales whose next part falls due after today and by ``until``."""
    return with_due(sales.filter(next_due_on__gt=today, next_due_on__lte=until), until).order_by("next_due_on", "pk")


def in_credit(sales: QuerySet[Sale]) -> QuerySet[Sale]:
    """The sales for which more was paid than is owed."""
    return sales.filter(paid__gt=F("owed")).order_by("pk")


def total_due(sales: QuerySet[Sale], day: date) -> dict[str, int]:
    """How much (``sum``) of how many sales (``number``) is due by ``day``; each has a part that is due by then.

    Two sums over all of them: to sum what ``with_due`` says would ask for the plan of each sale.
    """
    bare = sales.order_by()
    planned = Instalment.objects.filter(sale__in=bare.values("pk"), due_on__lte=day)
    paid = bare.aggregate(paid=Sum("paid", default=0), number=Count("pk"))
    owed: int = planned.aggregate(sum=Sum("amount", default=0))["sum"]
    return {"sum": owed - paid["paid"], "number": paid["number"]}


def total_credit(sales: QuerySet[Sale]) -> dict[str, int]:
    """How much (``sum``) was paid beyond what is owed, for how many sales (``number``)."""
    return sales.order_by().aggregate(sum=Sum(F("paid") - F("owed"), default=0), number=Count("pk"))
