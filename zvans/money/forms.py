"""Forms about money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zvans.core.forms import DateInput, Form, MoneyField
from zvans.money.models import Charge, Payment, Sale
from zvans.money.plans import Part
from zvans.team.access import colleagues, visible_branches
from zvans.team.models import Branch, User


class _EntryForm(Form):
    """What a payment and a refund ask for."""

    amount = MoneyField(label=_("Amount"))
    method = forms.ChoiceField(
        label=_("How"), choices=Payment.Method.choices, widget=forms.RadioSelect, initial=Payment.Method.CARD
    )
    paid_on = forms.DateField(label=_("Date"), widget=DateInput, initial=timezone.localdate)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PaymentForm(_EntryForm):
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=uuid4)


class ClientPaymentForm(PaymentForm):
    """A payment from the client's card, where it may be for one of several sales."""

    sale = forms.ModelChoiceField(Sale.objects.none(), label=_("For"), empty_label=None)

    def __init__(self, *args: Any, sales: Sequence[Sale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sale"]
        field.queryset = Sale.objects.filter(pk__in=[sale.pk for sale in sales])
        field.choices = [(sale.pk, str(sale)) for sale in sales]
        if len(sales) == 1:
            field.widget = forms.HiddenInput()


class RefundForm(_EntryForm):
    pass


class CorrectionForm(Form):
    reason = forms.CharField(label=_("What was wrong"), max_length=200)


class ChargeForm(Form):
    """A discount or an addition; the amount is typed above zero in both cases."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(Charge.Kind.DISCOUNT, _("Discount")), (Charge.Kind.CORRECTION, _("More to pay"))],
        widget=forms.RadioSelect,
        initial=Charge.Kind.DISCOUNT,
    )
    amount = MoneyField(label=_("Amount"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Charge.Kind.DISCOUNT and data.get("amount"):
            data["amount"] = -data["amount"]
        return data


class CancelForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PlanForm(Form):
    """The parts of a plan as rows of a day and an amount; an empty row is no part."""

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(max(len(parts) + 1, self._sent_rows()))
        for number in self.numbers:
            part = parts[number] if number < len(parts) else None
            self.fields[f"due_on_{number}"] = forms.DateField(
                label=gettext("By"), widget=DateInput, required=False, initial=part and part.due_on
            )
            self.fields[f"amount_{number}"] = MoneyField(
                label=gettext("Amount"), required=False, initial=part and part.amount
            )

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(number + 1, self[f"due_on_{number}"], self[f"amount_{number}"]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts = []
        for number in self.numbers:
            day, amount = data.get(f"due_on_{number}"), data.get(f"amount_{number}")
            if day and amount:
                parts.append(Part(day, amount))
            elif day and amount is None and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", gettext("Write the amount of this part."))
            elif amount and f"due_on_{number}" not in self.errors:
                self.add_error(f"due_on_{number}", gettext("Write the day of this part."))
        return {"parts": sorted(parts)}

    def _sent_rows(self) -> int:
        """How many rows came back; a browser can't be trusted to send few."""
        return min(sum(name.startswith("due_on_") for name in self.data), 60)


class SplitForm(Form):
    """Into how many monthly parts, from when."""

    number = forms.IntegerField(label=_("Parts"), min_value=1, max_value=36, initial=3)
    first = forms.DateField(label=_("from"), widget=DateInput)


class SalesFilter(Form):
    """What the list of who owes is narrowed to."""

    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"), required=False)
    manager = forms.ModelChoiceField(User.objects.none(), label=_("Manager"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["branch"], visible_branches(user), _("All branches"))
        _offer(self.fields["manager"], colleagues(user), _("All managers"))


class PaymentsFilter(Form):
    """What the list of payments is narrowed to."""

    since = forms.DateField(label=_("From"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Until"), widget=DateInput, required=False)
    method = forms.ChoiceField(label=_("How"), choices=[("", _("Any way")), *Payment.Method.choices], required=False)
    taken_by = forms.ModelChoiceField(User.objects.none(), label=_("Taken by"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["taken_by"], colleagues(user), _("Anyone"))


def first_of_month() -> date:
    return timezone.localdate().replace(day=1)


def _offer(field: Any, rows: Any, empty_label: Any) -> None:
    field.queryset = rows
    field.empty_label = empty_label
