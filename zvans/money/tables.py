"""Lists about money."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zvans.money.models import Payment, Sale


class _Cell(tables.TemplateColumn):
    """A column that one template of ours draws, with the row as ``record``."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(template_name=f"money/cells/{name}.html", orderable=False, **options)


_NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class SaleTable(tables.Table):
    """Who owes: the payer, what for, how much and since when, with the two acts that follow."""

    payer = _Cell("payer", verbose_name=_("Who"))
    title = _Cell("title", verbose_name=_("What for"))
    due = _Cell("due", verbose_name=_("To pay now"), attrs=_NUMBER)
    left = _Cell("left", verbose_name=_("Left in all"), attrs=_NUMBER)
    next_due_on = _Cell("when", verbose_name=_("By"))
    manager = tables.Column(verbose_name=_("Manager"), orderable=False, default="")
    acts = _Cell("acts", verbose_name="", attrs={"td": {"class": "acts"}})

    class Meta:
        model = Sale
        fields = ()
        sequence = ("payer", "title", "due", "left", "next_due_on", "manager", "acts")


class CreditTable(tables.Table):
    """Who has paid more than is owed."""

    payer = _Cell("payer", verbose_name=_("Who"))
    title = _Cell("title", verbose_name=_("What for"))
    credit = _Cell("credit", verbose_name=_("Paid too much"), attrs=_NUMBER)
    manager = tables.Column(verbose_name=_("Manager"), orderable=False, default="")

    class Meta:
        model = Sale
        fields = ()
        sequence = ("payer", "title", "credit", "manager")


class PaymentTable(tables.Table):
    paid_on = _Cell("paid_on", verbose_name=_("Date"))
    payer = _Cell("payment_payer", verbose_name=_("Who"))
    title = _Cell("payment_title", verbose_name=_("What for"))
    method = _Cell("method", verbose_name=_("How"))
    taken_by = tables.Column(verbose_name=_("Taken by"), orderable=False, default="")
    amount = _Cell("amount", verbose_name=_("Amount"), attrs=_NUMBER)

    class Meta:
        model = Payment
        fields = ()
        sequence = ("paid_on", "payer", "title", "method", "taken_by", "amount")
