"""What a school's own site asks of Zvans: the open groups, and to take an application."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Annotated, Any

from babel.dates import get_day_names
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status
from ninja.decorators import decorate_view

from zvans.api.schemas import ApplicationIn, GroupOut, Id, Problem, Problems, Received
from zvans.core import limits, locales, money, organisation, visitors
from zvans.core.commands import Refused
from zvans.sales.commands import receive_application
from zvans.sales.models import Application
from zvans.schedule import queries
from zvans.schedule.models import Group, Program, WeeklyTime

router = Router(tags=["public"])

_LONGEST_BODY = 64 * 1024
_SAME_FOR = 600  # seconds in which the same content is the same application
Lang = Annotated[
    str, Query(description="Language of the answer: en, lv, hu, mn, sw. Without it `Accept-Language` decides.")
]

View = Callable[..., HttpResponse]


class Unacceptable(Exception):
    """The field is understood, but can't be accepted; a sentence says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def _for_visitors(view: View) -> View:
    """Answer in the visitor's language, and read no body of a size that no application has."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(visitors.language(request)):
            if int(request.META.get("CONTENT_LENGTH") or 0) > _LONGEST_BODY:
                return JsonResponse({"detail": _("That is too long to be an application.")}, status=413)
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or "en"
            return response

    return answer


@router.get("/groups", response={200: list[GroupOut], 422: Problems}, url_name="public_groups", summary="Open groups")
@decorate_view(_for_visitors)
def public_groups(
    request: HttpRequest,
    response: HttpResponse,
    program: Annotated[Id | None, Query(description="Only groups of this program")] = None,
    branch: Annotated[Id | None, Query(description="Only groups at this branch")] = None,
    lang: Lang = "",
) -> list[dict[str, Any]]:
    """The groups that take applications today, soonest first."""
    groups = queries.public_groups(queries.today())
    if program is not None:
        groups = groups.filter(program_id=program)
    if branch is not None:
        groups = groups.filter(branch_id=branch)
    response["Cache-Control"] = "public, max-age=15"
    return [_shown(request, group) for group in groups]


@router.post(
    "/applications",
    response={201: Received, 400: Problem, 413: Problem, 422: Problems, 429: Problem},
    url_name="public_applications",
    summary="Apply for a group or a program, or ask",
)
@decorate_view(_for_visitors)
def apply(
    request: HttpRequest,
    told: ApplicationIn,
    idempotency_key: Annotated[
        str | None,
        Header(alias="Idempotency-Key", description="Any text of yours; sent again, it is the same application."),
    ] = None,
    lang: Lang = "",
) -> Status[dict[str, str]]:
    """Take an application. The answer is the same whether or not the person is known to the school."""
    group, program = _wanted(told)
    if not limits.may_apply(request):
        return Status(429, {"detail": limits.sentence()})
    content = told.model_dump(include={"name", "phone", "email", "program", "group", "comment"})
    key = _key_of_client(idempotency_key) if idempotency_key else _key_of(content)
    try:
        received = receive_application(
            name=told.name,
            phone=told.phone or "",
            email=told.email or "",
            program=program,
            group=group,
            comment=told.comment or "",
            consent=told.consent,
            language=translation.get_language() or "",
            utm=_origin(told),
            referrer=visitors.web_address(told.referrer or ""),
            key=key,
        )
    except Refused as refusal:
        raise Unacceptable(refusal.field, str(refusal)) from None
    if received.key == key and (received.phone, received.email) != (told.phone or "", told.email or ""):
        raise Unacceptable("Idempotency-Key", _("This key was used for another application."))
    thanks = _("Thank you! We have received what you sent and will get in touch soon.")
    return Status(201, {"status": "received", "message": thanks})


def _wanted(told: ApplicationIn) -> tuple[Group | None, Program | None]:
    if told.group is not None:
        group = queries.public_groups(queries.today()).filter(pk=told.group).first()
        if group is None:
            raise Unacceptable("group", _("This group takes no more applications."))
        return group, group.program
    if told.program is not None:
        program = Program.objects.active().filter(pk=told.program, is_public=True).first()
        if program is None:
            raise Unacceptable("program", _("There is no such program."))
        return None, program
    return None, None


def _origin(told: ApplicationIn) -> dict[str, str]:
    sent = {name: visitors.printable(getattr(told, name) or "")[:200] for name in visitors.UTM}
    sent["page"] = visitors.web_address(told.page or "")
    return {name: value for name, value in sent.items() if value}


def _key_of_client(sent: str) -> str:
    return "api:" + hashlib.sha256(sent.encode("utf-8", "surrogatepass")).hexdigest()


def _key_of(content: dict[str, Any]) -> str:
    """A key for what came without one: of the present ten minutes, or of those before if it came in them."""
    window = int(time.time() // _SAME_FOR)
    now, before = (
        "api:" + hashlib.sha256(json.dumps([content, number], sort_keys=True).encode()).hexdigest()
        for number in (window, window - 1)
    )
    return before if Application.objects.filter(key=before).exists() else now


def _shown(request: HttpRequest, group: Group) -> dict[str, Any]:
    currency = organisation.current().currency
    return {
        "id": group.pk,
        "name": group.name,
        "program": group.program,
        "branch": group.branch,
        "online": bool(group.link) and group.room_id is None,
        "starts_on": group.starts_on,
        "ends_on": group.ends_on,
        "lesson_count": group.lesson_count,
        "weekly_times": [_weekly(row) for row in group.weekly_times.all()],
        "time_zone": group.branch.time_zone,
        "price": {"amount": group.price, "currency": currency, "text": money.show(group.price)},
        "capacity": group.capacity,
        "free": max(group.free, 0),
        "full": group.free <= 0,
        "sign_up_until": group.sign_up_until,
        "apply_url": request.build_absolute_uri(reverse("public_apply", args=[group.pk])),
    }


def _weekly(row: WeeklyTime) -> dict[str, Any]:
    names = get_day_names(locale=locales.active())
    ends_at = datetime.combine(date.min, row.starts_at) + timedelta(minutes=row.minutes)
    return {
        "weekday": row.weekday + 1,
        "day": names[row.weekday],
        "starts_at": f"{row.starts_at:%H:%M}",
        "ends_at": f"{ends_at:%H:%M}",
    }
