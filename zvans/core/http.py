"""Answers that many views give: a form (page or dialog), and what follows when it is done."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from zvans.core.commands import Refused
from zvans.core.forms import Form, ModelForm

R = TypeVar("R")


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked, for a part of the page (a dialog, results) instead of the whole."""
    # A page that the browser goes back to is asked for whole.
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def handle_form(
    request: HttpRequest,
    form: Form | ModelForm[Any],
    *,
    act: Callable[[dict[str, Any]], R],
    then: Callable[[R], HttpResponse],
    title: str | Promise,
    submit: str | Promise,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent and valid, call the command and go on.

    Args:
        form: bound when the request is a POST.
        act: calls the command with the cleaned data; its ``Refused`` is shown in the form, nothing typed is lost.
        then: the answer after success, mostly ``done(...)``.
        context: more for the template; ``form_template`` lays the fields out, ``lead`` stands above them.
    """
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                return then(act(form.cleaned_data))
            except Refused as refusal:
                form.refuse(refusal)
        status = 422
    in_dialog = is_fragment(request)
    context |= {"form": form, "title": title, "submit": submit, "action": request.get_full_path()}
    context["in_dialog"] = in_dialog
    template = "core/form.html#sheet" if in_dialog else "core/form.html"
    return render(request, template, context, status=status)


def done(
    request: HttpRequest, to: str, message: str | Promise = "", *, undo: str = "", arguments: tuple[Any, ...] = ()
) -> HttpResponse:
    """Go to a page after an act, with a notice.

    Args:
        to: a URL name, or an address.
        undo: the address whose POST undoes the act; the notice then has a button for it.
    """
    if message:
        messages.success(request, str(message), extra_tags=undo)
    answer = redirect(to, *arguments)
    if not is_fragment(request):
        return answer
    return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})


def act(request: HttpRequest, command: Callable[[], R], then: Callable[[R], HttpResponse], back: str) -> HttpResponse:
    """Do a one-click act; a refusal becomes a notice on the page it came from."""
    try:
        return then(command())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return done(request, back)


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the request came from (its ``next``, or the page it was asked on), or ``otherwise``."""
    wanted = request.POST.get("next") or request.GET.get("next") or _page_before(request)
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else otherwise


def _page_before(request: HttpRequest) -> str:
    """The page under a dialog, or with the button that was pressed; a form that is a page of its own is none."""
    page = request.headers.get("Referer", "")
    return "" if urlsplit(page).path == request.path else page
