"""The composer of the card: a note, or a call with its outcome in one click."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core import organisation
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.dates import day_time
from zvans.core.forms import DateTimeInput, Form
from zvans.core.http import act, done
from zvans.core.times import later
from zvans.people import commands
from zvans.people.access import visible_clients
from zvans.people.calls import CALL_BACK, CALL_BACK_TIMES, OUTCOMES


@require_POST
@requires("people.change_client")
def client_note(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    client = get_object_or_404(visible_clients(user), pk=pk)
    return act(
        request,
        lambda: commands.add_note(Actor.of(user), client, request.POST.get("text", "")),
        lambda _nothing: done(request, client.get_absolute_url()),
        back=client.get_absolute_url(),
    )


class _CallForm(Form):
    """A call: its outcome, or when to call back; the buttons of the composer each send one of the two."""

    text = forms.CharField(required=False)
    incoming = forms.BooleanField(required=False)
    outcome = forms.ChoiceField(choices=[(name, name) for name in OUTCOMES], required=False)
    call_back = forms.ChoiceField(choices=[(name, name) for name in (*CALL_BACK_TIMES, "date")], required=False)
    call_back_at = forms.DateTimeField(widget=DateTimeInput(), required=False)


@require_POST
@requires("people.change_client")
def client_call(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    client = get_object_or_404(visible_clients(user), pk=pk)
    form = _CallForm(request.POST)
    if not form.is_valid() or not (form.cleaned_data["outcome"] or form.cleaned_data["call_back"]):
        raise BadRequest
    call = form.cleaned_data

    def log() -> datetime | None:
        again = _again(call["call_back"], call["call_back_at"])
        commands.log_call(
            Actor.of(user),
            client,
            outcome=CALL_BACK if again else call["outcome"],
            text=call["text"],
            incoming=call["incoming"],
            call_back_at=again,
            call_back_by=user,
        )
        return again

    return act(
        request, log, lambda again: done(request, client.get_absolute_url(), _promise(again)), client.get_absolute_url()
    )


def _again(when: str, at: datetime | None) -> datetime | None:
    """When to call back; a date that was asked for and left empty is tomorrow."""
    if when == "date" and at:
        return at
    return (
        later(when if when in CALL_BACK_TIMES else "tomorrow", timezone.now(), organisation.current().tz)
        if when
        else None
    )


def _promise(again: datetime | None) -> str:
    return _("You will be reminded to call: %(when)s.") % {"when": day_time(again)} if again else ""
