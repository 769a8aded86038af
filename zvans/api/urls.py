from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from zvans.api.api import api

_ROOT = "api-root"


def root(request: HttpRequest) -> HttpResponse:
    """Whoever looks into the address finds the description."""
    return redirect("api-v1:openapi-json")


operations, app_name, namespace = api.urls
patterns = [path("", root, name=_ROOT), *(operation for operation in operations if operation.name != _ROOT)]
# Strangers may ask; what else an operation asks for is its own decision.
for pattern in patterns:
    pattern.callback = login_not_required(pattern.callback)

urlpatterns = [path("", (patterns, app_name, namespace))]
