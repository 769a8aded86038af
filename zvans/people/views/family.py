"""Who belongs to whom."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.http import act, done, handle_form
from zvans.people import commands
from zvans.people.access import visible_clients
from zvans.people.forms import FamilyForm
from zvans.people.models import FamilyTie


@requires("people.change_client")
def family_add(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    client = get_object_or_404(visible_clients(user).select_related("manager", "branch"), pk=pk)
    form = FamilyForm(request.POST or None, user=user, client=client)
    return handle_form(
        request,
        form,
        act=lambda _cleaned: commands.add_relative(Actor.of(user), client, **form.values()),
        then=lambda _relative: done(request, client.get_absolute_url()),
        title=_("Family of %(client)s") % {"client": client.name},
        submit=_("Add"),
        form_template="people/family_add.html",
        back=client.get_absolute_url(),
    )


@require_POST
@requires("people.change_client")
def family_remove(request: HttpRequest, pk: int, tie: int) -> HttpResponse:
    """Say that someone on the client's card is no family of theirs."""
    user = user_of(request)
    client = get_object_or_404(visible_clients(user), pk=pk)
    found = get_object_or_404(FamilyTie.objects.filter(Q(client=client) | Q(relative=client)), pk=tie)
    return act(
        request,
        lambda: commands.untie_family(Actor.of(user), found),
        lambda _nothing: done(request, client.get_absolute_url(), _("They are tied no more.")),
        back=client.get_absolute_url(),
    )
