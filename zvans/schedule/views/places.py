"""Places in groups: given, moved, given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, came_from, done, handle_form
from zvans.people.access import visible_clients
from zvans.schedule import commands
from zvans.schedule.access import groups_to_join, visible_enrolments
from zvans.schedule.forms import CancelForm, EnrolForm, TransferForm
from zvans.schedule.models import Enrolment


@requires("schedule.view_group")
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an event about a place leads: the page of its group."""
    return redirect("group", _place(request, pk).group_id)


@requires("schedule.enrol")
def group_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    group = get_object_or_404(groups_to_join(user), pk=pk)
    form = EnrolForm(request.POST or None, user=user, group=group)
    return handle_form(
        request,
        form,
        act=lambda cleaned: _enrol(Actor.of(user), form, group, cleaned["student"]),
        then=lambda place: done(request, "group", _given(place), arguments=(pk,)),
        title=_("Place in “%(group)s”") % {"group": group},
        submit=_("Give the place") if group.free else _("Put on the waiting list"),
        lead=_("%(free)d of %(capacity)d places are free.") % {"free": group.free, "capacity": group.capacity},
        form_template="schedule/enrol_form.html",
        back=reverse("group", args=[pk]),
    )


@requires("schedule.enrol")
def client_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    student = get_object_or_404(visible_clients(user), pk=pk)
    form = EnrolForm(request.POST or None, user=user, student=student)
    return handle_form(
        request,
        form,
        act=lambda cleaned: _enrol(Actor.of(user), form, cleaned["group"], student),
        then=lambda place: done(request, "client", _given(place), arguments=(pk,)),
        title=_("Place in a group: %(name)s") % {"name": student},
        submit=_("Give the place"),
        form_template="schedule/enrol_form.html",
        back=reverse("client", args=[pk]),
    )


@requires("schedule.enrol")
def enrolment_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    place = _place(request, pk)
    return handle_form(
        request,
        CancelForm(request.POST or None),
        act=lambda cleaned: commands.cancel_enrolment(Actor.of(request.user), place, reason=cleaned["reason"]),
        then=lambda _none: done(request, _back(request, place), _("%(name)s has left.") % {"name": place.student}),
        title=_("%(name)s leaves “%(group)s”") % {"name": place.student, "group": place.group},
        submit=_("Take out of the group"),
        lead=_("What is not paid is no longer owed, and a free place is offered to the next in line."),
        back=_back(request, place),
    )


@requires("schedule.enrol")
def enrolment_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    user, place = user_of(request), _place(request, pk)
    return handle_form(
        request,
        TransferForm(request.POST or None, user=user, group=place.group),
        act=lambda cleaned: commands.transfer(Actor.of(user), place, cleaned["group"]),
        then=lambda moved: done(request, _back(request, place), _("Moved to “%(group)s”.") % {"group": moved.group}),
        title=_("Move %(name)s to another group") % {"name": place.student},
        submit=_("Move"),
        lead=_("A difference in price is added to what is owed, or taken off."),
        back=_back(request, place),
    )


@require_POST
@requires("schedule.enrol")
def enrolment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """They took the offered place (by phone)."""
    return _act(request, pk, commands.accept_offer, _("The place is theirs."))


@require_POST
@requires("schedule.enrol")
def enrolment_decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.decline_offer, _("Taken off the list."))


@require_POST
@requires("schedule.enrol")
def enrolment_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give someone who waits a free place, out of turn."""
    return _act(request, pk, commands.give_place, _("The place is theirs."))


@require_POST
@requires("schedule.enrol")
def enrolment_move(request: HttpRequest, pk: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    return _act(request, pk, lambda by, place: commands.move_in_line(by, place, up=up))


@require_POST
@requires("schedule.enrol")
def enrolment_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what they said on the phone."""
    coming = request.POST.get("coming", "")
    if coming not in Enrolment.Coming.values:
        raise BadRequest
    return _act(request, pk, lambda by, place: commands.answer_coming(by, place, coming))


def _place(request: HttpRequest, pk: int) -> Enrolment:
    places = visible_enrolments(user_of(request)).select_related("student", "payer", "manager", "sale", "group__branch")
    return get_object_or_404(places, pk=pk)


def _back(request: HttpRequest, place: Enrolment) -> str:
    return came_from(request, reverse("group", args=[place.group_id]))


def _act(request: HttpRequest, pk: int, command: Callable[[Actor, Enrolment], Any], message: str = "") -> HttpResponse:
    place = _place(request, pk)
    back = _back(request, place)
    return act(
        request, lambda: command(Actor.of(request.user), place), lambda _none: done(request, back, message), back=back
    )


def _enrol(by: Actor, form: EnrolForm, group: Any, student: Any) -> Enrolment:
    newcomer = form.new_student()
    if newcomer is None:
        return commands.enrol(by, group, student, **form.terms())
    return commands.enrol_newcomer(by, group, newcomer=newcomer, **form.terms())


def _given(place: Enrolment) -> str:
    if place.state == Enrolment.State.WAITING:
        return _("%(name)s is on the waiting list.") % {"name": place.student}
    return _("%(name)s has a place.") % {"name": place.student}
