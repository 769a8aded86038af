"""The owner's own way of selling, as lists: pipelines, the stages of each, reasons of refusal."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zvans.core.kept_lists import KeptList
from zvans.sales.commands import archive_pipeline, archive_reason, archive_stage
from zvans.sales.forms import StageForm
from zvans.sales.models import Deal, Pipeline, RefusalReason, Stage

OPEN = Count("deals", filter=Q(deals__state=Deal.State.OPEN, deals__archived_at=None))

PIPELINES: KeptList[Pipeline] = KeptList(
    "pipeline",
    Pipeline,
    capability="sales.manage_pipeline",
    title=_("Pipelines"),
    lead=_("The ways from a question to a place in a group."),
    new=_("New pipeline"),
    icon="layout-kanban",
    order=30,
    scope=lambda _user: Pipeline.objects.annotate(open=OPEN).prefetch_related("stages"),
    row="sales/pipeline_row.html",
    change_at="rename/",
    archiving=archive_pipeline,
)
STAGES: KeptList[Stage] = KeptList(
    "stage",
    Stage,
    capability="sales.manage_pipeline",
    title=_("Stages"),
    new=_("New stage"),
    icon="layout-kanban",
    form=StageForm,
    row="sales/stage_row.html",
    order_within="pipeline",
    page=lambda stage: reverse("pipeline", args=[stage.pipeline_id]),
    asks=lambda stage: bool(stage.open),  # type: ignore[attr-defined]
    archiving=archive_stage,
)
REASONS: KeptList[RefusalReason] = KeptList(
    "reason",
    RefusalReason,
    capability="sales.manage_pipeline",
    title=_("Reasons of refusal"),
    lead=_("A refusal always has one of these reasons, so that you see why people do not come."),
    new=_("New reason of refusal"),
    icon="mood-sad",
    order=31,
    scope=lambda _user: RefusalReason.objects.annotate(used=Count("deal")),
    row="sales/reason_row.html",
    change_at="rename/",
    archiving=archive_reason,
)
