"""What the worker does for money."""

from django.utils import timezone

from zvans.core.models import Organisation
from zvans.money import reminders


def remind_of_payments() -> None:
    """Queue the reminders that are due; run again it queues none twice."""
    if Organisation.objects.exists():
        reminders.decide(timezone.now())
