"""The outbox, a message, and writing to a client."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from zvans.core import organisation
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import act, done, handle_form
from zvans.core.tables import PAGINATE
from zvans.messaging import commands, mail
from zvans.messaging.access import visible_messages
from zvans.messaging.forms import MessagesFilter, WriteForm
from zvans.messaging.models import Message
from zvans.messaging.queries import label
from zvans.messaging.tables import MessageTable
from zvans.people.access import visible_clients
from zvans.people.models import Client


@require_GET
@requires("messaging.view_message")
def message_list(request: HttpRequest) -> HttpResponse:
    """What was written to clients, the newest first."""
    user = user_of(request)
    form = MessagesFilter(request.GET)
    messages = _narrowed(visible_messages(user), form).select_related("client")
    table = MessageTable(messages.order_by("-pk"))
    RequestConfig(request, paginate=PAGINATE).configure(table)
    client = visible_clients(user).filter(pk=form.cleaned_data.get("client") or 0).first()
    context = {"table": table, "form": form, "client": client, "is_set": mail.is_set()}
    return render(request, "messaging/messages.html", context)


@require_GET
@requires("messaging.view_message")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A message as it went out, and what became of it."""
    shown = _message(request, pk)
    context = {
        "message": shown,
        "kind": label(shown.kind),
        "school": organisation.current(),
        "is_set": mail.is_set(),
        "sees_client": shown.client and visible_clients(user_of(request)).filter(pk=shown.client.pk).exists(),
    }
    return render(request, "messaging/message.html", context)


@require_POST
@requires("messaging.send_message")
def message_retry(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _message(request, pk)
    address = reverse("message", args=[pk])
    return act(
        request,
        lambda: commands.try_again(Actor.of(user_of(request)), shown),
        lambda _none: done(request, address, _("It will be tried again at once.")),
        address,
    )


@require_POST
@requires("messaging.send_message")
def message_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _message(request, pk)
    address = reverse("message", args=[pk])
    return act(
        request,
        lambda: commands.set_aside(Actor.of(user_of(request)), shown),
        lambda _none: done(request, address, _("It will not be sent.")),
        address,
    )


@requires("messaging.send_message")
def message_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to a client by hand."""
    client = _client(request, pk)
    card = reverse("client", args=[pk])
    if not commands.address_of(client):
        return act(request, lambda: _no_address(client), lambda none: none, card)
    return handle_form(
        request,
        WriteForm(request.POST or None),
        act=lambda data: commands.write(Actor.of(user_of(request)), client, **data),
        then=lambda written: done(request, card, _sent_notice(written)),
        title=_("E-mail to %(name)s") % {"name": client},
        submit=_("Send") if mail.is_set() else _("Keep, do not send"),
        form_template="messaging/write_fields.html",
        client=client,
        is_set=mail.is_set(),
        back=card,
    )


@require_POST
@requires("messaging.send_message")
def message_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The e-mail as the client gets it, while it is being written."""
    client = _client(request, pk)
    draft = Message(client=client, subject=request.POST.get("subject", ""), body=request.POST.get("text", ""))
    context = {"message": draft, "school": organisation.current()}
    return render(request, "messaging/paper.html", context)


def _message(request: HttpRequest, pk: int) -> Message:
    return get_object_or_404(visible_messages(user_of(request)).select_related("client"), pk=pk)


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(visible_clients(user_of(request)), pk=pk)


def _narrowed(messages: QuerySet[Message], form: MessagesFilter) -> QuerySet[Message]:
    form.is_valid()
    return messages.filter(**{name: value for name, value in form.cleaned_data.items() if value})


def _no_address(client: Client) -> HttpResponse:
    raise Refused(_("%(name)s has no e-mail. Add one to the card first.") % {"name": client})


def _sent_notice(written: Message) -> str:
    if written.state == Message.State.KEPT:
        return _("The message is kept. It was not sent, because no mail server is set.")
    return _("The message is on its way.")
