"""The organisation at hand, read once for each request."""

from asgiref.local import Local

from zvans.core.models import Organisation

_request = Local()


def current() -> Organisation:
    """The organisation; within a request the row is read once.

    Raises:
        Organisation.DoesNotExist: before the first set-up is finished.
    """
    held: Organisation | None = getattr(_request, "organisation", None)
    return held or Organisation.objects.get(pk=1)


def hold(organisation: Organisation | None) -> None:
    """Keep the row for the request that begins; ``None`` lets it go."""
    _request.organisation = organisation
