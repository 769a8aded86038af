"""The owner's own way of selling: pipelines, stages with their playbooks, reasons of refusal."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zvans.core import journal, organisation
from zvans.core.actors import Actor
from zvans.core.commands import Refused, command
from zvans.core.kept_lists.commands import add_entry, archive_entry, refuse_last
from zvans.sales.models import Answer, Deal, Pipeline, RefusalReason, Stage

# name, the answer it stands for, what to do, within how many hours, what to say
_STAGES = (
    (
        gettext_noop("New application"),
        Answer.NONE,
        gettext_noop("Call and find out who will study, why, and when they can come."),
        2,
        gettext_noop(
            "Hello, you wrote to us about lessons. Is it a good moment? Who will study, and what for? "
            "Have they learned it before? Which days and hours suit you?"
        ),
    ),
    (
        gettext_noop("Contacted"),
        Answer.NONE,
        gettext_noop("Offer one or two groups that suit, with the price and the first day."),
        24,
        gettext_noop(
            "From what you tell me, two groups would suit. May I tell you about them? The next one starts soon and "
            "few places are left. Shall I keep a place for you until tomorrow?"
        ),
    ),
    (
        gettext_noop("Thinking"),
        Answer.THINKING,
        gettext_noop("Call on the agreed day and answer what holds them back."),
        72,
        gettext_noop(
            "You wanted to think it over until today. What helps you decide? If it is the price, you can pay in parts. "
            "If it is the time, there is another group."
        ),
    ),
    (
        gettext_noop("Confirmed"),
        Answer.CONFIRMED,
        gettext_noop("Give the place and agree when they pay."),
        24,
        gettext_noop(
            "Lovely, I am writing down the place. You will get the day, the address and the payment by e-mail. "
            "Is there anything else you would like to know?"
        ),
    ),
)
_REASONS = (
    gettext_noop("Too expensive"),
    gettext_noop("No time"),
    gettext_noop("Chose another school"),
    gettext_noop("Too far away"),
    gettext_noop("No answer"),
    gettext_noop("Other"),
)


@command
def lay_pipeline(by: Actor) -> Pipeline:
    """The shipped pipeline and reasons of refusal, in the organisation's language; laid once."""
    held = Pipeline.objects.first()
    if held:
        return held
    with translation.override(organisation.current().language):
        reasons = [RefusalReason(name=_(name), position=place) for place, name in enumerate(_REASONS)]
        RefusalReason.objects.bulk_create(reasons, ignore_conflicts=True)
        return add_pipeline(by, name=_("Sign-up"))


@command
def add_pipeline(by: Actor, *, name: str) -> Pipeline:
    """A pipeline with the shipped stages, to be changed to taste."""
    pipeline = add_entry(by, Pipeline, name=name)
    with translation.override(organisation.current().language):
        Stage.objects.bulk_create(
            Stage(
                pipeline=pipeline,
                name=_(title),
                answer=answer,
                to_do=_(to_do),
                within_hours=hours,
                to_say=_(to_say),
                position=place,
            )
            for place, (title, answer, to_do, hours, to_say) in enumerate(_STAGES)
        )
    return pipeline


@command
def add_stage(by: Actor, pipeline: Pipeline, *, name: str, **fields: Any) -> Stage:
    """A stage at the end of the pipeline.

    Args:
        fields: of its playbook: ``to_do``, ``within_hours``, ``to_say``, ``answer``.
    """
    return add_entry(by, Stage, pipeline=pipeline, name=name, **fields)


@command
def archive_pipeline(by: Actor, pipeline: Pipeline) -> None:
    """Put a pipeline away.

    Raises:
        Refused: when it still has open deals, or is the last one.
    """
    if Deal.objects.open().filter(pipeline=pipeline).exists():
        raise Refused(_("This pipeline still has open deals. Close them, or move them to another pipeline first."))
    refuse_last(pipeline, Pipeline.objects.all(), _("This is the only pipeline; deals need one."))
    archive_entry(by, pipeline)


@command
def archive_stage(by: Actor, stage: Stage, *, move_to: Stage | None = None) -> None:
    """Put a stage away; its open deals go on at ``move_to``.

    Raises:
        Refused: when it has open deals and it is not said where they go, or it is the pipeline's last.
    """
    beside = Stage.objects.filter(pipeline=stage.pipeline_id)
    refuse_last(stage, beside, _("This is the only stage; a pipeline needs one."))
    deals = list(Deal.objects.open().filter(stage=stage).select_related("client", "student", "group", "program"))
    if deals and move_to is None:
        raise Refused(_("This stage has open deals. Say where they go."), field="move_to")
    if deals and move_to is not None:
        _move_all(by, deals, stage, move_to)
    archive_entry(by, stage)


@command
def archive_reason(by: Actor, reason: RefusalReason) -> None:
    refuse_last(reason, RefusalReason.objects.all(), _("This is the only reason; a refusal needs one."))
    archive_entry(by, reason)


def _move_all(by: Actor, deals: list[Deal], stage: Stage, to: Stage) -> None:
    Deal.objects.filter(pk__in=[deal.pk for deal in deals]).update(
        stage=to, pipeline=to.pipeline, stage_since=timezone.now()
    )
    changes = {"stage": [{"id": stage.pk, "label": stage.name}, {"id": to.pk, "label": to.name}]}
    journal.record_many(
        (
            journal.draft(by, "sales.deal_moved", deal, changes=changes, stage=to.name),
            deal,
            [deal.client, deal.student] if deal.student else [deal.client],
        )
        for deal in deals
    )
