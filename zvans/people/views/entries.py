"""Settings: the lists that the school keeps (sources, tags, own fields), one set of pages for all three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form
from zvans.people import commands
from zvans.people.forms import EntryForm, OwnFieldForm
from zvans.people.models import OwnField, Source, Tag


@dataclass(frozen=True)
class Kept:
    """A list that is kept; ``noun`` begins its URL names."""

    noun: str
    slug: str
    model: type[Any]
    form: Callable[..., Any]
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    icon: str

    def url(self, verb: str, *arguments: Any) -> str:
        return reverse(f"{self.noun}_{verb}", args=arguments)


KEPT = (
    Kept(
        "source",
        "sources",
        Source,
        EntryForm,
        title=gettext_lazy("Sources"),
        lead=gettext_lazy("Where people come from: a site, an advertisement, a friend. Reports count by them."),
        add=gettext_lazy("New source"),
        icon="route",
    ),
    Kept(
        "tag",
        "tags",
        Tag,
        EntryForm,
        title=gettext_lazy("Tags"),
        lead=gettext_lazy("Short words on a card. A new one is also made by typing it on the card."),
        add=gettext_lazy("New tag"),
        icon="tags",
    ),
    Kept(
        "own_field",
        "fields",
        OwnField,
        OwnFieldForm,
        title=gettext_lazy("Own fields"),
        lead=gettext_lazy("What else a card should hold: it is asked in the form, shown on the card, and found by."),
        add=gettext_lazy("New field"),
        icon="forms",
    ),
)


@requires("people.manage_lists")
def entry_list(request: HttpRequest, kept: Kept) -> HttpResponse:
    entries = sorted(kept.model.objects.all(), key=lambda entry: entry.is_archived)
    rows = [(entry, *(kept.url(verb, entry.pk) for verb in ("change", "archive", "restore"))) for entry in entries]
    return render(request, "people/entry_list.html", {"kept": kept, "entries": rows, "add_url": kept.url("add")})


@requires("people.manage_lists")
def entry_add(request: HttpRequest, kept: Kept) -> HttpResponse:
    by = Actor.of(user_of(request))
    return handle_form(
        request,
        kept.form(request.POST or None, model=kept.model),
        act=lambda cleaned: commands.add_entry(by, kept.model, **cleaned),
        then=lambda _entry: done(request, kept.url("list")),
        title=kept.add,
        submit=_("Add"),
        back=kept.url("list"),
    )


@requires("people.manage_lists")
def entry_change(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    by = Actor.of(user_of(request))
    entry = get_object_or_404(kept.model, pk=pk)
    return handle_form(
        request,
        kept.form(request.POST or None, entry=entry, model=kept.model),
        act=lambda cleaned: commands.change_entry(by, entry, **cleaned),
        then=lambda _entry: done(request, kept.url("list"), _("Saved.")),
        title=str(entry),
        submit=_("Save"),
        back=kept.url("list"),
    )


@require_POST
@requires("people.manage_lists")
def entry_archive(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    by = Actor.of(user_of(request))
    entry = get_object_or_404(kept.model, pk=pk)
    return act(
        request,
        lambda: commands.archive_entry(by, entry),
        lambda _nothing: done(
            request,
            kept.url("list"),
            _("“%(name)s” is in the archive.") % {"name": entry},
            undo=kept.url("restore", pk),
        ),
        back=kept.url("list"),
    )


@require_POST
@requires("people.manage_lists")
def entry_restore(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    by = Actor.of(user_of(request))
    entry = get_object_or_404(kept.model, pk=pk)
    commands.restore_entry(by, entry)
    return done(request, kept.url("list"))


def urls(kept: Kept) -> list[URLPattern]:
    """The pages of one list: ``source_list``, ``source_add``, ``source_change``…"""
    more = {"kept": kept}
    root = f"settings/{kept.slug}/"
    return [
        path(root, entry_list, more, name=f"{kept.noun}_list"),
        path(f"{root}add/", entry_add, more, name=f"{kept.noun}_add"),
        path(f"{root}<int:pk>/", entry_change, more, name=f"{kept.noun}_change"),
        path(f"{root}<int:pk>/archive/", entry_archive, more, name=f"{kept.noun}_archive"),
        path(f"{root}<int:pk>/restore/", entry_restore, more, name=f"{kept.noun}_restore"),
    ]
