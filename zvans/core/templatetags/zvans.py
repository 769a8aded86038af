"""Template vocabulary of Zvans, loaded everywhere."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from babel.dates import format_timedelta
from django import template
from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zvans.core import dates, histories, locales, organisation, places
from zvans.core import money as amounts
from zvans.core import phones as numbers
from zvans.core.access import user_of
from zvans.core.privacy import without_contacts

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite that the front-end build makes of every icon named in the code."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("icons.svg"),
        name,
    )


@register.filter
def money(minor: int | None) -> str:
    """Minor units as the active language writes the amount."""
    return "" if minor is None else amounts.show(minor)


@register.filter
def phone(e164: str) -> str:
    return numbers.display(e164, organisation.current().country)


day = register.filter("day", dates.day)
day_time = register.filter("day_time", dates.day_time)
clock = register.filter("clock", dates.clock)
iso = register.filter("iso", dates.iso)


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago, or in how long: "5 minutes ago", "in 3 days"."""
    if value is None:
        return ""
    elapsed: timedelta = value - timezone.now()
    return format_timedelta(elapsed, add_direction=True, locale=locales.active())


@register.simple_tag(takes_context=True)
def query(context: template.Context, **values: Any) -> str:
    """The page's query string with some values changed; an empty one is taken out."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for name, value in values.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    encoded = parameters.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.filter
def language_name(code: str) -> str:
    """A language in its own words: "Latviešu"."""
    return places.language_name(code)


@register.filter
def may(user: Any, capability: str) -> bool:
    """``{% if user|may:"people.change_client" %}``."""
    return bool(user.has_perm(capability))


@register.filter
def guarded(text: str, user: Any) -> str:
    """Free text as the user may see it: without phones and e-mails for whoever sees none."""
    return text if user.has_perm("people.view_contacts") else without_contacts(text)


@register.inclusion_tag("core/history.html", takes_context=True)
def history(context: template.Context, subject: models.Model, empty: str = "") -> dict[str, Any]:
    """The history of any object: ``{% history group %}``; one query. The page's ``?before=`` leads to older events."""
    request: HttpRequest = context["request"]
    before = request.GET.get("before", "")
    page = histories.read(user_of(request), subject, before=int(before) if before.isdecimal() else None)
    older = query(context, before=page.older)
    return {"history": page, "older": older, "empty": empty, "request": request, "user": request.user}
