"""The page where a client says that they want no more messages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from zvans.core.actors import Actor
from zvans.messaging import commands, mail
from zvans.people.models import Client


@login_not_required
@csrf_exempt
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST acts. Mail programs POST by themselves for one click (RFC 8058), so nothing but the signed link
    is asked for."""
    try:
        client = get_object_or_404(Client, pk=mail.client_of(token))
    except BadSignature:
        raise Http404 from None
    if request.method == "POST":
        command = commands.opt_in if request.POST.get("wanted") == "yes" else commands.opt_out
        command(Actor.client(client.name), client)
    with translation.override(client.language or translation.get_language()):
        return render(request, "messaging/opt_out.html", {"client": client, "asked": request.method == "POST"})
