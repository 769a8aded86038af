"""Who opens the pages of sales."""

from __future__ import annotations

from typing import Any

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.tests.doors import ACCOUNTANT, HEAD, HEADS, MANAGER, OFFICE, OWNER, Door, kept_list
from zvans.demo.cast import Cast
from zvans.people.tests.making import a_client
from zvans.sales import commands
from zvans.sales.models import RefusalReason, Stage
from zvans.sales.tests.making import a_deal, a_pipeline

SEE_DEALS = OFFICE | {ACCOUNTANT}
ARCHIVE = frozenset({OWNER, HEAD, MANAGER})


def _pipeline(cast: Cast) -> dict[str, Any]:
    return {"pk": a_pipeline(cast).pk}


def _board(cast: Cast) -> dict[str, Any]:
    a_pipeline(cast)
    return {}


def _second_pipeline(cast: Cast) -> dict[str, Any]:
    a_pipeline(cast)
    return {"pk": commands.add_pipeline(Actor.of(cast.sanita), name="Studija").pk}


def _stage(cast: Cast) -> dict[str, Any]:
    pipeline = a_pipeline(cast)
    return {"pk": Stage.objects.active().filter(pipeline=pipeline).latest("position").pk}


def _archived_stage(cast: Cast) -> dict[str, Any]:
    stage = commands.add_stage(Actor.of(cast.sanita), a_pipeline(cast), name="Lieka")
    commands.archive_stage(Actor.of(cast.sanita), stage)
    return {"pk": stage.pk}


def _reason(cast: Cast) -> dict[str, Any]:
    a_pipeline(cast)
    return {"pk": RefusalReason.objects.all()[1].pk}


def _deal(cast: Cast) -> dict[str, Any]:
    return {"pk": a_deal(cast).pk}


def _client(cast: Cast) -> dict[str, Any]:
    a_pipeline(cast)
    return {"client": a_client(cast).pk}


def _moved_deal(cast: Cast) -> dict[str, Any]:
    deal = a_deal(cast)
    commands.move_deal(Actor.of(cast.ilze), deal, deal.pipeline.stages.all()[2])
    event = journal.history(deal).first()
    assert event
    return {"pk": deal.pk, "event": event.pk}


DOORS = {
    "deal_board": Door(SEE_DEALS, make=_board),
    "deal_column": Door(SEE_DEALS, make=_stage),
    "deal_list": Door(SEE_DEALS),
    "deal_add": Door(OFFICE),
    "client_deal_add": Door(OFFICE, make=_client),
    "deal": Door(SEE_DEALS, make=_deal),
    "deal_move": Door(OFFICE, make=_deal),
    "deal_change": Door(OFFICE, make=_deal),
    "deal_step": Door(OFFICE, make=_deal),
    "deal_later": Door(OFFICE, make=_deal),
    "deal_thinking": Door(OFFICE, make=_deal),
    "deal_confirm": Door(OFFICE, make=_deal, post=True),
    "deal_win": Door(OFFICE, make=_deal),
    "deal_refuse": Door(OFFICE, make=_deal),
    "deal_reopen": Door(OFFICE, make=_deal),
    "deal_archive": Door(ARCHIVE, make=_deal, post=True),
    "deal_restore": Door(ARCHIVE, make=_deal, post=True),
    "deal_undo": Door(OFFICE, make=_moved_deal, post=True),
    **kept_list("pipeline", HEADS, _second_pipeline, ordered=True),
    "pipeline": Door(HEADS, make=_pipeline),
    "stage_add": Door(HEADS, make=_pipeline),
    "stage_change": Door(HEADS, make=_stage),
    "stage_up": Door(HEADS, make=_stage, post=True),
    "stage_archive": Door(HEADS, make=_stage, post=True),
    "stage_restore": Door(HEADS, make=_archived_stage, post=True),
    **kept_list("reason", HEADS, _reason, ordered=True),
}
