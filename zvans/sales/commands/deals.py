"""Working on a deal: opening it, its next step, where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal, search
from zvans.core.actors import Actor
from zvans.core.commands import Changes, Refused, assign, command
from zvans.core.models import Event
from zvans.people import commands as people
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint, Source
from zvans.sales.models import Answer, Application, Deal, Stage
from zvans.schedule.models import Group, Program
from zvans.team.models import Branch, User

# The acts whose ``changes`` are all that they did to the deal, so that they can be taken back.
UNDOABLE = frozenset(
    {
        "sales.deal_moved",
        "sales.step_planned",
        "sales.call_postponed",
        "sales.answer_set",
        "sales.deal_changed",
        "sales.deal_lost",
    }
)


@command
def add_deal(
    by: Actor,
    client: Client,
    *,
    manager: User | None,
    next_step: str,
    next_step_at: datetime | None,
    next_step_kind: str = Deal.Step.CALL,
    program: Program | None = None,
    group: Group | None = None,
    price: int | None = None,
    source: Source | None = None,
    student: Client | None = None,
    wish: str = "",
    stage: Stage | None = None,
    branch: Branch | None = None,
) -> Deal:
    """Open a deal with its next step.

    Args:
        price: agreed with the client, in minor units; None while nothing is.
        stage: the first of the first pipeline when None.
        branch: the group's, else the client's, when None.

    Raises:
        Refused: without a next step and its time.
    """
    deal = open_deal(
        client,
        manager=manager,
        next_step=next_step,
        next_step_at=next_step_at,
        next_step_kind=next_step_kind,
        program=program,
        group=group,
        price=price,
        source=source,
        student=student,
        wish=wish,
        stage=stage,
        branch=branch,
    )
    journal.record(by, "sales.deal_added", deal, concerning=concerned(deal), wanted=deal.wanted)
    return deal


@command
def add_deal_for_someone_new(by: Actor, *, name: str, phone: str = "", **terms: Any) -> Deal:
    """As ``add_deal``, for someone who is not yet in the base: they are added, with their phone.

    Args:
        name: as it is said: given name, then family name.
        terms: as for ``add_deal``.
    """
    given, _space, family = " ".join(name.split()).partition(" ")
    manager, group = terms["manager"], terms.get("group")
    places = list(manager.branches.all()[:2]) if manager else []
    client = people.add_client(
        by,
        given_name=given[:120],
        family_name=family[:120],
        contacts=[Contact(ContactPoint.Kind.PHONE, phone)] if phone else [],
        source=terms.get("source"),
        manager=manager,
        branch=group.branch if group else places[0] if len(places) == 1 else None,
    )
    return add_deal(by, client, **terms)


@command
def change_deal(by: Actor, deal: Deal, **fields: Any) -> Deal:
    """Change what is given and leave the rest (program, group, price, source, manager, branch, student, wish)."""
    group = fields.get("group")
    if group and not fields.get("program"):
        fields["program"] = group.program
    changes = update_open(deal, **fields)
    if changes:
        search.index(deal)
        journal.record(by, "sales.deal_changed", deal, concerning=concerned(deal), changes=changes)
    return deal


@command
def move_deal(by: Actor, deal: Deal, stage: Stage) -> Deal:
    """Put the deal at a stage, of another pipeline too; a stage that stands for an answer gives it that answer.

    Raises:
        Refused: when a colleague has closed the deal meanwhile, or put the stage away.
    """
    if not Stage.objects.active().filter(pk=stage.pk).exists():
        raise Refused(_("The stage “%(stage)s” is archived. Choose another one.") % {"stage": stage.name})
    answer = stage.answer or (Answer.NONE if deal.stage.answer else deal.answer)
    changes = update_open(deal, stage=stage, pipeline=stage.pipeline, answer=answer)
    if changes:
        Deal.objects.filter(pk=deal.pk).update(stage_since=timezone.now())
        worked_on(by, "sales.deal_moved", deal, changes, stage=stage.name)
    return deal


@command
def plan_step(
    by: Actor, deal: Deal, *, next_step: str, next_step_at: datetime | None, next_step_kind: str = Deal.Step.CALL
) -> Deal:
    """The step is done; this is the next one.

    Raises:
        Refused: without a next step and its time, or when the deal is closed.
    """
    was = deal.next_step
    changes = update_open(deal, **read_step(next_step, next_step_at, next_step_kind))
    worked_on(by, "sales.step_planned", deal, changes, done=was, next_step=deal.next_step, at=next_step_at)
    return deal


@command
def call_later(by: Actor, deal: Deal, at: datetime) -> Deal:
    """“Busy, call me later”: the next step becomes a call at that time."""
    if at <= timezone.now():
        raise Refused(_("That time has passed. Choose a later one."), field="at")
    step = deal.next_step if deal.next_step_kind == Deal.Step.CALL else _("Call back")
    changes = update_open(deal, next_step=step, next_step_kind=Deal.Step.CALL, next_step_at=at)
    worked_on(by, "sales.call_postponed", deal, changes, at=at)
    return deal


@command
def set_answer(
    by: Actor,
    deal: Deal,
    answer: str,
    *,
    next_step: str = "",
    next_step_at: datetime | None = None,
    next_step_kind: str = Deal.Step.CALL,
) -> Deal:
    """The client is thinking, or has confirmed; with a new next step when one is given.

    The deal goes to the stage of its pipeline that stands for the answer, if there is one.
    """
    step = read_step(next_step, next_step_at, next_step_kind) if next_step or next_step_at else {}
    stage = Stage.objects.active().filter(pipeline=deal.pipeline_id, answer=answer).first() if answer else None
    moved = stage and stage != deal.stage
    changes = update_open(deal, answer=answer, stage=stage or deal.stage, **step)
    if changes:
        if moved:
            Deal.objects.filter(pk=deal.pk).update(stage_since=timezone.now())
        worked_on(by, "sales.answer_set", deal, changes, answer=Answer(answer).label)
    return deal


@command
def archive_deal(by: Actor, deal: Deal) -> None:
    """Put the deal away; it can come back."""
    if Deal.objects.filter(pk=deal.pk, archived_at=None).update(archived_at=timezone.now()):
        journal.record(by, "sales.deal_archived", deal, concerning=concerned(deal))


@command
def restore_deal(by: Actor, deal: Deal) -> None:
    if Deal.objects.filter(pk=deal.pk).exclude(archived_at=None).update(archived_at=None):
        journal.record(by, "sales.deal_restored", deal, concerning=concerned(deal))


@command
def take_back(by: Actor, deal: Deal, event: Event) -> None:
    """Undo one act on the deal.

    Raises:
        Refused: when the deal has changed since, or the act is not one that can be taken back.
    """
    if event.kind not in UNDOABLE:
        raise Refused(_("That can't be undone."))
    now = {name: _stored(name, after) for name, (_before, after) in event.changes.items()}
    before = {name: _stored(name, was) for name, (was, _after) in event.changes.items()}
    extra = {"closed_at": None} if before.get("state") == Deal.State.OPEN else {}
    if not Deal.objects.filter(pk=deal.pk, **now).update(**before, **extra):
        raise Refused(_("The deal has changed since, so that can't be undone."))
    if event.facts.get("answered"):
        Application.objects.filter(deal=deal).update(answered_at=None)
    deal.refresh_from_db()
    search.index(deal)
    changes = {name: [after, was] for name, (was, after) in event.changes.items()}
    journal.record(by, "sales.act_undone", deal, concerning=concerned(deal), changes=changes)


def open_deal(client: Client, *, next_step: str, next_step_at: datetime | None, **fields: Any) -> Deal:
    """Write an open deal with what is known filled in; the calling command records its event."""
    step = read_step(next_step, next_step_at, fields.pop("next_step_kind", Deal.Step.CALL))
    group, stage = fields.get("group"), fields.pop("stage", None) or _first_stage()
    fields["program"] = fields.get("program") or (group and group.program)
    fields["branch"] = fields.get("branch") or (group.branch if group else client.branch)
    deal = Deal(client=client, stage=stage, pipeline=stage.pipeline, **step, **fields)
    deal.save(force_insert=True)
    search.index(deal)
    return deal


def read_step(next_step: str, next_step_at: datetime | None, next_step_kind: str) -> dict[str, Any]:
    """The fields of a next step.

    Raises:
        Refused: when it lacks its text or its time: an open deal always has a next step.
    """
    if not next_step.strip():
        raise Refused(_("Write what the next step is: an open deal always has one."), field="next_step")
    if next_step_at is None:
        raise Refused(_("Say when the next step is."), field="next_step_at")
    return {"next_step": next_step.strip(), "next_step_at": next_step_at, "next_step_kind": next_step_kind}


def update_open(deal: Deal, **values: Any) -> Changes:
    """Write what differs, if the deal is still open.

    Raises:
        Refused: when a colleague has closed it meanwhile.
    """
    changes = assign(deal, **values)
    new = {name: getattr(deal, name) for name in changes}
    still_open = Deal.objects.filter(pk=deal.pk, state=Deal.State.OPEN, archived_at=None)
    if new and not still_open.update(**new):
        raise Refused(_("This deal is closed. Open it again first."))
    return changes


def worked_on(by: Actor, kind: str, deal: Deal, changes: Changes, **facts: Any) -> None:
    """Record an act of someone who works on the deal; the first one answers its application."""
    waiting = Application.objects.filter(deal=deal, answered_at=None)
    if waiting.update(answered_at=timezone.now()):
        facts["answered"] = True
    journal.record(by, kind, deal, concerning=concerned(deal), changes=changes, **facts)


def concerned(deal: Deal) -> list[Client]:
    """The clients on whose timelines the deal's events stand."""
    return [deal.client, deal.student] if deal.student else [deal.client]


def _first_stage() -> Stage:
    stage = (
        Stage.objects.active()
        .filter(pipeline__archived_at=None)
        .select_related("pipeline")
        .order_by("pipeline__position", "pipeline_id", "position", "pk")
        .first()
    )
    if stage is None:
        raise Refused(_("There is no pipeline yet. Add one in the settings."))
    return stage


def _stored(name: str, fact: Any) -> Any:
    """A value of the journal as the column holds it."""
    field: Field[Any, Any] = Deal._meta.get_field(name)  # type: ignore[assignment]
    if isinstance(field, ForeignKey):
        return fact and fact["id"]
    return field.to_python(fact)
