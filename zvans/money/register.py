"""What money shows in the storeys below it, its kinds of event, and its messages."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zvans.core import jobs, journal, money, shell
from zvans.core.dates import long_day
from zvans.core.jobs import Periodic
from zvans.core.journal import EventKind
from zvans.core.ledgers import Ledger, ledgers
from zvans.core.shell import NavigationItem
from zvans.messaging.kinds import MessageKind, written
from zvans.messaging.kinds import kinds as messages
from zvans.money.panels import load_card, load_today
from zvans.people import card, today
from zvans.people.card import Act, Panel
from zvans.people.today import Section

_SEEN_BY = "money.view_payment"

for name, sentence, icon, tone in (
    ("money.sale_opened", _("To pay: {amount}, {about}"), "receipt", ""),
    ("money.instalments_planned", _("To be paid in parts ({parts}): {about}"), "calendar-dollar", ""),
    ("money.payment_taken", _("Paid: {amount}, {about}"), "coin", "green"),
    ("money.refunded", _("Given back: {amount}, {about}"), "receipt-refund", "yellow"),
    ("money.payment_corrected", _("Payment of {amount} corrected ({reason}): {about}"), "arrow-back-up", "yellow"),
    ("money.charge_added", _("What is owed changed by {amount} ({reason}): {about}"), "discount", ""),
    ("money.sale_cancelled", _("Nothing more is owed: {about}"), "receipt-off", ""),
    ("money.sale_renamed", _("What was for {before} is now for {about}"), "pencil", ""),
    ("money.payer_reminded", _("Reminded of a payment: {about}"), "bell-ringing", ""),
):
    journal.kinds.add(
        EventKind(name, sentence, icon=icon, tone=tone, amounts=("amount",), capability=_SEEN_BY, link="sale")
    )

_PAYMENT = {
    "sale.title": _("what it is for"),
    "sale.left": _("what is still to pay in all"),
    "payment.amount": _("the amount"),
}
messages.add(
    MessageKind(
        "money.payment_due",
        label=_("Payment due"),
        placeholders={
            **_PAYMENT,
            "payment.due_on": _("the day by which it is due"),
            "payment.is_late": _("true when that day has passed (for conditions)"),
            "payment.days_late": _("for how many days it has been late"),
        },
        sample={
            "sale": {"title": "English A1", "left": written(lambda: money.show(240 * 100))},
            "payment": {
                "amount": written(lambda: money.show(120 * 100)),
                "due_on": written(lambda: long_day(date(2027, 3, 15))),
                "is_late": False,
                "days_late": 0,
            },
        },
        days_before=2,
        order=40,
    )
)
messages.add(
    MessageKind(
        "money.payment_received",
        label=_("Payment received"),
        placeholders=_PAYMENT,
        sample={
            "sale": {"title": "English A1", "left": written(lambda: money.show(120 * 100))},
            "payment": {"amount": written(lambda: money.show(120 * 100))},
        },
        may_opt_out=False,
        order=50,
    )
)

ledgers.add(Ledger("money_charge", ("sale_id", "kind", "amount", "at")))
ledgers.add(
    Ledger(
        "money_payment", ("sale_id", "kind", "amount", "method", "paid_on", "corrects_id", "taken_by_id", "at", "key")
    )
)
jobs.PERIODIC.add(Periodic("zvans.money.tasks.remind_of_payments", minutes=60))
shell.navigation.add(NavigationItem("money", _("Money"), icon="coin", capability=_SEEN_BY, section="payment", order=50))
card.panels.add(Panel("money", load=load_card, template="money/card_panel.html", capability=_SEEN_BY, order=20))
card.acts.add(Act("client_pay", _("Payment"), icon="coin", capability="money.take_payment", order=40))
today.sections.add(Section("money.due", load=load_today, template="money/today.html", capability=_SEEN_BY, order=40))
