"""Pages about money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from zvans.core import money as amounts
from zvans.core import organisation
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import act, came_from, done, handle_form
from zvans.core.tables import PAGINATE
from zvans.messaging.models import Message
from zvans.money import commands, forms, plans, queries, tables
from zvans.money.access import visible_payments, visible_sales
from zvans.money.models import Payment, Sale
from zvans.money.reminders import with_reminders
from zvans.people.access import visible_clients
from zvans.people.models import Client
from zvans.team.models import User

_SOON = timedelta(days=7)
_SHOWN = ("due", "late", "soon", "credit")
_SALES_OFFERED = 20


@require_GET
@requires("money.view_payment")
def money(request: HttpRequest) -> HttpResponse:
    """Who owes what today, who is late, whose day comes soon, and who is in credit."""
    user = user_of(request)
    shown = request.GET.get("show", "due")
    shown = shown if shown in _SHOWN else "due"
    form = forms.SalesFilter(request.GET, user=user)
    sales = _narrowed(_shown_sales(visible_sales(user), shown), form)
    rows = with_reminders(sales).select_related("payer", "student", "manager").prefetch_related("payer__contacts")
    table = (tables.CreditTable if shown == "credit" else tables.SaleTable)(rows)
    RequestConfig(request, paginate=PAGINATE).configure(table)
    context: dict[str, Any] = {"table": table, "form": form, "shown": shown, "today": timezone.localdate()}
    if user.has_perm("money.view_revenue"):
        until = timezone.localdate() + (_SOON if shown == "soon" else timedelta())
        context["total"] = queries.total_credit(sales) if shown == "credit" else queries.total_due(sales, until)
    return render(request, "money/money.html", context)


@require_GET
@requires("money.view_payment")
def payment_list(request: HttpRequest) -> HttpResponse:
    """The payments of a time; of this month, when nothing else is asked for."""
    user = user_of(request)
    asked = request.GET.copy()
    asked.setdefault("since", forms.first_of_month().isoformat())
    form = forms.PaymentsFilter(asked, user=user)
    payments = _narrowed_payments(visible_payments(user), form)
    rows = payments.select_related("sale__payer", "taken_by").order_by("-paid_on", "-pk")
    table = tables.PaymentTable(rows)
    RequestConfig(request, paginate=PAGINATE).configure(table)
    context: dict[str, Any] = {"table": table, "form": form, "shown": "payments"}
    if user.has_perm("money.view_revenue"):
        sums = payments.order_by().values("method").annotate(sum=Sum("amount")).order_by("method")
        context["sums"] = [(Payment.Method(row["method"]).label, row["sum"]) for row in sums]
        context["total"] = sum(row["sum"] for row in sums)
    return render(request, "money/payments.html", context)


@require_GET
@requires("money.view_payment")
def sale(request: HttpRequest, pk: int) -> HttpResponse:
    """One sale: what is owed for it, by when, and what was paid."""
    sales = visible_sales(user_of(request)).select_related("payer", "student", "branch", "manager")
    shown = get_object_or_404(sales, pk=pk)
    payments = shown.payments.select_related("taken_by", "correction").order_by("-paid_on", "-pk")
    today = timezone.localdate()
    context = {
        "sale": shown,
        "plan": plans.coverage(plans.of(shown), shown.paid),
        "payments": payments,
        "charges": shown.charges.all(),
        "due": plans.due_by(plans.of(shown), shown.paid, today),
        "today": today,
        "seen_clients": _seen(user_of(request), shown),
    }
    return render(request, "money/sale.html", context)


@requires("money.take_payment")
def payment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment for a sale."""
    shown = _sale(request, pk)
    form = forms.PaymentForm(request.POST or None, initial={"amount": _suggested(shown)})
    return handle_form(
        request,
        form,
        act=lambda data: commands.take_payment(Actor.of(user_of(request)), shown, **data),
        then=lambda payment: _paid(request, payment),
        title=_("Take a payment"),
        submit=_("Take the payment"),
        lead=_lead(shown),
        form_template="money/payment_fields.html",
    )


@requires("money.take_payment")
def client_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment from the client's card, for one of the sales that concern them."""
    client = get_object_or_404(visible_clients(user_of(request)), pk=pk)
    sales = _sales_of(user_of(request), client)
    if not sales:
        return act(request, _nothing_sold, lambda none: none, client_address(client))
    form = forms.ClientPaymentForm(
        request.POST or None, sales=sales, initial={"sale": sales[0].pk, "amount": _suggested(sales[0])}
    )
    return handle_form(
        request,
        form,
        act=lambda data: commands.take_payment(Actor.of(user_of(request)), data.pop("sale"), **data),
        then=lambda payment: _paid(request, payment),
        title=_("Payment from %(name)s") % {"name": client},
        submit=_("Take the payment"),
        form_template="money/payment_fields.html",
        sales=sales,
        lead=_lead(sales[0]) if len(sales) == 1 else "",
    )


@requires("money.refund")
def sale_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Give money back: what was paid too much, when that is so."""
    shown = _sale(request, pk)
    form = forms.RefundForm(request.POST or None, initial={"amount": shown.credit or shown.paid or None})
    return handle_form(
        request,
        form,
        act=lambda data: commands.refund(Actor.of(user_of(request)), shown, **data),
        then=lambda payment: done(request, "sale", _("Written down as given back."), arguments=(payment.sale_id,)),
        title=_("Give money back"),
        submit=_("Give back"),
        lead=_("%(paid)s was paid for %(title)s.") % {"paid": amounts.show(shown.paid), "title": shown.title},
        form_template="money/payment_fields.html",
    )


@requires("money.refund")
def payment_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an entry that was written by mistake."""
    payment = get_object_or_404(visible_payments(user_of(request)).select_related("sale__payer"), pk=pk)
    return handle_form(
        request,
        forms.CorrectionForm(request.POST or None),
        act=lambda data: commands.correct_payment(Actor.of(user_of(request)), payment, **data),
        then=lambda entry: done(request, "sale", _("The entry is corrected."), arguments=(entry.sale_id,)),
        title=_("Correct an entry"),
        submit=_("Correct"),
        lead=_("An entry of the opposite amount is added, so that %(amount)s no longer counts. Both stay in the list.")
        % {"amount": amounts.show(payment.amount)},
    )


@requires("money.take_payment")
def sale_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan in how many parts, and when, a sale is paid; ``?number=3&first=…`` divides it anew."""
    shown = _sale(request, pk)
    parts = plans.of(shown)
    split = forms.SplitForm(request.GET if "number" in request.GET else None, initial=_split_start(parts))
    if split.is_valid():
        unit = 10 ** amounts.decimals(organisation.current().currency)
        parts = plans.split(shown.owed, split.cleaned_data["number"], split.cleaned_data["first"], unit)
    return handle_form(
        request,
        forms.PlanForm(request.POST or None, parts=parts),
        act=lambda data: commands.plan_instalments(Actor.of(user_of(request)), shown, data["parts"]),
        then=lambda _none: done(request, "sale", _("The plan is saved."), arguments=(shown.pk,)),
        title=_("Pay in parts"),
        submit=_("Save the plan"),
        form_template="money/plan_fields.html",
        split=split,
        sale=shown,
    )


@requires("money.take_payment")
def charge_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a discount, or ask for more."""
    shown = _sale(request, pk)
    return handle_form(
        request,
        forms.ChargeForm(request.POST or None),
        act=lambda data: commands.add_charge(Actor.of(user_of(request)), shown, **data),
        then=lambda _charge: done(request, "sale", _("What is owed is changed."), arguments=(shown.pk,)),
        title=_("Discount or addition"),
        submit=_("Save"),
        lead=_("%(owed)s is owed in all. The last parts of the plan change with it.")
        % {"owed": amounts.show(shown.owed)},
        form_template="money/charge_fields.html",
    )


@requires("money.refund")
def sale_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that nothing is owed any more."""
    shown = _sale(request, pk)
    return handle_form(
        request,
        forms.CancelForm(request.POST or None),
        act=lambda data: commands.cancel_sale(Actor.of(user_of(request)), shown, **data),
        then=lambda _none: done(request, "sale", _("Nothing is owed for it any more."), arguments=(shown.pk,)),
        title=_("Nothing more is owed"),
        submit=_("Cancel what is owed"),
        lead=_("What was paid (%(paid)s) stays as credit, to be given back.") % {"paid": amounts.show(shown.paid)},
    )


@require_POST
@requires("money.take_payment")
def sale_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the payer a reminder now."""
    shown = _sale(request, pk)
    back = came_from(request, request.headers.get("Referer", "/money/"))
    return act(
        request,
        lambda: commands.remind(Actor.of(user_of(request)), shown),
        lambda reminder: done(request, back, _say_reminded(reminder)),
        back,
    )


def _say_reminded(reminder: Message) -> str:
    if reminder.state == Message.State.KEPT:
        return _("The reminder to %(name)s is kept, not sent: no mail server is set.") % {"name": reminder.client}
    return _("A reminder is on its way to %(name)s.") % {"name": reminder.client}


def client_address(client: Client) -> str:
    return f"/clients/{client.pk}/"


def _sale(request: HttpRequest, pk: int) -> Sale:
    return get_object_or_404(visible_sales(user_of(request)).select_related("payer"), pk=pk)


def _shown_sales(sales: QuerySet[Sale], shown: str) -> QuerySet[Sale]:
    today = timezone.localdate()
    match shown:
        case "late":
            return queries.late(sales, today)
        case "soon":
            return queries.soon(sales, today, today + _SOON)
        case "credit":
            return queries.in_credit(sales)
    return queries.due(sales, today)


def _narrowed(sales: QuerySet[Sale], form: forms.SalesFilter) -> QuerySet[Sale]:
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    return sales.filter(**asked)


def _narrowed_payments(payments: QuerySet[Payment], form: forms.PaymentsFilter) -> QuerySet[Payment]:
    form.is_valid()
    names = {"since": "paid_on__gte", "until": "paid_on__lte", "method": "method", "taken_by": "taken_by"}
    return payments.filter(**{names[name]: value for name, value in form.cleaned_data.items() if value})


def _seen(user: User, shown: Sale) -> set[int]:
    """Which of the sale's people the user may open the cards of."""
    people = [key for key in (shown.payer_id, shown.student_id) if key]
    return set(visible_clients(user).filter(pk__in=people).values_list("pk", flat=True))


def _sales_of(user: User, client: Client) -> list[Sale]:
    concerning = visible_sales(user).filter(Q(payer=client) | Q(student=client))
    ordered = queries.with_due(concerning, timezone.localdate()).order_by(F("next_due_on").asc(nulls_last=True), "-pk")
    return list(ordered.select_related("payer")[:_SALES_OFFERED])


def _nothing_sold() -> HttpResponse:
    raise Refused(_("Nothing was sold to this client yet, so there is nothing to pay for."))


def _suggested(shown: Sale) -> int | None:
    """What is due by today, or else the next part, or else all that is left."""
    covered = plans.coverage(plans.of(shown), shown.paid)
    due = plans.due_by(plans.of(shown), shown.paid, timezone.localdate())
    coming = next((part.left for part in covered if part.left), 0)
    return due or coming or None


def _lead(shown: Sale) -> str:
    facts = {"name": shown.payer, "title": shown.title, "left": amounts.show(shown.left)}
    if shown.left <= 0:
        return _("%(name)s, %(title)s: paid in full.") % facts
    return _("%(name)s, %(title)s: %(left)s is left to pay.") % facts


def _paid(request: HttpRequest, payment: Payment) -> HttpResponse:
    message = _("%(amount)s taken.") % {"amount": amounts.show(payment.amount)}
    return done(request, came_from(request, f"/sales/{payment.sale_id}/"), message)


def _split_start(parts: list[plans.Part]) -> dict[str, Any]:
    return {"number": max(len(parts), 2), "first": parts[0].due_on if parts else timezone.localdate()}
