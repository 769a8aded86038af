"""Where clients answer by the link in a message, without signing in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.schedule import commands, letters, queries
from zvans.schedule.models import Enrolment

_ANSWERS: dict[str, Callable[[Actor, Enrolment], None]] = {
    "yes": lambda by, place: commands.answer_coming(by, place, Enrolment.Coming.YES),
    "no": lambda by, place: commands.answer_coming(by, place, Enrolment.Coming.NO),
    "accept": commands.accept_offer,
    "decline": commands.decline_offer,
}


@login_not_required
@never_cache
def place_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether one will come; take or decline an offered place; leave the waiting list.

    Opening the page answers nothing, for programs that check mail open every link. It tells nothing about the client
    but the given name, and speaks their language.
    """
    places = Enrolment.objects.select_related(
        "student", "payer", "manager", "group__program", "group__branch", "group__teacher", "group__room"
    )
    place = get_object_or_404(places, token=token)
    if request.method == "POST":
        answer = _ANSWERS.get(request.POST.get("answer", ""), _nothing)
        with suppress(Refused):  # The page itself tells, kindly, how things stand.
            answer(Actor.client(str(place.student)), place)
        return redirect("place_answer", token=token)
    with translation.override(_language(request, place)):
        return render(request, "schedule/place_answer.html", _context(place))


def _nothing(_by: Actor, _place: Enrolment) -> None:
    """An answer that nobody offered."""


def _language(request: HttpRequest, place: Enrolment) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else letters.language_of(place.student)


def _context(place: Enrolment) -> dict[str, object]:
    is_over = place.group.has_ended(queries.today(place.group.branch))
    is_late = place.offered_until is not None and place.offered_until <= timezone.now()
    waits = place.state == Enrolment.State.WAITING
    return {
        "place": place,
        "group": place.group,
        "state": "over" if is_over or is_late else place.state,
        "number": queries.number_in_line(place) if waits else None,
        "LANGUAGE_CODE": translation.get_language(),
    }
