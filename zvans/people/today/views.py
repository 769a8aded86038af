"""The first page: what each section has for this user today."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zvans.core import locales
from zvans.core.access import user_of
from zvans.people.today import Section, sections


def today(request: HttpRequest) -> HttpResponse:
    shown = list(_shown(request))
    context = {
        "greeting": _greeting(timezone.localtime().hour),
        "given_name": user_of(request).name.split()[0],
        "day": format_date(timezone.localdate(), "full", locales.active()),
        "work": [part for section, part in shown if section.wide],
        "news": [part for section, part in shown if not section.wide],
    }
    return render(request, "people/today.html", context)


def _shown(request: HttpRequest) -> Iterator[tuple[Section, SafeString]]:
    user = user_of(request)
    for section in sections:
        if section.capability and not user.has_perm(section.capability):
            continue
        loaded = section.load(user)
        if loaded is not None:
            yield section, render_to_string(section.template, loaded, request)


def _greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")
