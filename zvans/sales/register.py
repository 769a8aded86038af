"""What sales shows in the storeys below it, and the kinds of event that it records."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from zvans.core import founding, journal, kept_lists, search, shell
from zvans.core.journal import EventKind
from zvans.core.shell import Addition, NavigationItem
from zvans.messaging import kinds as messages
from zvans.messaging.kinds import MessageKind
from zvans.people import access as people
from zvans.people import card, today
from zvans.people.access import OwnClients
from zvans.people.card import Act, Panel
from zvans.people.imports.targets import targets
from zvans.people.today import Section
from zvans.sales import lists, my_day
from zvans.sales.access import concerns_visible_deal, visible_deals
from zvans.sales.commands import follow_transfer, lay_pipeline
from zvans.sales.imports import DEAL
from zvans.sales.models import Deal
from zvans.schedule.transfers import Follower, followers

_STEP = ("next_step", "next_step_kind", "next_step_at")
_OfDeal = partial(EventKind, capability="sales.view_deal", amounts=("price",), link="deal")
_OfApplication = partial(_OfDeal, icon="inbox", tone="blue", template="sales/events/said.html")
for kind in (
    _OfApplication("sales.application_received", _("Applied on the website: {wanted}")),
    _OfApplication("sales.application_repeated", _("Applied once more")),
    _OfDeal("sales.deal_added", _("New deal: {wanted}"), icon="layout-kanban", tone="blue"),
    _OfDeal("sales.deal_moved", _("Deal is at “{stage}”"), icon="arrow-right", told=("stage", "answer")),
    _OfDeal("sales.step_planned", _("Done: {done}. Next: {next_step}, {at}"), icon="check", told=_STEP),
    _OfDeal("sales.call_postponed", _("To be called later: {at}"), icon="clock-pause", told=_STEP),
    _OfDeal("sales.answer_set", _("Answer: {answer}"), icon="message-circle", told=("answer", "stage")),
    _OfDeal("sales.deal_won", _("Won: {wanted}"), icon="confetti", tone="green", told=("state", "answer", *_STEP)),
    _OfDeal(
        "sales.deal_lost",
        _("Refused: {reason}"),
        icon="mood-sad",
        tone="red",
        template="sales/events/said.html",
        told=("state", "refusal_reason", "refusal_note", *_STEP),
    ),
    _OfDeal("sales.deal_reopened", _("Deal opened again"), icon="rotate", told=("state", "closed_at")),
    _OfDeal("sales.deal_changed", _("Deal changed"), icon="pencil"),
    _OfDeal("sales.deal_archived", _("Deal archived"), icon="archive"),
    _OfDeal("sales.deal_restored", _("Deal brought back from the archive"), icon="archive-off"),
    _OfDeal("sales.act_undone", _("Taken back"), icon="arrow-back-up"),
):
    journal.kinds.add(kind)

followers.add(Follower("sales.deal", follow_transfer))
founding.steps.add(founding.Step("sales.pipeline", lambda by, _school: lay_pipeline(by)))
people.own_clients.add(OwnClients("deals", concerns_visible_deal))

search.kinds.add(
    search.Kind(
        "sales.deal",
        model=Deal,
        heading=_("Deals"),
        words=lambda deal: (deal.client.name, deal.student.name if deal.student else "", deal.wanted),
        visible=lambda user: visible_deals(user).active().with_cards(),
        row="sales/found.html",
        icon="layout-kanban",
        order=20,
        follows={"people.client": lambda clients: Deal.objects.about(clients).with_cards()},
    )
)

shell.navigation.add(
    NavigationItem(
        "deal_board",
        _("Deals"),
        icon="layout-kanban",
        capability="sales.view_deal",
        section="deal",
        order=30,
        on_phone=True,
    )
)
shell.additions.add(Addition("deal_add", _("Deal"), icon="layout-kanban", capability="sales.change_deal", order=20))
kept_lists.register(lists.PIPELINES)
kept_lists.register(lists.STAGES, in_settings=False)
kept_lists.register(lists.REASONS)

card.acts.add(Act("client_deal_add", _("Deal"), icon="layout-kanban", capability="sales.change_deal", order=20))
card.panels.add(
    Panel("deals", load=my_day.deals_of, template="sales/panels/deals.html", capability="sales.view_deal", order=10)
)

for section in (
    Section("sales.applications", my_day.applications, "sales/today/applications.html", "sales.change_deal", order=10),
    Section("sales.steps", my_day.steps, "sales/today/steps.html", "sales.change_deal", order=20),
    Section("sales.funnel", my_day.funnel, "sales/today/funnel.html", "sales.view_deal", order=10, wide=False),
):
    today.sections.add(section)

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

targets.add(DEAL)
