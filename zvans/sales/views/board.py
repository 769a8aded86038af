"""The board and the list of deals."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import came_from, done, is_fragment
from zvans.core.tables import PAGINATE
from zvans.sales import commands, queries
from zvans.sales.access import visible_deals
from zvans.sales.filters import BoardFilter, DealFilter
from zvans.sales.models import Pipeline, Stage
from zvans.sales.tables import DealTable
from zvans.sales.views.acts import undo_address


@requires("sales.view_deal")
def deal_board(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    pipelines = list(Pipeline.objects.active())
    if not pipelines:
        return render(request, "sales/no_pipeline.html")
    wanted = request.GET.get("pipeline", "")
    pipeline = next((one for one in pipelines if str(one.pk) == wanted), pipelines[0])
    filters = BoardFilter(request.GET, user=user, queryset=visible_deals(user))
    columns = queries.board(filters.deals, pipeline, sums=user.has_perm("money.view_revenue"))
    kept = {"pipeline": pipeline.pk} if len(pipelines) > 1 else {}
    context = {"pipelines": pipelines, "kept": kept, "pipeline": pipeline, "filters": filters, "columns": columns}
    return render(request, "sales/board.html", context | _card_context(request))


@requires("sales.view_deal")
def deal_column(request: HttpRequest, pk: int) -> HttpResponse:
    """The next cards of a column."""
    user = user_of(request)
    stage = get_object_or_404(Stage, pk=pk)
    filters = BoardFilter(request.GET, user=user, queryset=visible_deals(user))
    after = request.GET.get("after", "")
    shown = int(after) if after.isdecimal() else 0
    cards = queries.cards(filters.deals, stage, shown)
    context = {"stage": stage, "cards": cards, "shown": shown + len(cards), "more": len(cards) == queries.CARDS}
    context["answer_here"] = stage.answer
    return render(request, "sales/column.html#page", context | _card_context(request))


@requires("sales.view_deal")
def deal_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    filters = DealFilter(request.GET, user=user, queryset=queries.as_rows(visible_deals(user)))
    table = DealTable(filters.deals)
    RequestConfig(request, paginate=PAGINATE).configure(table)
    kept = {"figure": filters.figure.name} if filters.figure else {}
    return render(request, "sales/list.html", {"filters": filters, "table": table, "kept": kept})


@requires("sales.change_deal")
def deal_move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another stage: by a drag or a key on the board, or from a list of stages."""
    user = user_of(request)
    deal = get_object_or_404(visible_deals(user).with_cards().select_related("pipeline"), pk=pk)
    if request.method != "POST":
        stages = Stage.objects.active().filter(pipeline__archived_at=None).select_related("pipeline")
        context = {"deal": deal, "stages": stages, "next": came_from(request, reverse("deal", args=[pk]))}
        return render(request, "sales/move.html#sheet" if is_fragment(request) else "sales/move.html", context)
    stage = get_object_or_404(Stage.objects.select_related("pipeline"), pk=_number(request.POST.get("stage")))
    back = came_from(request, reverse("deal", args=[pk]))
    try:
        commands.move_deal(Actor.of(user), deal, stage)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return done(request, back)
    message = _("%(name)s is now at “%(stage)s”.") % {"name": deal.client, "stage": stage}
    if "board" not in request.POST:
        return done(request, back, message, undo=undo_address(deal, back))
    messages.success(request, message, extra_tags=undo_address(deal, back))
    return render(request, "sales/moved.html", {"deal": deal, **_board_of(request, stage), **_card_context(request)})


def _board_of(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    """The heads of the board that the card was moved on, as its filters have them."""
    user = user_of(request)
    query = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    filters = BoardFilter(query, user=user, queryset=visible_deals(user))
    heads = queries.heads(filters.deals, stage.pipeline, sums=user.has_perm("money.view_revenue"))
    return {"columns": list(heads.values()), "answer_here": stage.answer}


def _card_context(request: HttpRequest) -> dict[str, Any]:
    """What every card asks, asked once."""
    page = urlsplit(request.headers.get("HX-Current-URL", request.get_full_path()))
    address = f"{reverse('deal_board')}?{page.query}"
    return {"may_move": user_of(request).has_perm("sales.change_deal"), "back_to_board": quote(address, safe="")}


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() else 0
