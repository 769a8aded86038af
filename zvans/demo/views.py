"""The demo school: opened from the welcome page, entered without a password, removed with one click."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zvans.core import jobs, organisation
from zvans.core.access import requires, user_of
from zvans.core.commands import Refused
from zvans.core.http import act, done, is_fragment
from zvans.core.models import Job, Organisation
from zvans.demo import commands
from zvans.demo.cast import STAFF
from zvans.demo.models import PutAside
from zvans.team.models import User
from zvans.team.sign_in import sign_in


def demo(request: HttpRequest) -> HttpResponse:
    """What the demo school is, whom to be in it, and the way out."""
    if not organisation.current().is_demo:
        raise Http404
    return render(request, "demo/demo.html", {"own_waits": PutAside.objects.exists()})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the demo school as one of its people; in a real school there is no such door."""
    if not organisation.current().is_demo:
        raise Http404
    sign_in(request, get_object_or_404(User, pk=pk, is_active=True))
    return redirect("today")


@require_POST
@requires("team.change_organisation")
def demo_load(request: HttpRequest) -> HttpResponse:
    """Have the demo school built in place of one's own, which is put aside."""
    begin = partial(commands.start_opening, user_of(request))
    return act(request, begin, lambda job: redirect("demo_opening", job.uuid), reverse("welcome"))


@login_not_required
def demo_opening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The bar of the demo school that is being built; when it stands, whoever waited is signed in as its owner.

    Their own session ends meanwhile, put aside with their school; so a stranger who knows the job is let in.
    """
    job = jobs.watch(get_object_or_404(Job, uuid=uuid, task=commands.OPENING))
    if Organisation.objects.filter(is_demo=True).exists():
        return _enter(request)
    if job.started_by != request.user:
        raise Http404
    if job.is_over:
        if job.error:
            messages.error(request, job.error)
        return done(request, "welcome")
    return render(request, "demo/opening.html#bar" if is_fragment(request) else "demo/opening.html", {"job": job})


@require_POST
@requires("team.change_organisation")
def demo_remove(request: HttpRequest) -> HttpResponse:
    """Empty the demo school: one's own comes back, or the set-up."""
    try:
        commands.remove_demo()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("today")
    organisation.hold(None)
    logout(request)
    return redirect("today")


def _enter(request: HttpRequest) -> HttpResponse:
    """Into the demo school, as its owner unless one is somebody there already."""
    organisation.hold(None)
    if not request.user.is_authenticated:
        sign_in(request, User.objects.get(email=STAFF[0][1]))
    return done(request, "today")
