"""Every write about sales."""

from zvans.sales.commands.applications import receive_application
from zvans.sales.commands.deals import (
    add_deal,
    add_deal_for_someone_new,
    archive_deal,
    call_later,
    change_deal,
    move_deal,
    plan_step,
    restore_deal,
    set_answer,
    take_back,
)
from zvans.sales.commands.endings import follow_transfer, refuse, reopen, win, win_for_someone_new
from zvans.sales.commands.pipelines import (
    add_pipeline,
    add_stage,
    archive_pipeline,
    archive_reason,
    archive_stage,
    lay_pipeline,
)

__all__ = [
    "add_deal",
    "add_deal_for_someone_new",
    "add_pipeline",
    "add_stage",
    "archive_deal",
    "archive_pipeline",
    "archive_reason",
    "archive_stage",
    "call_later",
    "change_deal",
    "follow_transfer",
    "lay_pipeline",
    "move_deal",
    "plan_step",
    "receive_application",
    "refuse",
    "reopen",
    "restore_deal",
    "set_answer",
    "take_back",
    "win",
    "win_for_someone_new",
]
