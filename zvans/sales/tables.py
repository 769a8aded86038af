"""The list of deals."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class DealTable(tables.Table):
    """Its rows are drawn by the template, which on a phone lays each out as two lines."""

    client = tables.Column(verbose_name=_("Who and what"), orderable=False)
    stage = tables.Column(verbose_name=_("Where it is"), orderable=False)
    next = tables.Column(verbose_name=_("Next step"), order_by=("next_step_at", "pk"))
    price = tables.Column(verbose_name=_("Price"), orderable=False, attrs={"th": {"class": "number"}})
    manager = tables.Column(verbose_name=_("Manager"), orderable=False)
    source = tables.Column(verbose_name=_("Source"), orderable=False)
    asked = tables.Column(verbose_name=_("Asked"), order_by=("created_at", "pk"))

    class Meta:
        template_name = "sales/table.html"
        order_by = ("-asked",)
