"""The pages of bringing in a spreadsheet: the history, a new file, its columns and preview, the result."""

from __future__ import annotations

import csv
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zvans.core import jobs
from zvans.core.access import requires, user_of
from zvans.core.commands import Refused
from zvans.core.forms import Form
from zvans.core.http import act, done, is_fragment
from zvans.core.models import Event, Job
from zvans.people.access import visible_clients
from zvans.people.imports import run as runs
from zvans.people.imports import screens, undo
from zvans.people.imports.access import visible_imports
from zvans.people.imports.plan import preview
from zvans.people.imports.reading import MOST_BYTES
from zvans.people.models import ImportRun
from zvans.team.access import colleagues

_SHOWN_PROBLEMS = 200


class UploadForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Your spreadsheet or address book"),
        error_messages={"required": gettext_lazy("Choose a file first."), "empty": gettext_lazy("The file is empty.")},
    )


@requires("people.import_clients")
def import_list(request: HttpRequest) -> HttpResponse:
    """What was brought in, the newest first."""
    page = Paginator(visible_imports(user_of(request)).defer("problems"), 50).get_page(request.GET.get("page"))
    return render(request, "people/imports/list.html", {"page": page})


@requires("people.import_clients")
def import_add(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Refused(
                    _("The file is larger than 50 MB. Cut it into parts and bring them in one after another.")
                )
            run = runs.upload(user_of(request), file.name, file.read())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import_run", run.uuid)
    return render(request, "people/imports/add.html", {"form": form}, status=422 if form.is_bound else 200)


@requires("people.import_clients")
def import_run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One import: its columns while it is prepared, its bar while it runs, then what became of it."""
    run = _run(request, uuid)
    if run.state == ImportRun.State.UPLOADED:
        return _prepare(request, run)
    running = run.state == ImportRun.State.RUNNING
    if is_fragment(request):
        if running:
            return render(request, "people/imports/running.html#bar", {"run": run})
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("import_run", args=[uuid])})
    if running:
        return render(request, "people/imports/running.html", {"run": run})
    context = {"run": run, "counts": run.report.get("counts", {}), "problems": run.problems[:_SHOWN_PROBLEMS]}
    return render(request, "people/imports/result.html", context)


@require_POST
@requires("people.import_clients")
def import_preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What would come of it with the columns as they are chosen now."""
    run = _run(request, uuid)
    sheet = request.POST.get("sheet", "")
    try:
        plan = runs.prepare(runs.content(run), sheet=sheet)
        plan = runs.prepare(runs.content(run), sheet=sheet, mapping=screens.chosen_mapping(request.POST.dict(), plan))
        context = {"run": run, "preview": preview(run, plan)}
    except Refused as refusal:
        context = {"run": run, "refusal": str(refusal)}
    return render(request, "people/imports/preview.html", context)


@require_POST
@requires("people.import_clients")
def import_start(request: HttpRequest, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    sheet = request.POST.get("sheet", "")

    def begin() -> Job:
        plan = runs.prepare(runs.content(run), sheet=sheet)
        mapping = screens.chosen_mapping(request.POST.dict(), plan)
        user = user_of(request)
        chosen = request.POST.get("manager", "")
        manager = colleagues(user).filter(pk=chosen).first() if chosen.isdecimal() else None
        return runs.start(run, user, sheet=sheet, mapping=mapping, manager=manager)

    here = reverse("import_run", args=[uuid])
    return act(request, begin, lambda _job: done(request, here), here)


@require_POST
@requires("people.import_clients")
def import_discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    user, page, here = user_of(request), reverse("import_list"), reverse("import_run", args=[uuid])
    return act(request, lambda: runs.discard(run, user), lambda _none: done(request, page), here)


@require_POST
@requires("people.import_clients")
def import_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop after the batch at hand; what is in by then stays, and can be undone."""
    run = _run(request, uuid)
    if run.job:
        jobs.cancel(run.job)
    return done(request, reverse("import_run", args=[uuid]))


@require_POST
@requires("people.import_clients")
def import_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    here = reverse("import_run", args=[uuid])
    return act(request, lambda: undo.start(run, user_of(request)), lambda _job: done(request, here), here)


@requires("people.import_clients")
def import_clients(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The clients that the import added: what its figure counts."""
    run = _run(request, uuid)
    added = Event.objects.filter(batch=run.batch, kind="people.client_added").values("about_id")
    clients = visible_clients(user_of(request)).filter(pk__in=added).select_related("source", "manager").order_by("pk")
    page = Paginator(clients, 100).get_page(request.GET.get("page"))
    return render(request, "people/imports/clients.html", {"run": run, "page": page})


@requires("people.import_clients")
def import_problems(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The cells that could not be read, as a file that every spreadsheet program opens."""
    run = _run(request, uuid)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="problems.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow([_("Row"), _("Column"), _("Value"), _("What is wrong")])
    for problem in run.problems:
        # A cell that begins like a formula is text for whoever opens the file.
        value = problem["value"]
        shown = f"'{value}" if value[:1] in "=+-@" and not value[1:2].isdigit() else value
        writer.writerow([problem["row"], problem["column"], shown, problem["reason"]])
    return answer


def _prepare(request: HttpRequest, run: ImportRun) -> HttpResponse:
    sheet = request.GET.get("sheet", "")
    try:
        plan = runs.prepare(runs.content(run), sheet=sheet)
    except Refused as refusal:
        return render(request, "people/imports/refused.html", {"run": run, "refusal": str(refusal)}, status=422)
    context = {
        "run": run,
        "sheet": sheet,
        "sheets": screens.sheets_of(plan),
        "parts": screens.columns_of(plan),
        "options": screens.options(),
        "managers": colleagues(user_of(request)),
        "preview": preview(run, plan),
    }
    return render(request, "people/imports/prepare.html", context)


def _run(request: HttpRequest, uuid: UUID) -> ImportRun:
    return get_object_or_404(visible_imports(user_of(request)), uuid=uuid)
