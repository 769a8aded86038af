"""Programs, and the settings of teaching: days off, the waiting list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form
from zvans.schedule import commands, queries
from zvans.schedule.access import changeable_closures, visible_closures, visible_groups, visible_programs
from zvans.schedule.days import public_holidays
from zvans.schedule.forms import ClosureForm, PlaceRulesForm, ProgramForm
from zvans.schedule.models import PlaceRules


@requires("schedule.view_group")
def program_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    archived = "archived" in request.GET
    programs = queries.with_group_count(visible_programs(user), visible_groups(user))
    shown = programs.filter(archived_at__isnull=not archived)
    return render(request, "schedule/program_list.html", {"programs": shown, "archived": archived})


@requires("schedule.change_group")
def program_add(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        ProgramForm(request.POST or None),
        act=lambda cleaned: commands.add_program(Actor.of(request.user), **cleaned),
        then=lambda program: done(request, "program_list", _("“%(name)s” is added.") % {"name": program}),
        title=_("New program"),
        submit=_("Add"),
        form_template="schedule/program_form.html",
        back=reverse("program_list"),
    )


@requires("schedule.change_group")
def program_change(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(visible_programs(user_of(request)), pk=pk)
    held = get_object_or_404(visible_programs(user_of(request)), pk=pk)
    return handle_form(
        request,
        ProgramForm(request.POST or None, instance=held),
        act=lambda cleaned: commands.change_program(Actor.of(request.user), program, **cleaned),
        then=lambda _program: done(request, "program_list", _("Saved.")),
        title=str(program),
        submit=_("Save"),
        lead=_("Groups that are open keep their price, lessons and places."),
        form_template="schedule/program_form.html",
        back=reverse("program_list"),
    )


@require_POST
@requires("schedule.change_group")
def program_archive(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(visible_programs(user_of(request)), pk=pk)
    commands.archive_program(Actor.of(request.user), program)
    return done(request, "program_list", _("Archived."), undo=reverse("program_restore", args=[pk]))


@require_POST
@requires("schedule.change_group")
def program_restore(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(visible_programs(user_of(request)), pk=pk)
    commands.restore_program(Actor.of(request.user), program)
    return done(request, "program_list", _("Brought back."))


@requires("schedule.change_group")
def closure_list(request: HttpRequest) -> HttpResponse:
    """The public holidays of a year, with a switch each, and the school's own closures."""
    user = user_of(request)
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and 2000 <= int(typed) <= 2100 else queries.today().year
    closures = visible_closures(user).filter(day__year=year)
    worked = {closure.day for closure in closures if closure.works}
    holidays = [{"day": day, "name": name, "works": day in worked} for day, name in public_holidays(year).items()]
    context: dict[str, Any] = {
        "year": year,
        "holidays": holidays,
        "closures": [closure for closure in closures if not closure.works],
        "changeable": set(changeable_closures(user).values_list("pk", flat=True)),
    }
    return render(request, "schedule/closure_list.html", context)


@requires("schedule.change_group")
def closure_add(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        ClosureForm(request.POST or None, user=user_of(request)),
        act=lambda cleaned: commands.add_closure(Actor.of(request.user), **cleaned),
        then=lambda closures: done(request, _year_of(closures[0].day), _("Added. Lessons to come have moved.")),
        title=_("Closed"),
        submit=_("Add"),
        lead=_("Lessons that are planned on these days move on by themselves."),
        back=reverse("closure_list"),
    )


@require_POST
@requires("schedule.change_group")
def closure_remove(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(changeable_closures(user_of(request)), pk=pk)
    to = _year_of(closure.day)
    return act(
        request,
        lambda: commands.remove_closure(Actor.of(request.user), closure),
        lambda _none: done(request, to, _("Open on that day. Lessons to come have moved.")),
        back=to,
    )


@require_POST
@requires("schedule.change_group")
def holiday_switch(request: HttpRequest, day: str) -> HttpResponse:
    """Have lessons on a public holiday, or none after all; for the whole school, by whoever sees the whole school."""
    if not user_of(request).sees_all:
        raise PermissionDenied
    on = _day(day)
    command = commands.work_on_holiday if request.POST.get("works") else commands.rest_on_holiday
    to = _year_of(on)
    return act(request, lambda: command(Actor.of(request.user), on), lambda _none: done(request, to), back=to)


@requires("schedule.change_group")
def place_rules(request: HttpRequest) -> HttpResponse:
    rules = PlaceRules.objects.filter(pk=1).first() or PlaceRules()
    return handle_form(
        request,
        PlaceRulesForm(request.POST or None, instance=rules),
        act=lambda cleaned: commands.set_place_rules(Actor.of(request.user), **cleaned),
        then=lambda _none: done(request, "settings", _("Saved.")),
        title=_("Waiting list"),
        submit=_("Save"),
        back=reverse("settings"),
    )


def _year_of(day: date) -> str:
    return f"{reverse('closure_list')}?year={day.year}"


def _day(written: str) -> date:
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
