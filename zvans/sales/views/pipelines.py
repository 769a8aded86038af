"""A pipeline with its stages: what is theirs alone; the rest they have as lists (``sales.lists``)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form
from zvans.core.kept_lists.views import rows
from zvans.sales import commands
from zvans.sales.forms import StageArchiveForm
from zvans.sales.lists import OPEN, PIPELINES, STAGES
from zvans.sales.models import Pipeline, Stage

manages = requires("sales.manage_pipeline")


@manages
def pipeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages of a pipeline, in their order."""
    held = get_object_or_404(Pipeline, pk=pk)
    stages = rows(STAGES, held.stages.annotate(open=OPEN))
    return render(request, "sales/pipeline.html", {"pipeline": held, "kept": STAGES, "rows": stages})


@manages
def pipeline_add(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        PIPELINES.form_for(user_of(request), request.POST or None),
        act=lambda data: commands.add_pipeline(Actor.of(user_of(request)), **data),
        then=lambda added: done(request, "pipeline", _("Added."), arguments=(added.pk,)),
        title=PIPELINES.new,
        submit=_("Add"),
        lead=_("It begins with the usual stages; change them to your taste."),
        back=reverse("pipeline_list"),
    )


@manages
def stage_add(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Pipeline, pk=pk)
    return handle_form(
        request,
        STAGES.form_for(user_of(request), request.POST or None),
        act=lambda data: commands.add_stage(Actor.of(user_of(request)), held, **data),
        then=lambda _stage: done(request, "pipeline", _("Added."), arguments=(pk,)),
        title=STAGES.new,
        submit=_("Add"),
        back=reverse("pipeline", args=[pk]),
    )


@manages
def stage_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a stage away; when it has open deals the form asks where they go."""
    stage = get_object_or_404(Stage.objects.active(), pk=pk)
    by, back = Actor.of(user_of(request)), STAGES.page_of(stage)
    if request.method == "POST" and "move_to" not in request.POST:
        return act(
            request,
            lambda: commands.archive_stage(by, stage),
            lambda _nothing: done(request, back, _("Archived."), undo=STAGES.url("restore", pk)),
            back,
        )
    return handle_form(
        request,
        StageArchiveForm(request.POST or None, stage=stage),
        act=lambda data: commands.archive_stage(by, stage, **data),
        then=lambda _nothing: done(request, back, _("Archived; its deals have gone on.")),
        title=_("Archive the stage “%(name)s”") % {"name": stage},
        submit=_("Archive"),
        back=back,
    )
