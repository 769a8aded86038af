"""The public pages: open groups, the application form, thanks; and the owner's page about them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET, require_http_methods

from zvans.core import limits
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import done, handle_form
from zvans.sales.commands import receive_application
from zvans.schedule.models import Group, Program
from zvans.website import colours, commands, embedding, models, offers
from zvans.website.forms import ApplicationForm, CodeForm, WebsiteForm
from zvans.website.pages import public_page, show
from zvans.website.visits import Visit


@public_page
@require_GET
def public_groups(request: HttpRequest) -> HttpResponse:
    """The groups that take applications, by program; a program or a branch alone by ``?program=`` and ``?branch=``."""
    everything = offers.all_open()
    program, branch = _number(request, "program"), _number(request, "branch")
    shown = [
        offer
        for offer in everything
        if program in (None, offer.group.program_id) and branch in (None, offer.group.branch_id)
    ]
    return show(
        request,
        "groups",
        visit=Visit.of(request),
        shelves=offers.shelves(shown),
        programs=offers.programs_of(everything),
        branches=offers.branches_of(everything),
        program=program,
        branch=branch,
    )


@public_page
@require_http_methods(["GET", "POST"])
def public_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The application form for one group; a full one takes names for its waiting list."""
    visit = Visit.of(request)
    offer = offers.one_open(pk)
    if offer is None:
        return show(request, "closed", visit=visit, status=404)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    return _application(request, visit, form, offer=offer)


@public_page
@require_http_methods(["GET", "POST"])
def public_ask(request: HttpRequest) -> HttpResponse:
    """The same form with no group: about a program, or just a question."""
    programs = Program.objects.active().filter(is_public=True)
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        programs=programs,
        initial={"program": _number(request, "program")},
    )
    return _application(request, Visit.of(request), form)


@public_page
@require_GET
def public_thanks(request: HttpRequest) -> HttpResponse:
    return show(request, "thanks", visit=Visit.of(request))


@public_page
@require_GET
def public_privacy(request: HttpRequest) -> HttpResponse:
    """What becomes of what a visitor writes, for schools without a notice of their own."""
    return show(request, "privacy", visit=Visit.of(request))


def _application(
    request: HttpRequest, visit: Visit, form: ApplicationForm, *, offer: offers.Offer | None = None
) -> HttpResponse:
    thanks = redirect(reverse("public_thanks") + visit.query)
    status = 200
    if form.is_bound:
        if form.is_from_machine:
            return thanks
        status = 422
        if form.is_valid():
            if limits.may_apply(request):
                try:
                    _receive(request, visit, form.cleaned_data, offer.group if offer else None)
                except Refused as refusal:
                    form.refuse(refusal)
                else:
                    return thanks
            else:
                form.add_error(None, limits.sentence())
                status = 429
    return show(request, "application", visit=visit, status=status, form=form, offer=offer)


def _receive(request: HttpRequest, visit: Visit, told: dict[str, Any], group: Group | None) -> None:
    who = {name: told[name] for name in ("name", "phone", "email", "comment")}
    program = told.get("program") or (group.program if group else None)
    wanted = [program.pk if program else None, group.pk if group else None]
    receive_application(
        **who,
        program=program,
        group=group,
        consent=told["consent"],
        language=request.LANGUAGE_CODE,
        utm=visit.utm | ({"page": visit.page} if visit.page else {}),
        referrer=visit.referrer,
        key=told["stamp"].key(who | {"wanted": wanted}),
    )


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
@condition(etag_func=lambda _request: embedding.script()[1])
def embed_script(request: HttpRequest) -> HttpResponse:
    """The script that a school puts into its own pages, at an address that never changes."""
    body, _tag = embedding.script()
    return HttpResponse(
        body, content_type="text/javascript; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"}
    )


@requires("team.change_organisation")
@require_GET
def website_settings(request: HttpRequest) -> HttpResponse:
    """What to paste into the school's own site, and how it will look there."""
    form = CodeForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    frame = embedding.Frame.of(chosen)
    website = models.current()
    return render(
        request,
        "website/settings.html",
        {
            "form": form,
            "website": website,
            "accent": website.accent or colours.OURS,
            "is_dark": frame.theme == "dark",
            "code": frame.code(request.build_absolute_uri("/")),
            "preview": frame.address,
            "plain": request.build_absolute_uri(frame.plain_address),
            "api": request.build_absolute_uri(reverse("api-v1:public_groups")),
            "applications": request.build_absolute_uri(reverse("api-v1:public_applications")),
            "schema": request.build_absolute_uri(reverse("api-v1:openapi-json")),
        },
    )


@requires("team.change_organisation")
def website_change(request: HttpRequest) -> HttpResponse:
    return handle_form(
        request,
        WebsiteForm(request.POST or None, instance=models.current()),
        act=lambda told: commands.change_website(Actor.of(user_of(request)), **told),
        then=lambda _website: done(request, "website_settings", _("The public pages are changed.")),
        title=_("Look of the public pages"),
        submit=_("Save"),
        back=reverse("website_settings"),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else None
