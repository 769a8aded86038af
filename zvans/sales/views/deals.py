"""The page of a deal, and a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import done, handle_form
from zvans.people.access import sees_contacts, visible_clients
from zvans.people.commands import Contact, read_contact
from zvans.people.models import ContactPoint
from zvans.sales import commands
from zvans.sales.forms import DealAddForm
from zvans.sales.models import Application, Deal
from zvans.sales.views.acts import deal_of


@requires("sales.view_deal")
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    held = deal_of(request, pk)
    contacts = list(held.client.contacts.all()) if sees_contacts(user) else []
    application = Application.objects.filter(deal=held).first()
    context = {
        "deal": held,
        "stages": [stage for stage in held.pipeline.stages.all() if not stage.is_archived or stage == held.stage],
        "contacts": contacts,
        "phone": next(
            (point for point in contacts if point.kind == ContactPoint.Kind.PHONE and point.is_readable), None
        ),
        "application": application,
        "new_contacts": _not_on_card(application, contacts) if application and contacts else [],
        "may_change": user.has_perm("sales.change_deal") and held.is_open,
    }
    return render(request, "sales/deal.html", context)


def _not_on_card(application: Application, contacts: list[ContactPoint]) -> list[str]:
    """How else the applicant wrote they can be reached; a manager decides whether it is theirs."""
    held = {point.value for point in contacts}
    typed = ((ContactPoint.Kind.PHONE, application.phone), (ContactPoint.Kind.EMAIL, application.email))
    values = [read_contact(Contact(kind, value))[0] for kind, value in typed if value]
    return [value for value in values if value not in held]


@requires("sales.change_deal")
def deal_add(request: HttpRequest, client: int | None = None) -> HttpResponse:
    """A new deal: for the client on whose card it was asked, or for whoever is chosen or new."""
    user = user_of(request)
    wanted = client or request.GET.get("client", "")
    known = get_object_or_404(visible_clients(user).active(), pk=wanted) if str(wanted).isdecimal() else None
    by = Actor.of(user)

    def add(data: dict[str, Any]) -> Deal:
        data |= data.pop("wanted")
        who, phone = data.pop("client", known), data.pop("phone", "")
        if isinstance(who, str):
            return commands.add_deal_for_someone_new(by, name=who, phone=phone, **data)
        return commands.add_deal(by, who, **data)

    return handle_form(
        request,
        DealAddForm(request.POST or None, user=user, client=known),
        act=add,
        then=lambda added: done(request, "deal", _("The deal is open."), arguments=(added.pk,)),
        title=_("New deal of %(name)s") % {"name": known} if known else _("New deal"),
        submit=_("Open the deal"),
        back=reverse("deal_board"),
    )
