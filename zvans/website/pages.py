"""What makes a page public: anyone may open it, in their language, inside any page, and it sets no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from babel import Locale
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from zvans.core import visitors
from zvans.website import colours, models
from zvans.website.visits import Visit

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for strangers. Its forms carry a signed stamp (``stamps``) where others have a cookie against forgery."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(visitors.language(request)):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            answer = view(request, *args, **kwargs)
            answer.headers["Content-Language"] = request.LANGUAGE_CODE
        answer.headers.setdefault("Cache-Control", "no-cache")
        return answer

    framed: View = xframe_options_exempt(csrf_exempt(login_not_required(shown)))
    return cast("View", csp_replace({"frame-ancestors": ["*"]})(framed))


def show(request: HttpRequest, template: str, *, visit: Visit, status: int = 200, **context: Any) -> HttpResponse:
    """Render a public page in the colours that its visitor or its owner asked for."""
    website = models.current()
    context |= {
        "visit": visit,
        "website": website,
        "colours": colours.variables(visit.accent or website.accent),
        "languages": [
            (code, (Locale(code).get_display_name() or code).capitalize()) for code, _name in settings.LANGUAGES
        ],
    }
    return render(request, f"website/{template}.html", context, status=status)
