"""Settings: pipelines, their stages with playbooks, and reasons of refusal."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form
from zvans.sales import commands
from zvans.sales.forms import NameForm, StageArchiveForm, StageForm
from zvans.sales.models import Deal, Pipeline, RefusalReason, Stage

manages = requires("sales.manage_pipeline")
_OPEN = Count("deals", filter=Q(deals__state=Deal.State.OPEN, deals__archived_at=None))


@manages
def pipeline_list(request: HttpRequest) -> HttpResponse:
    pipelines = Pipeline.objects.annotate(open=_OPEN).prefetch_related("stages")
    return render(request, "sales/pipelines.html", {"pipelines": pipelines})


@manages
def pipeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages of a pipeline, in their order."""
    held = get_object_or_404(Pipeline, pk=pk)
    return render(request, "sales/pipeline.html", {"pipeline": held, "stages": held.stages.annotate(open=_OPEN)})


@manages
def pipeline_add(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        NameForm(request.POST or None),
        act=lambda data: commands.add_pipeline(_by(request), **data),
        then=lambda added: done(request, "pipeline", _("Added."), arguments=(added.pk,)),
        title=_("New pipeline"),
        submit=_("Add"),
        lead=_("It begins with the usual stages; change them to your taste."),
        back=reverse("pipeline_list"),
    )


@manages
def pipeline_rename(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Pipeline, pk=pk)
    return handle_form(
        request,
        NameForm(request.POST or None, initial={"name": held.name}),
        act=lambda data: commands.rename(_by(request), held, **data),
        then=lambda _nothing: done(request, "pipeline", _("Saved."), arguments=(pk,)),
        title=_("Rename the pipeline"),
        submit=_("Save"),
        back=reverse("pipeline", args=[pk]),
    )


@require_POST
@manages
def pipeline_up(request: HttpRequest, pk: int) -> HttpResponse:
    commands.put_before(_by(request), get_object_or_404(Pipeline.objects.active(), pk=pk))
    return done(request, "pipeline_list")


@require_POST
@manages
def pipeline_archive(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Pipeline, pk=pk)
    return act(
        request,
        lambda: commands.archive_pipeline(_by(request), held),
        lambda _nothing: done(request, "pipeline_list", _("Archived."), undo=reverse("pipeline_restore", args=[pk])),
        reverse("pipeline_list"),
    )


@require_POST
@manages
def pipeline_restore(request: HttpRequest, pk: int) -> HttpResponse:
    commands.restore(_by(request), get_object_or_404(Pipeline, pk=pk))
    return done(request, "pipeline_list", _("It is back."))


@manages
def stage_add(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Pipeline, pk=pk)
    return handle_form(
        request,
        StageForm(request.POST or None),
        act=lambda data: commands.add_stage(_by(request), held, **data),
        then=lambda _stage: done(request, "pipeline", _("Added."), arguments=(pk,)),
        title=_("New stage"),
        submit=_("Add"),
        back=reverse("pipeline", args=[pk]),
    )


@manages
def stage_change(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(Stage, pk=pk)
    initial = {name: getattr(stage, name) for name in StageForm.base_fields}
    return handle_form(
        request,
        StageForm(request.POST or None, initial=initial),
        act=lambda data: commands.change_stage(_by(request), stage, **data),
        then=lambda _nothing: done(request, "pipeline", _("Saved."), arguments=(stage.pipeline_id,)),
        title=_("Stage “%(name)s”") % {"name": stage},
        submit=_("Save"),
        back=reverse("pipeline", args=[stage.pipeline_id]),
    )


@require_POST
@manages
def stage_up(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(Stage.objects.active(), pk=pk)
    commands.put_before(_by(request), stage)
    return done(request, "pipeline", arguments=(stage.pipeline_id,))


@manages
def stage_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a stage away; when it has open deals the form asks where they go."""
    stage = get_object_or_404(Stage.objects.active(), pk=pk)
    back = reverse("pipeline", args=[stage.pipeline_id])
    if request.method == "POST" and "move_to" not in request.POST:
        return act(
            request,
            lambda: commands.archive_stage(_by(request), stage),
            lambda _nothing: done(request, back, _("Archived."), undo=reverse("stage_restore", args=[pk])),
            back,
        )
    return handle_form(
        request,
        StageArchiveForm(request.POST or None, stage=stage),
        act=lambda data: commands.archive_stage(_by(request), stage, **data),
        then=lambda _nothing: done(request, back, _("Archived; its deals have gone on.")),
        title=_("Archive the stage “%(name)s”") % {"name": stage},
        submit=_("Archive"),
        back=back,
    )


@require_POST
@manages
def stage_restore(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(Stage, pk=pk)
    commands.restore(_by(request), stage)
    return done(request, "pipeline", _("It is back."), arguments=(stage.pipeline_id,))


@manages
def reason_list(request: HttpRequest) -> HttpResponse:
    reasons = RefusalReason.objects.annotate(used=Count("deal"))
    return render(request, "sales/reasons.html", {"reasons": reasons})


@manages
def reason_add(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        NameForm(request.POST or None),
        act=lambda data: commands.add_reason(_by(request), **data),
        then=lambda _reason: done(request, "reason_list", _("Added.")),
        title=_("New reason of refusal"),
        submit=_("Add"),
        back=reverse("reason_list"),
    )


@manages
def reason_rename(request: HttpRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(RefusalReason, pk=pk)
    return handle_form(
        request,
        NameForm(request.POST or None, initial={"name": reason.name}),
        act=lambda data: commands.rename(_by(request), reason, **data),
        then=lambda _nothing: done(request, "reason_list", _("Saved.")),
        title=_("Rename the reason"),
        submit=_("Save"),
        back=reverse("reason_list"),
    )


@require_POST
@manages
def reason_up(request: HttpRequest, pk: int) -> HttpResponse:
    commands.put_before(_by(request), get_object_or_404(RefusalReason.objects.active(), pk=pk))
    return done(request, "reason_list")


@require_POST
@manages
def reason_archive(request: HttpRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(RefusalReason, pk=pk)
    return act(
        request,
        lambda: commands.archive_reason(_by(request), reason),
        lambda _nothing: done(request, "reason_list", _("Archived."), undo=reverse("reason_restore", args=[pk])),
        reverse("reason_list"),
    )


@require_POST
@manages
def reason_restore(request: HttpRequest, pk: int) -> HttpResponse:
    commands.restore(_by(request), get_object_or_404(RefusalReason, pk=pk))
    return done(request, "reason_list", _("It is back."))


def _by(request: HttpRequest) -> Actor:
    return Actor.of(user_of(request))
