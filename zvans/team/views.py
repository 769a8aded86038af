"""Pages of the school itself: its founding, its settings, its branches, its people, and one's own profile."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zvans.core import jobs, organisation, places
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import act, came_from, done, handle_form, is_fragment
from zvans.core.models import Organisation
from zvans.team import commands
from zvans.team.access import manageable_users
from zvans.team.forms import BranchForm, OrganisationForm, ProfileForm, SetupForm, UserForm
from zvans.team.models import Branch, User
from zvans.team.sign_in import invitation_link, sign_in


@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """The first page of an empty installation: the school, its words, its owner."""
    if Organisation.objects.exists():
        return redirect("today")
    guessed = _guess_place(request)
    if is_fragment(request) and request.method == "GET":
        form = SetupForm(initial=guessed, country=guessed["country"])
        return render(request, "team/setup.html#place", {"form": form})
    if request.method == "POST":
        form = SetupForm(request.POST, country=request.POST.get("country", ""))
        if form.is_valid() and (owner := _found(form)):
            sign_in(request, owner)
            return redirect("welcome")
        return render(request, "team/setup.html", {"form": form}, status=422)
    words = {"client_noun": Organisation.ClientNoun.STUDENTS, "teacher_noun": Organisation.TeacherNoun.TEACHERS}
    form = SetupForm(initial=guessed | words, country=guessed["country"])
    return render(request, "team/setup.html", {"form": form, "place_is_guessed": "zone" in request.GET})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the interface; a user's choice is kept with their account."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise BadRequest
    if request.user.is_authenticated:
        commands.change_user(Actor.of(user_of(request)), user_of(request), language=code)
    response = redirect(came_from(request, "/"))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax")
    return response


@requires("team.change_organisation")
def welcome(request: HttpRequest) -> HttpResponse:
    """Three ways on from an empty school."""
    return render(request, "team/welcome.html")


@requires("team.change_organisation")
def organisation_change(request: HttpRequest) -> HttpResponse:
    school = get_object_or_404(Organisation, pk=1)
    return handle_form(
        request,
        OrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=1)),
        act=lambda data: commands.change_organisation(Actor.of(user_of(request)), school, **data),
        then=lambda _nothing: done(request, "organisation_change", _("Saved.")),
        title=_("The school"),
        submit=_("Save"),
        back=reverse("settings"),
    )


@requires("team.change_organisation")
def branch_list(request: HttpRequest) -> HttpResponse:
    return render(request, "team/branches.html", {"branches": Branch.objects.order_by("archived_at", "name")})


@requires("team.change_organisation")
def branch_add(request: HttpRequest) -> HttpResponse:
    school = organisation.current()
    form = BranchForm(request.POST or None, initial={"time_zone": school.time_zone}, country=school.country)
    return handle_form(
        request,
        form,
        act=lambda data: commands.add_branch(Actor.of(user_of(request)), **data),
        then=lambda branch: done(request, "branch_list", _("%(name)s is added.") % {"name": branch}),
        title=_("New branch"),
        submit=_("Add"),
        back=reverse("branch_list"),
    )


@requires("team.change_organisation")
def branch_change(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    form = BranchForm(
        request.POST or None, instance=Branch.objects.get(pk=pk), country=places.country_of_zone(branch.time_zone)
    )
    return handle_form(
        request,
        form,
        act=lambda data: commands.change_branch(Actor.of(user_of(request)), branch, **data),
        then=lambda _nothing: done(request, "branch_list", _("Saved.")),
        title=branch.name,
        submit=_("Save"),
        back=reverse("branch_list"),
    )


@require_POST
@requires("team.change_organisation")
def branch_archive(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    return act(
        request,
        lambda: commands.archive_branch(Actor.of(user_of(request)), branch),
        lambda _nothing: done(
            request,
            "branch_list",
            _("%(name)s is archived.") % {"name": branch},
            undo=reverse("branch_restore", args=[pk]),
        ),
        back="branch_list",
    )


@require_POST
@requires("team.change_organisation")
def branch_restore(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    commands.restore_branch(Actor.of(user_of(request)), branch)
    return done(request, "branch_list", _("%(name)s is open again.") % {"name": branch})


@requires("team.manage_users")
def user_list(request: HttpRequest) -> HttpResponse:
    """Everyone who works or worked here; who may not be changed by this user is shown all the same."""
    users = (
        User.objects.select_related("role").prefetch_related("branches").order_by("-is_active", "role_id", "sort_name")
    )
    mine = set(manageable_users(user_of(request)).values_list("pk", flat=True))
    return render(request, "team/users.html", {"users": users, "manageable": mine})


@requires("team.manage_users")
def user_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    branches = list(Branch.objects.active().values_list("pk", flat=True))
    initial = {"role": "", "branches": branches if len(branches) == 1 else []}
    return handle_form(
        request,
        UserForm(request.POST or None, by=user, initial=initial),
        act=lambda data: commands.add_user(Actor.of(user), **data),
        then=lambda added: _give_link(request, added),
        title=_("New colleague"),
        submit=_("Add"),
        lead=_("You get a link to hand over; by it they choose a password of their own."),
        back=reverse("user_list"),
    )


@requires("team.manage_users")
def user_change(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = get_object_or_404(manageable_users(user_of(request)), pk=pk)
    form = UserForm(request.POST or None, instance=User.objects.get(pk=pk), by=user_of(request))
    return handle_form(
        request,
        form,
        act=lambda data: commands.change_user(Actor.of(user_of(request)), colleague, **data),
        then=lambda _nothing: done(request, "user_list", _("Saved.")),
        title=colleague.name,
        submit=_("Save"),
        back=reverse("user_list"),
    )


@require_POST
@requires("team.manage_users")
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = get_object_or_404(manageable_users(user_of(request)), pk=pk)
    message = _("%(name)s can't sign in any more.") % {"name": colleague}
    return act(
        request,
        lambda: commands.deactivate_user(Actor.of(user_of(request)), colleague),
        lambda _nothing: done(request, "user_list", message, undo=reverse("user_reactivate", args=[pk])),
        back="user_list",
    )


@require_POST
@requires("team.manage_users")
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = get_object_or_404(manageable_users(user_of(request)), pk=pk)
    commands.reactivate_user(Actor.of(user_of(request)), colleague)
    return done(request, "user_list", _("%(name)s can sign in again.") % {"name": colleague})


@require_POST
@requires("team.manage_users")
def user_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new link by which a colleague chooses a password."""
    colleague = get_object_or_404(manageable_users(user_of(request)), pk=pk)
    return act(
        request,
        lambda: commands.invite(Actor.of(user_of(request)), colleague),
        lambda _nothing: _give_link(request, colleague),
        back="user_list",
    )


@requires("team.manage_users")
def user_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The link that was just made, to copy; nobody else can open it again."""
    colleague = get_object_or_404(manageable_users(user_of(request)), pk=pk)
    link = request.session.get("invitations", {}).get(str(pk), "")
    context = {"colleague": colleague, "link": link, "is_mailed": bool(settings.EMAIL_HOST)}
    return render(request, "team/invitation.html", context)


def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and language."""
    user = user_of(request)

    def change(data: dict[str, Any]) -> None:
        commands.change_user(Actor.of(user), user, **data)
        translation.activate(user.language or organisation.current().language)

    return handle_form(
        request,
        ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk)),
        act=change,
        then=lambda _nothing: done(request, "profile", _("Saved.")),
        title=_("My profile"),
        submit=_("Save"),
        above="team/account_tabs.html",
        back=reverse("today"),
    )


def _guess_place(request: HttpRequest) -> dict[str, str]:
    """The country that was chosen, or the browser's; its currency and time zone; the language being read."""
    zone = request.GET.get("zone", "")
    country = (
        request.GET.get("country", "")
        or places.country_of_zone(zone)
        or places.country_of_languages(request.headers.get("Accept-Language", ""))
    )
    is_there = zone in places.zones_by_country().get(country, [])
    return {
        "country": country,
        "currency": places.currency_of(country),
        "time_zone": zone if is_there else places.time_zone_of(country),
        "language": translation.get_language() or "en",
    }


def _found(form: SetupForm) -> User | None:
    try:
        return commands.found_school(Actor.system(), **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return None


def _give_link(request: HttpRequest, colleague: User) -> HttpResponse:
    links = request.session.get("invitations", {}) | {str(colleague.pk): invitation_link(colleague)}
    request.session["invitations"] = links
    if settings.EMAIL_HOST:
        jobs.enqueue("zvans.team.tasks.send_invitation", colleague.pk)
    return done(request, "user_invitation", arguments=(colleague.pk,))
