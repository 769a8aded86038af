"""How often a thing may be done: counted in the database, so that all server processes count together."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zvans.core import visitors
from zvans.core.models import Tally

WINDOW = timedelta(hours=1)


def may_apply(request: HttpRequest) -> bool:
    """Count an application from the website; False when its address, or all together, sent too many this hour."""
    # The address is kept unreadable: it is personal data.
    whose = salted_hmac("zvans.limits", visitors.address(request)).hexdigest()
    with transaction.atomic():
        return within(f"application {whose}", settings.APPLICATIONS_AN_HOUR) and within(
            "application", settings.APPLICATIONS_AN_HOUR_IN_ALL
        )


def sentence() -> str:
    """What the one who may not is told."""
    return _("Too many applications came from your network within an hour. Please try later, or call us.")


def within(name: str, most: int) -> bool:
    """Count one more act of the name; False, and nothing counted, when its hour has had ``most`` already."""
    return _count(name, most) or _begin(name) or _count(name, most)


def forget() -> None:
    """Drop the counts whose hour is over; called by the clock."""
    Tally.objects.filter(until__lte=timezone.now()).delete()


def _count(name: str, most: int) -> bool:
    now = timezone.now()
    over = Q(until__lte=now)
    counted = Tally.objects.filter(over | Q(count__lt=most), name=name).update(
        count=Case(When(over, then=Value(1)), default=F("count") + 1),
        until=Case(When(over, then=Value(now + WINDOW)), default=F("until")),
    )
    return counted > 0


def _begin(name: str) -> bool:
    begun = {"until": timezone.now() + WINDOW, "count": 1}
    _tally, made = Tally.objects.get_or_create(name=name, defaults=begun)
    return made
