"""Acts on one deal: its next step, its answer, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core import journal, times
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.dates import day_time
from zvans.core.http import act, came_from, done, handle_form
from zvans.sales import commands
from zvans.sales.access import visible_deals
from zvans.sales.forms import NEW, DealChangeForm, LaterForm, RefuseForm, StepForm, WinForm
from zvans.sales.models import Answer, Deal
from zvans.schedule.models import Enrolment


@requires("sales.change_deal")
def deal_change(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    form = DealChangeForm(request.POST or None, user=user_of(request), deal=deal)

    def change(data: dict[str, Any]) -> Deal:
        student = None if data["student"] == deal.client else data["student"]
        wanted = data.pop("wanted")
        return commands.change_deal(_by(request), deal, **data | wanted | {"student": student})

    return handle_form(
        request,
        form,
        act=change,
        then=_after(request, deal, _("Saved.")),
        title=_("Change the deal"),
        submit=_("Save"),
        back=_back(request, deal),
    )


@requires("sales.change_deal")
def deal_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The step is done; what next?"""
    deal = deal_of(request, pk)
    return handle_form(
        request,
        StepForm(request.POST or None),
        act=lambda data: commands.plan_step(_by(request), deal, **data),
        then=_after(request, deal, _("The next step is planned.")),
        title=_("Done. What next?"),
        submit=_("Plan it"),
        lead=_("Done: %(step)s") % {"step": deal.next_step},
        back=_back(request, deal),
    )


@requires("sales.change_deal")
def deal_later(request: HttpRequest, pk: int) -> HttpResponse:
    """“Busy, call me later”: one of the usual moments at once, or a date by the form."""
    deal = deal_of(request, pk)
    when = request.GET.get("when", "")
    if request.method == "POST" and when in ("hour", "evening", "tomorrow", "week"):
        at = times.later(when, timezone.now(), timezone.get_current_timezone())
        return act(
            request,
            lambda: commands.call_later(_by(request), deal, at),
            _after(request, deal, _("%(name)s will be called %(when)s.") % {"name": deal.client, "when": day_time(at)}),
            _back(request, deal),
        )
    return handle_form(
        request,
        LaterForm(request.POST or None, initial={"when": "date"}),
        act=lambda data: commands.call_later(_by(request), deal, data["at"]),
        then=_after(request, deal, _("The call is put off.")),
        title=_("Call %(name)s later") % {"name": deal.client},
        submit=_("Call then"),
        back=_back(request, deal),
    )


@requires("sales.change_deal")
def deal_thinking(request: HttpRequest, pk: int) -> HttpResponse:
    """They are thinking: remind me of … on …"""
    deal = deal_of(request, pk)
    form = StepForm(request.POST or None, initial={"next_step": _("Ask what they decided"), "when": "week"})
    form.fields["next_step"].label = _("Remind me to")
    return handle_form(
        request,
        form,
        act=lambda data: commands.set_answer(_by(request), deal, Answer.THINKING, **data),
        then=_after(request, deal, _("They are thinking; you will be reminded.")),
        title=_("%(name)s is thinking") % {"name": deal.client},
        submit=_("Remind me"),
        back=_back(request, deal),
    )


@require_POST
@requires("sales.change_deal")
def deal_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    return act(
        request,
        lambda: commands.set_answer(_by(request), deal, Answer.CONFIRMED),
        _after(request, deal, _("%(name)s has confirmed.") % {"name": deal.client}),
        _back(request, deal),
    )


@requires("sales.change_deal")
def deal_win(request: HttpRequest, pk: int) -> HttpResponse:
    """They take it: who studies, in which group, for how much; the place is given in the same act."""
    deal = deal_of(request, pk)
    form = WinForm(request.POST or None, user=user_of(request), deal=deal)

    def win(data: dict[str, Any]) -> Deal:
        terms = {name: data[name] for name in ("group", "price", "discount_reason", "wait_if_full")}
        terms["discount"] = data["discount"] or 0
        if data["student"] != NEW:
            return commands.win(_by(request), deal, student=form.people[data["student"]], **terms)
        new = {name: data[name] for name in ("given_name", "family_name", "relation")}
        return commands.win_for_someone_new(_by(request), deal, **new, **terms)

    return handle_form(
        request,
        form,
        act=win,
        then=lambda won: done(request, _back(request, deal), _say_won(won)),
        title=_("Won: %(name)s") % {"name": deal.client},
        submit=_("Mark as won"),
        back=_back(request, deal),
    )


@requires("sales.change_deal")
def deal_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    return handle_form(
        request,
        RefuseForm(request.POST or None),
        act=lambda data: commands.refuse(_by(request), deal, **data),
        then=_after(request, deal, _("The refusal is written down.")),
        title=_("%(name)s refuses") % {"name": deal.client},
        submit=_("Close the deal"),
        back=_back(request, deal),
    )


@requires("sales.change_deal")
def deal_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    return handle_form(
        request,
        StepForm(request.POST or None, initial={"next_step": _("Call back")}),
        act=lambda data: commands.reopen(_by(request), deal, **data),
        then=lambda _deal: done(request, _back(request, deal), _("The deal is open again.")),
        title=_("Open the deal again"),
        submit=_("Open it"),
        back=_back(request, deal),
    )


@require_POST
@requires("sales.archive_deal")
def deal_archive(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    commands.archive_deal(_by(request), deal)
    return done(request, "deal_board", _("The deal is archived."), undo=reverse("deal_restore", args=[pk]))


@require_POST
@requires("sales.archive_deal")
def deal_restore(request: HttpRequest, pk: int) -> HttpResponse:
    deal = deal_of(request, pk)
    commands.restore_deal(_by(request), deal)
    return done(request, _back(request, deal), _("The deal is back."))


@require_POST
@requires("sales.change_deal")
def deal_undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """Take back one act on the deal; the notice after each act leads here."""
    deal = deal_of(request, pk)
    taken = journal.history(deal).filter(pk=event).first()
    if taken is None:
        raise Http404
    back = _back(request, deal)
    return act(
        request,
        lambda: commands.take_back(_by(request), deal, taken),
        lambda _nothing: done(request, back, _("Taken back.")),
        back,
    )


def deal_of(request: HttpRequest, pk: int) -> Deal:
    """The deal with all that its page and acts need, if the user may see it."""
    deals = visible_deals(user_of(request)).with_cards()
    return get_object_or_404(deals.select_related("pipeline", "branch", "enrolment", "refusal_reason"), pk=pk)


def undo_address(deal: Deal, back: str) -> str:
    """Where the newest act on the deal is taken back."""
    event = journal.history(deal).values_list("pk", flat=True).first()
    return f"{reverse('deal_undo', args=[deal.pk, event])}?next={back}"


def _by(request: HttpRequest) -> Actor:
    return Actor.of(user_of(request))


def _back(request: HttpRequest, deal: Deal) -> str:
    return came_from(request, reverse("deal", args=[deal.pk]))


def _after(request: HttpRequest, deal: Deal, message: str) -> Callable[[Deal], HttpResponse]:
    """Go back to where the act was done, with a notice that takes it back."""
    back = _back(request, deal)
    return lambda changed: done(request, back, message, undo=undo_address(changed, back))


def _say_won(deal: Deal) -> str:
    held = {"name": deal.learner, "group": deal.group}
    if deal.enrolment is None:
        return _("Won. Well done!")
    if deal.enrolment.state == Enrolment.State.WAITING:
        return _("%(name)s is on the waiting list of %(group)s.") % held
    return _("%(name)s has a place in %(group)s. Well done!") % held
