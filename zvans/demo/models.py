"""What the demo school keeps for the time it is open."""

from django.db import models
from django.utils import timezone


class PutAside(models.Model):
    """The owner's own school, still without clients, while the demo school stands in its place."""

    records = models.TextField(help_text="Its records, as Django's serializer writes them")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
