"""Groups: the list, the page of one, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from zvans.core import tables
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import act, done, handle_form, is_fragment
from zvans.schedule import commands, queries
from zvans.schedule.access import usable_programs, visible_groups
from zvans.schedule.forms import CancelForm, GroupForm, ManyForm
from zvans.schedule.models import Group
from zvans.schedule.preview import preview
from zvans.schedule.roster import roster
from zvans.schedule.tables import GroupFilter, GroupTable


@requires("schedule.view_group")
def group_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    groups = queries.with_facts(visible_groups(user)).with_waiting()
    narrowed = GroupFilter(request.GET, groups, user=user)
    table = GroupTable(narrowed.qs)
    RequestConfig(request, paginate=tables.PAGINATE).configure(table)
    template = "schedule/group_list.html#rows" if is_fragment(request) else "schedule/group_list.html"
    return render(request, template, {"table": table, "filter": narrowed, "today": queries.today()})


@requires("schedule.view_group")
def group(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(queries.with_facts(visible_groups(user)).with_waiting(), pk=pk)
    lessons = shown.lessons.select_related("teacher", "room")
    context = {
        "group": shown,
        "roster": roster(user, shown),
        "lessons": lessons,
        "today": queries.today(shown.branch),
        "now": timezone.now(),
    }
    return render(request, "schedule/group.html", context)


@requires("schedule.change_group")
def group_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = GroupForm(request.POST or None, user=user, initial=_from_program(request))
    return handle_form(
        request,
        form,
        act=lambda _cleaned: commands.open_group(Actor.of(user), **form.values()),
        then=lambda opened: done(request, "group", _opened(opened), arguments=(opened.pk,)),
        title=_("New group"),
        submit=_("Open the group"),
        form_template="schedule/group_form.html",
        back=reverse("group_list"),
    )


@requires("schedule.change_group")
def group_open_many(request: HttpRequest) -> HttpResponse:
    """Repeated and parallel groups: the form, then what would be opened, then all of it in one transaction."""
    user = user_of(request)
    form = ManyForm(request.POST or None, user=user, initial=_from_program(request))
    planned = []
    if form.is_bound and form.is_valid():
        try:
            planned = preview(form.new_groups())
            if "open" in request.POST:
                chosen = [each.new for each in planned if f"group-{each.number}" in request.POST]
                return _open_many(request, commands.open_groups(Actor.of(user), chosen))
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "planned": planned, "kept": list(_typed(request))}
    if planned and "change" not in request.POST:
        return render(request, "schedule/group_open_many_preview.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "schedule/group_open_many.html", context, status=status)


@requires("schedule.change_group")
def group_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(queries.with_facts(visible_groups(user)), pk=pk)
    form = GroupForm(request.POST or None, user=user, group=shown)
    return handle_form(
        request,
        form,
        act=lambda _cleaned: commands.change_group(Actor.of(user), shown, **form.values()),
        then=lambda _changed: done(request, "group", _("Saved."), arguments=(pk,)),
        title=shown.name,
        submit=_("Save"),
        form_template="schedule/group_form.html",
        back=reverse("group", args=[pk]),
    )


@requires("schedule.change_group")
def group_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(visible_groups(user), pk=pk)
    return handle_form(
        request,
        CancelForm(request.POST or None),
        act=lambda cleaned: commands.cancel_group(Actor.of(user), shown, reason=cleaned["reason"]),
        then=lambda _cancelled: done(request, "group", _("The group is cancelled."), arguments=(pk,)),
        title=_("Cancel “%(group)s”?") % {"group": shown},
        submit=_("Cancel the group"),
        lead=_("Everyone in it or waiting for it is told why, and what they have not paid is no longer owed."),
        back=reverse("group", args=[pk]),
    )


@require_POST
@requires("schedule.change_group")
def group_archive(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(visible_groups(user_of(request)), pk=pk)
    return act(
        request,
        lambda: commands.archive_group(Actor.of(request.user), shown),
        lambda _none: done(request, "group_list", _("Archived."), undo=reverse("group_restore", args=[pk])),
        back=reverse("group", args=[pk]),
    )


@require_POST
@requires("schedule.change_group")
def group_restore(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(visible_groups(user_of(request)), pk=pk)
    commands.restore_group(Actor.of(request.user), shown)
    return done(request, "group", _("Brought back."), arguments=(pk,))


@require_POST
@requires("schedule.enrol")
def group_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask everyone in the group whether they will come."""
    shown = get_object_or_404(visible_groups(user_of(request)).select_related("branch"), pk=pk)
    asked = commands.ask_coming(Actor.of(request.user), shown)
    told = ngettext("%(count)d person is asked.", "%(count)d people are asked.", asked) % {"count": asked}
    nobody = _("There is nobody to ask: they have answered, were asked today, or have no e-mail.")
    return done(request, "group", told if asked else nobody, arguments=(pk,))


def _open_many(request: HttpRequest, opened: list[Group]) -> HttpResponse:
    told = ngettext("%(count)d group is open.", "%(count)d groups are open.", len(opened)) % {"count": len(opened)}
    return done(request, "group_list", told)


def _opened(group: Group) -> str:
    if group.ends_on is None:
        return _("The group is open. It has no lessons yet: give it days and times.")
    return _("The group is open, with its lessons.")


def _from_program(request: HttpRequest) -> dict[str, Any]:
    """What is known when one comes from a program: ``?program=3``."""
    key = request.GET.get("program", "")
    program = usable_programs(user_of(request)).filter(pk=key).first() if key.isdecimal() else None
    if program is None:
        return {}
    return {name: getattr(program, name) for name in ("price", "lesson_count", "capacity")} | {"program": program}


def _typed(request: HttpRequest) -> Any:
    """What was typed, to be sent again with the groups that are ticked."""
    for name, values in request.POST.lists():
        if name not in ("csrfmiddlewaretoken", "open", "change") and not name.startswith("group-"):
            yield from ((name, value) for value in values)
