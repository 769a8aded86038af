"""The organisation, language and time zone of a request."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone, translation

from zvans.core import organisation
from zvans.core.models import Organisation

# Pages that answer before the organisation exists.
_BEFORE_SETUP = {"setup", "healthy", "language"}


class OrganisationMiddleware:
    """Send everyone to the set-up until it is done; then speak the user's language in the school's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = Organisation.objects.filter(pk=1).first()
        organisation.hold(held)
        try:
            if held is None:
                return self._before_setup(request)
            self._activate(request, held)
            return self.get_response(request)
        finally:
            organisation.hold(None)
            timezone.deactivate()

    def _before_setup(self, request: HttpRequest) -> HttpResponse:
        if resolve(request.path_info).url_name in _BEFORE_SETUP:
            return self.get_response(request)
        return redirect("setup")

    def _activate(self, request: HttpRequest, held: Organisation) -> None:
        timezone.activate(ZoneInfo(held.time_zone))
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or "en"
