"""The pages of a kept list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, came_from, done, handle_form
from zvans.core.kept_lists import commands
from zvans.core.kept_lists.declaring import KeptList
from zvans.core.models import Archivable

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Row:
    """An entry as its list shows it: the acts' addresses, "" for those that there are not."""

    entry: Archivable
    change: str
    up: str
    archive: str
    restore: str
    asks: bool


def rows(kept: KeptList[Any], entries: Iterable[Any]) -> list[Row]:
    """The entries of one list, or of one group of it, in their order, with the archived ones last."""
    ordered = sorted(entries, key=lambda entry: entry.is_archived)
    return [_row(kept, entry, is_first=place == 0) for place, entry in enumerate(ordered)]


def urls(kept: KeptList[Any], *, but: Collection[str] = ()) -> list[URLPattern]:
    """The pages of one list; ``but`` names those that the app has views of its own for, or does not want."""
    pages: dict[str, tuple[str, View]] = {
        "list": ("", _list),
        "add": ("add/", _add),
        "change": (f"<int:pk>/{kept.change_at}", _change),
        "archive": ("<int:pk>/archive/", _archive),
        "restore": ("<int:pk>/restore/", _restore),
    }
    if kept.is_ordered:
        pages["up"] = ("<int:pk>/up/", _up)
    return [
        path(f"{kept.root}{address}", requires(kept.capability)(view), {"kept": kept}, name=f"{kept.noun}_{verb}")
        for verb, (address, view) in pages.items()
        if verb not in but
    ]


def _list(request: HttpRequest, kept: KeptList[Any]) -> HttpResponse:
    entries = list(kept.entries(user_of(request)))
    groups = groupby(entries, key=lambda entry: getattr(entry, kept.group_by) if kept.group_by else "")
    context = {
        "kept": kept,
        "groups": [(heading, rows(kept, group)) for heading, group in groups],
        "add": kept.url("add"),
    }
    return render(request, "core/kept_lists/list.html", context)


def _add(request: HttpRequest, kept: KeptList[Any]) -> HttpResponse:
    user = user_of(request)
    return handle_form(
        request,
        kept.form_for(user, request.POST or None),
        act=lambda cleaned: commands.add_entry(Actor.of(user), kept.model, **cleaned),
        then=lambda entry: done(request, kept.page_of(entry), _("“%(name)s” is added.") % {"name": entry}),
        title=kept.new,
        submit=_("Add"),
        back=kept.url("list"),
    )


def _change(request: HttpRequest, kept: KeptList[Any], pk: int) -> HttpResponse:
    user = user_of(request)
    entry = get_object_or_404(kept.entries(user), pk=pk)
    page = kept.page_of(entry)
    return handle_form(
        request,
        kept.form_for(user, request.POST or None, entry),
        act=lambda cleaned: commands.change_entry(Actor.of(user), entry, **cleaned),
        # It may be opened from another page than its list: a pipeline is renamed on its own.
        then=lambda _entry: done(request, came_from(request, page), _("Saved.")),
        title=str(entry),
        submit=_("Save"),
        back=page,
    )


@require_POST
def _up(request: HttpRequest, kept: KeptList[Any], pk: int) -> HttpResponse:
    user = user_of(request)
    entry = get_object_or_404(kept.entries(user), pk=pk, archived_at=None)
    kept.put_before(Actor.of(user), entry)
    return done(request, kept.page_of(entry))


@require_POST
def _archive(request: HttpRequest, kept: KeptList[Any], pk: int) -> HttpResponse:
    user = user_of(request)
    entry = get_object_or_404(kept.entries(user), pk=pk)
    page, message = kept.page_of(entry), _("“%(name)s” is in the archive.") % {"name": entry}
    return act(
        request,
        lambda: kept.archiving(Actor.of(user), entry),
        lambda _nothing: done(request, page, message, undo=kept.url("restore", pk)),
        back=page,
    )


@require_POST
def _restore(request: HttpRequest, kept: KeptList[Any], pk: int) -> HttpResponse:
    user = user_of(request)
    entry = get_object_or_404(kept.entries(user), pk=pk)
    commands.restore_entry(Actor.of(user), entry)
    return done(request, kept.page_of(entry), _("Brought back."))


def _row(kept: KeptList[Any], entry: Any, *, is_first: bool) -> Row:
    if entry.is_archived:
        return Row(entry, change="", up="", archive="", restore=kept.url("restore", entry.pk), asks=False)
    return Row(
        entry,
        change=kept.url("change", entry.pk),
        up=kept.url("up", entry.pk) if kept.is_ordered and not is_first else "",
        archive=kept.url("archive", entry.pk),
        restore="",
        asks=kept.asks(entry),
    )
