"""The list of clients, the card, and the forms that fill it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from zvans.core import organisation, search, tables
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form, is_fragment
from zvans.core.times import later
from zvans.core.words import words
from zvans.people import card as of_card
from zvans.people import commands, queries
from zvans.people.access import sees_contacts, usable_fields, visible_clients, visible_tasks
from zvans.people.calls import CALL_BACK, CALL_BACK_TIMES, OUTCOMES
from zvans.people.commands import Contact
from zvans.people.forms import AddClientForm, ChangeClientForm
from zvans.people.models import Client, ContactPoint
from zvans.people.tables import ClientFilter, ClientTable
from zvans.team.models import User


@requires("people.view_client")
def client_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    with_phone = sees_contacts(user)
    clients = visible_clients(user).for_list(with_phone=with_phone)
    narrowed = ClientFilter(request.GET, clients, user=user)
    table = ClientTable(narrowed.qs, exclude=() if with_phone else ("phone",))
    RequestConfig(request, paginate=tables.PAGINATE).configure(table)
    template = "people/client_list.html#rows" if is_fragment(request) else "people/client_list.html"
    answer = render(request, template, {"table": table, "filter": narrowed})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@requires("people.view_client")
def client_choices(request: HttpRequest) -> JsonResponse:
    """What a field offers in which a client is found by typing."""
    user = user_of(request)
    found = search.best(user, search.kinds["people.client"], request.GET.get("q", ""), 20)
    return JsonResponse([{"value": client.pk, "text": _choice(user, client)} for client in found], safe=False)


def _choice(user: User, client: Client) -> str:
    phone = client.phone if sees_contacts(user) else None
    return f"{client.name} · {phone.shown}" if phone else client.name


@requires("people.view_client")
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """The card: who they are, the timeline with its composer, what is open."""
    user = user_of(request)
    clients = visible_clients(user).select_related("manager", "branch", "source").with_tags()
    shown = get_object_or_404(queries.shown_contacts(user, clients), pk=pk)
    context = {
        "client": shown,
        "sees_contacts": sees_contacts(user),
        "age": shown.age_on(timezone.localdate()),
        "tomorrow": timezone.localtime(later("tomorrow", timezone.now(), organisation.current().tz)),
        "family": queries.family(user, shown),
        "own": _own(shown),
        "tasks": visible_tasks(user).filter(client=shown, done_at=None).select_related("assignee"),
        "panels": list(_panels(user, shown)),
        "acts": [item for item in of_card.acts if user.has_perm(item.capability)],
        "outcomes": [outcome for outcome in OUTCOMES.values() if outcome.name != CALL_BACK],
        "call_back_times": CALL_BACK_TIMES,
    }
    return render(request, "people/client.html", context)


def _own(client: Client) -> list[tuple[str, Any]]:
    """The school's own fields that are filled in, with their values."""
    if not client.own:
        return []
    return [(field.name, field.show(client.own[field.key])) for field in usable_fields() if field.key in client.own]


def _panels(user: User, client: Client) -> Any:
    for panel in of_card.panels:
        context = panel.load(user, client) if user.has_perm(panel.capability) else None
        if context is not None:
            yield panel.template, context


@requires("people.change_client")
def client_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = AddClientForm(request.POST or None, user=user, initial=_typed(request))
    return handle_form(
        request,
        form,
        act=lambda _cleaned: commands.add_client_with_call(
            Actor.of(user), call_at=form.cleaned_data["call_at"], contacts=form.contacts(), **form.values()
        ),
        then=lambda added: done(request, "client", _said(_("Added."), added), arguments=(added.pk,)),
        title=_("New: %(noun)s") % {"noun": words()["client"].lower()},
        submit=_("Add"),
        form_template="people/client_add.html",
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    """What another page already knows, given in the address: ``?phone=…``."""
    return {name: request.GET[name] for name in ("given_name", "family_name", "phone", "email") if name in request.GET}


def _said(message: str, client: Client) -> str:
    """The notice, with what could not be read among the contacts."""
    unread = [point.typed for point in client.contacts.all() if not point.is_readable]
    if not unread:
        return message
    return f"{message} " + _("Kept as typed, for it is no number or address: %(what)s.") % {"what": ", ".join(unread)}


@requires("people.change_client")
def client_lookalikes(request: HttpRequest) -> HttpResponse:
    """Who may be meant already, while a form about a client is being filled in."""
    user = user_of(request)
    typed = request.GET
    name = f"{typed.get('given_name', '')} {typed.get('family_name', '')}"
    contacts = [
        Contact(ContactPoint.Kind.PHONE, typed.get("phone", "")),
        Contact(ContactPoint.Kind.EMAIL, typed.get("email", "")),
    ]
    return render(request, "people/lookalikes.html", {"found": queries.lookalikes(user, name=name, contacts=contacts)})


@requires("people.change_client")
def client_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(visible_clients(user), pk=pk)
    form = ChangeClientForm(request.POST or None, user=user, client=shown)
    return handle_form(
        request,
        form,
        act=lambda _cleaned: commands.change_client(Actor.of(user), shown, **form.values()),
        then=lambda changed: done(request, "client", _said(_("Saved."), changed), arguments=(pk,)),
        title=shown.name,
        submit=_("Save"),
        form_template="people/client_change.html",
        back=shown.get_absolute_url(),
    )


@require_POST
@requires("people.archive_client")
def client_archive(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(visible_clients(user), pk=pk)
    return act(
        request,
        lambda: commands.archive_client(Actor.of(user), shown),
        lambda _nothing: done(
            request,
            "client_list",
            _("%(client)s is in the archive.") % {"client": shown.name},
            undo=reverse("client_restore", args=[pk]),
        ),
        back=shown.get_absolute_url(),
    )


@require_POST
@requires("people.archive_client")
def client_restore(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = get_object_or_404(visible_clients(user), pk=pk)
    commands.restore_client(Actor.of(user), shown)
    return done(request, "client", _("%(client)s is back.") % {"client": shown.name}, arguments=(pk,))
