"""The demo school: opened from the welcome page, entered without a password, removed with one click."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from zvans.core import organisation
from zvans.core.access import requires
from zvans.core.commands import Refused
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
    """Open the demo school in place of one's own, which is put aside; then sign in as its owner."""
    try:
        commands.open_demo()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("welcome")
    organisation.hold(None)
    sign_in(request, User.objects.get(email=STAFF[0][1]))
    return redirect("today")


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
