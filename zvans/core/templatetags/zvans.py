"""Template vocabulary of Zvans, loaded everywhere."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_date as babel_date
from babel.dates import format_skeleton, format_timedelta
from django import template
from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zvans.core import histories, organisation, places
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


@register.filter
def day(value: date | datetime | None) -> str:
    """A date for a busy reader: "today", "tomorrow", "12 Mar", with the year when it is another one."""
    if value is None:
        return ""
    moment = timezone.localtime(value).date() if isinstance(value, datetime) else value
    today = timezone.localdate()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((moment - today).days)
    if near:
        return near
    if moment.year == today.year:
        return _in_year(moment, _locale())
    return babel_date(moment, "medium", _locale())


@lru_cache(maxsize=1024)
def _in_year(moment: date, locale: str) -> str:
    return format_skeleton("MMMd", moment, locale=locale)


@register.filter
def day_time(value: datetime | None) -> str:
    """As ``day``, with the time: "tomorrow 18:00"."""
    if value is None:
        return ""
    return f"{day(value)} {clock(value)}"


@register.filter
def clock(value: Any) -> str:
    """The time of day, in 24 hours: "18:00"."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return date_format(value, "H:i") if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago, or in how long: "5 minutes ago", "in 3 days"."""
    if value is None:
        return ""
    elapsed: timedelta = value - timezone.now()
    return format_timedelta(elapsed, add_direction=True, locale=_locale())


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


def _locale() -> str:
    return translation.to_locale(translation.get_language() or "en")
