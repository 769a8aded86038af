"""What sales shows in the storeys below it, and the kinds of event that it records."""

from django.utils.translation import gettext_lazy as _

from zvans.core import journal, search
from zvans.core.journal import EventKind
from zvans.messaging import kinds as messages
from zvans.messaging.kinds import MessageKind
from zvans.people import access as people
from zvans.people.access import OwnClients
from zvans.sales.access import concerns_visible_deal, visible_deals
from zvans.sales.models import Deal

for kind in (
    EventKind(
        "sales.application_received",
        _("Applied on the website: {wanted}"),
        icon="inbox",
        tone="blue",
        template="sales/events/application.html",
    ),
    EventKind(
        "sales.application_repeated",
        _("Applied once more"),
        icon="inbox",
        tone="blue",
        template="sales/events/application.html",
    ),
    EventKind("sales.deal_added", _("New deal: {about}"), icon="layout-kanban", tone="blue"),
    EventKind("sales.deal_moved", _("Deal is at “{stage}”"), icon="arrow-right"),
    EventKind("sales.step_planned", _("Done: {done}. Next: {next_step}"), icon="arrow-forward"),
    EventKind("sales.call_postponed", _("Asked to be called later"), icon="phone-pause"),
    EventKind("sales.answer_set", _("Answer: {answer}"), icon="message-circle-question"),
    EventKind("sales.deal_won", _("Won: {wanted}"), icon="confetti", tone="green"),
    EventKind("sales.deal_lost", _("Refused: {reason}"), icon="mood-sad", tone="red"),
    EventKind("sales.deal_reopened", _("Deal opened again"), icon="rotate"),
    EventKind("sales.deal_changed", _("Deal changed"), icon="pencil"),
    EventKind("sales.deal_archived", _("Deal archived"), icon="archive"),
    EventKind("sales.deal_restored", _("Deal brought back from the archive"), icon="archive-off"),
    EventKind("sales.act_undone", _("Taken back"), icon="arrow-back-up"),
    EventKind("sales.setting_added", _("Added: {about}"), icon="settings"),
    EventKind("sales.setting_changed", _("Changed: {about}"), icon="settings"),
    EventKind("sales.setting_archived", _("Archived: {about}"), icon="settings"),
):
    journal.kinds.add(kind)

people.own_clients.add(OwnClients("deals", concerns_visible_deal))

search.kinds.add(
    search.Kind(
        "sales.deal",
        model=Deal,
        heading=_("Deals"),
        words=lambda deal: (str(deal.client), str(deal.student or ""), deal.wanted),
        visible=lambda user: visible_deals(user).active().with_cards(),
        row="sales/found.html",
        icon="layout-kanban",
        order=20,
        follows={"people.client": lambda clients: Deal.objects.about(clients).with_cards()},
    )
)

messages.kinds.add(
    MessageKind(
        "sales.application_received",
        _("Application received"),
        placeholders={
            "application.name": _("the name that the visitor wrote"),
            "application.wanted": _("the group or program that they asked for"),
        },
        sample={"application": {"name": "Anna Bērziņa", "wanted": "English B1, evenings"}},
        may_opt_out=False,
        order=10,
    )
)
