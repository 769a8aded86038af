"""What is said to clients: the owner's texts, and the outbox."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.people.models import Client


class Template(models.Model):
    """The owner's own text of a kind of message in a language; without one the shipped text is used."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        default_permissions = ()
        permissions = [("change_template", "Change the texts of messages")]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="messaging_template_once")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class MessageSetting(models.Model):
    """Whether a kind of message goes out by itself, and how many days ahead."""

    kind = models.CharField(max_length=60, unique=True)
    is_on = models.BooleanField(_("goes out by itself"), default=True)
    days_before = models.PositiveSmallIntegerField(_("days before"), null=True, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind


class Message(models.Model):
    """A message in the outbox. The unique key makes deciding it twice harmless; the lease, sending it twice."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        KEPT = "kept", _("kept, not sent")
        DEAD = "dead", _("could not be sent")
        CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")

    key = models.CharField(max_length=200, unique=True)
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False, help_text="Its Message-ID, the same each time")
    kind = models.CharField(max_length=60)
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="messages")
    to = models.CharField(max_length=254)
    language = models.CharField(max_length=7)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        default=timezone.now, help_text="Not touched before; while it is being sent: when its lease lapses"
    )
    lease = models.UUIDField(null=True)
    may_be_repeated = models.BooleanField(default=False, help_text="A worker died while sending it")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        permissions = [
            ("view_message", "See messages"),
            ("send_message", "Write to clients"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="messaging_to_send",
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["state", "-id"], name="messaging_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject
