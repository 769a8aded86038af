"""Pages of the frame itself: search, watched jobs, settings, errors."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zvans.core import jobs
from zvans.core import search as finder
from zvans.core.access import user_of
from zvans.core.http import came_from, done, is_fragment
from zvans.core.models import Job

_RESULTS_A_KIND = 6


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:
    """For monitors: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def search(request: HttpRequest) -> HttpResponse:
    """Everything that the query finds, a few of each kind."""
    query = request.GET.get("q", "")
    user = user_of(request)
    results = finder.best_of_each(user, finder.kinds, query, _RESULTS_A_KIND)
    found = [(kind, rows) for kind, rows in results if rows]
    template = "core/search.html#results" if is_fragment(request) else "core/search.html"
    return render(request, template, {"query": query, "found": found})


def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The bar of a watched job, which asks again for itself until the job is over."""
    job = jobs.watch(_own_job(request, uuid))
    if not is_fragment(request):
        return render(request, "core/job.html", {"job": job})
    if job.is_over:
        return done(request, "job", arguments=(uuid,))
    return render(request, "core/job.html#bar", {"job": job})


@require_POST
def cancel_job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    jobs.cancel(_own_job(request, uuid))
    return redirect(came_from(request, reverse("job", args=[uuid])))


def settings_index(request: HttpRequest) -> HttpResponse:
    return render(request, "core/settings.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "core/errors/500.html", status=500)


def _own_job(request: HttpRequest, uuid: UUID) -> Job:
    return get_object_or_404(Job, uuid=uuid, started_by=user_of(request))
