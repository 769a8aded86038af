"""How a view says who may open it. What they then see is decided by each app's ``access.py``."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from zvans.team.models import User

View = Callable[..., HttpResponse]


def requires(*capabilities: str) -> Callable[[View], View]:
    """Answer 403 to a signed-in user who has none of the capabilities ("people.change_client")."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(capability) for capability in capabilities):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def user_of(request: HttpRequest) -> "User":
    """The signed-in user of a request that the sign-in middleware let through."""
    return cast("User", request.user)
