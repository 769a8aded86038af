"""The planner: tasks, one's own and those given to others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from zvans.core import organisation, tables
from zvans.core.access import user_of
from zvans.core.actors import Actor
from zvans.core.http import act, came_from, done, handle_form
from zvans.core.times import later
from zvans.people import commands
from zvans.people.access import visible_clients, visible_tasks
from zvans.people.forms import TaskForm
from zvans.people.models import Client, Task
from zvans.team.models import User

_SHOWN = {
    "mine": gettext_lazy("Mine"),
    "given": gettext_lazy("Given to others"),
    "done": pgettext_lazy("tasks", "Done"),
}


def task_list(request: HttpRequest) -> HttpResponse:
    """Open tasks, the overdue ones first; or those that were done last."""
    user = user_of(request)
    views: dict[str, str | Promise] = {**_SHOWN, **({"all": gettext_lazy("Everyone’s")} if user.sees_all else {})}
    view = request.GET.get("show", "mine")
    if view not in views:
        raise Http404
    rows = _tasks(user, view).select_related("client", "assignee", "created_by")
    try:
        page = tables.Pages(rows, tables.SIZE).page(request.GET.get("page", 1))
    except (EmptyPage, ValueError):
        raise Http404 from None
    today = timezone.localdate()
    tasks = [(_when(task, today), task) for task in page.object_list]
    return render(request, "people/task_list.html", {"views": views, "view": view, "page": page, "tasks": tasks})


def _tasks(user: User, view: str) -> QuerySet[Task]:
    tasks = visible_tasks(user)
    match view:
        case "given":
            return tasks.filter(created_by=user, done_at=None).exclude(assignee=user)
        case "done":
            return tasks.filter(assignee=user).exclude(done_at=None).order_by("-done_at", "-pk")
        case "all":
            return tasks.filter(done_at=None)
        case _:
            return tasks.filter(assignee=user, done_at=None)


def _when(task: Task, today: date) -> str:
    """The heading under which the task stands."""
    if task.done_at:
        return pgettext("tasks", "Done")
    day = timezone.localtime(task.due_at).date()
    if day < today:
        return _("Overdue")
    if day <= today + timedelta(days=1):
        return _("Today") if day == today else _("Tomorrow")
    return _("This week") if day <= today + timedelta(days=7) else _("Later")


def task_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = TaskForm(request.POST or None, user=user, client=_client(request))
    return handle_form(
        request,
        form,
        act=lambda cleaned: commands.add_task(Actor.of(user), **cleaned),
        then=lambda task: done(request, _place(request, task), _("The task is noted.")),
        title=_("New task"),
        submit=_("Add"),
        form_template="people/task_form.html",
    )


def _client(request: HttpRequest) -> Client | None:
    """The client whose card asked for the form: ``?client=7``."""
    key = request.GET.get("client", "")
    return visible_clients(user_of(request)).filter(pk=key).first() if key.isdecimal() else None


def task_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    task = get_object_or_404(visible_tasks(user).select_related("client"), pk=pk)
    form = TaskForm(request.POST or None, user=user, task=task)
    return handle_form(
        request,
        form,
        act=lambda cleaned: commands.change_task(Actor.of(user), task, **cleaned),
        then=lambda changed: done(request, _place(request, changed), _("Saved.")),
        title=_("Task"),
        submit=_("Save"),
        form_template="people/task_form.html",
    )


@require_POST
def task_complete(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    task = get_object_or_404(visible_tasks(user).select_related("client"), pk=pk)
    commands.complete_task(Actor.of(user), task)
    return done(
        request,
        _place(request, task),
        _("Done: %(task)s") % {"task": task.title},
        undo=reverse("task_reopen", args=[pk]),
    )


@require_POST
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    task = get_object_or_404(visible_tasks(user).select_related("client"), pk=pk)
    commands.reopen_task(Actor.of(user), task)
    return done(request, _place(request, task), _("Open again: %(task)s") % {"task": task.title})


@require_POST
def task_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the task off by ``to``: hour, evening, tomorrow or week."""
    user = user_of(request)
    task = get_object_or_404(visible_tasks(user).select_related("client"), pk=pk)
    try:
        due_at: datetime = later(request.POST.get("to", ""), timezone.now(), organisation.current().tz)
    except KeyError:
        raise BadRequest from None
    return act(
        request,
        lambda: commands.postpone_task(Actor.of(user), task, due_at),
        lambda _nothing: done(request, _place(request, task), _("Put off.")),
        back=_place(request, task),
    )


def _place(request: HttpRequest, task: Task | Any) -> str:
    """Where the act was asked from, or the list."""
    return came_from(request, reverse("task_list"))
