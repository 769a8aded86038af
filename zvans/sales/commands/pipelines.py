"""The owner's own way of selling: pipelines, stages with their playbooks, reasons of refusal."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zvans.core import journal, organisation
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.sales.models import Answer, Deal, Pipeline, RefusalReason, Stage

Listed = Pipeline | Stage | RefusalReason

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
    pipeline = Pipeline.objects.create(name=_named(name), position=_next_place(Pipeline))
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
    journal.record(by, "sales.setting_added", pipeline)
    return pipeline


@command
def add_stage(by: Actor, pipeline: Pipeline, *, name: str, **fields: Any) -> Stage:
    """A stage at the end of the pipeline.

    Args:
        fields: of its playbook: ``to_do``, ``within_hours``, ``to_say``, ``answer``.
    """
    stage = Stage.objects.create(pipeline=pipeline, name=_named(name), position=_next_place(Stage), **fields)
    journal.record(by, "sales.setting_added", stage)
    return stage


@command
def change_stage(by: Actor, stage: Stage, *, name: str, **fields: Any) -> None:
    """Change the name, and any of the playbook's fields."""
    _change(by, stage, name=_named(name), **fields)


@command
def add_reason(by: Actor, *, name: str) -> RefusalReason:
    _refuse_same_name(name)
    reason = RefusalReason.objects.create(name=_named(name), position=_next_place(RefusalReason))
    journal.record(by, "sales.setting_added", reason)
    return reason


@command
def rename(by: Actor, record: Pipeline | RefusalReason, *, name: str) -> None:
    if isinstance(record, RefusalReason):
        _refuse_same_name(name, but=record.pk)
    _change(by, record, name=_named(name))


@command
def put_before(by: Actor, record: Listed) -> None:
    """Change places with the one before; the first stays where it is."""
    beside: dict[str, Any] = {"pipeline": record.pipeline} if isinstance(record, Stage) else {}
    records: list[Listed] = list(type(record)._default_manager.filter(archived_at=None, **beside))
    place = records.index(record)
    if place:
        records[place - 1], records[place] = records[place], records[place - 1]
    for position, each in enumerate(records):
        each.position = position
    type(record)._default_manager.bulk_update(records, ["position"])  # type: ignore[arg-type]
    journal.record(by, "sales.setting_changed", record)


@command
def archive_pipeline(by: Actor, pipeline: Pipeline) -> None:
    """Put a pipeline away.

    Raises:
        Refused: when it still has open deals, or is the last one.
    """
    if Deal.objects.open().filter(pipeline=pipeline).exists():
        raise Refused(_("This pipeline still has open deals. Close them, or move them to another pipeline first."))
    if not Pipeline.objects.active().exclude(pk=pipeline.pk).exists():
        raise Refused(_("This is the only pipeline; deals need one."))
    _put_away(by, pipeline)


@command
def archive_stage(by: Actor, stage: Stage, *, move_to: Stage | None = None) -> None:
    """Put a stage away; its open deals go on at ``move_to``.

    Raises:
        Refused: when it has open deals and it is not said where they go, or it is the pipeline's last.
    """
    others = Stage.objects.active().filter(pipeline=stage.pipeline).exclude(pk=stage.pk)
    if not others.exists():
        raise Refused(_("This is the only stage; a pipeline needs one."))
    deals = list(Deal.objects.open().filter(stage=stage).select_related("client", "student", "group", "program"))
    if deals and move_to is None:
        raise Refused(_("This stage has open deals. Say where they go."), field="move_to")
    if deals and move_to is not None:
        _move_all(by, deals, stage, move_to)
    _put_away(by, stage)


@command
def archive_reason(by: Actor, reason: RefusalReason) -> None:
    if not RefusalReason.objects.active().exclude(pk=reason.pk).exists():
        raise Refused(_("This is the only reason; a refusal needs one."))
    _put_away(by, reason)


@command
def restore(by: Actor, record: Listed) -> None:
    """Bring a pipeline, stage or reason back, at the end of its list."""
    _change(by, record, archived_at=None, position=_next_place(type(record)))


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


def _change(by: Actor, record: Listed, **values: Any) -> None:
    changes = assign(record, **values)
    if changes:
        record.save(update_fields=list(changes))
        journal.record(by, "sales.setting_changed", record, changes=changes)


def _put_away(by: Actor, record: Listed) -> None:
    changes = assign(record, archived_at=timezone.now())
    record.save(update_fields=["archived_at"])
    journal.record(by, "sales.setting_archived", record, changes=changes)


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Write a name."), field="name")
    return name.strip()


def _refuse_same_name(name: str, *, but: int | None = None) -> None:
    if RefusalReason.objects.filter(name=name.strip()).exclude(pk=but or 0).exists():
        raise Refused(_("There is such a reason already, perhaps in the archive."), field="name")


def _next_place(model: type[Listed]) -> int:
    last: int | None = model._default_manager.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
