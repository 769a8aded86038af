from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from zvans.api.api import api

_ROOT = "api-root"


def root(request: HttpRequest) -> HttpResponse:
    """Whoever looks into the address finds the description."""
    return redirect("api-v1:openapi-json")


operations, application, namespace = api.urls
patterns = [path("", root, name=_ROOT)]
patterns += [each for each in operations if isinstance(each, URLPattern) and each.name != _ROOT]
# Strangers may ask; what else an operation asks for is its own decision.
for pattern in patterns:
    pattern.callback = login_not_required(pattern.callback)

urlpatterns = [path("", (patterns, application, namespace))]
