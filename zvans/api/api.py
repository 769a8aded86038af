"""The open API: its description, and how it says that something is wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from zvans.api import public

api = NinjaAPI(
    title="Zvans",
    version="1",
    description="The open groups of a school, and applications for them. `docs/api.md` has examples.",
    docs_url=None,  # its page would load scripts of others
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
api.add_router("/public", public.router)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, problems: ValidationError) -> HttpResponse:
    """422 with a sentence for each field."""
    detail = [{"field": _field(error["loc"]), "message": _sentence(error)} for error in problems.errors]
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(public.Unacceptable)
def not_acceptable(request: HttpRequest, problem: public.Unacceptable) -> HttpResponse:
    detail = [{"field": problem.field, "message": str(problem)}]
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = _("The body is not JSON that can be read.") if error.status_code == 400 else str(error)
    return api.create_response(request, {"detail": detail}, status=error.status_code)


def _field(place: tuple[Any, ...]) -> str:
    """("body", "told", "name") as "name"; "" when the body as a whole is wrong."""
    names = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(name) for name in names)


def _sentence(error: dict[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if not _field(error["loc"]):
        return _("Send one JSON object.")
    if kind == "value_error":
        return str(context["error"])
    sentences = {
        "missing": _("This is needed."),
        "string_too_short": _("This is needed."),
        "string_too_long": _("At most %(n)s characters.") % {"n": context.get("max_length")},
        "string": _("Write text here."),
        "int": _("Write the id of one that exists."),
        "greater": _("Write the id of one that exists."),
        "less": _("Write the id of one that exists."),
        "bool": _("Write true or false."),
    }
    return sentences.get(kind) or sentences.get(kind.split("_")[0]) or _("This was not understood.")
