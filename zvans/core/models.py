"""What every app stands on: the organisation, the journal, the search index and long work."""

from __future__ import annotations

from typing import Self, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core.actors import ActorKind


class Archivable(models.Model):
    """A record that is put away instead of deleted, and can come back."""

    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Ordered(Archivable):
    """A record of a list whose order the owner decides; the model's ordering begins with ``position``."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


class ArchivableQuerySet(models.QuerySet[M]):
    def active(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)


class Organisation(models.Model):
    """The one school or studio that this installation serves. Its row has the primary key 1."""

    class ClientNoun(models.TextChoices):
        STUDENTS = "students", _("students")
        CLIENTS = "clients", _("clients")

    class TeacherNoun(models.TextChoices):
        TEACHERS = "teachers", _("teachers")
        SPECIALISTS = "specialists", _("specialists")

    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(
        _("country"), max_length=2, help_text=_("Phones typed without a country code are of it.")
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    currency = models.CharField(_("currency"), max_length=3)
    time_zone = models.CharField(_("time zone"), max_length=64)
    client_noun = models.CharField(_("word for clients"), max_length=12, choices=ClientNoun)
    teacher_noun = models.CharField(_("word for teachers"), max_length=12, choices=TeacherNoun)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Clients' answers to messages go here."))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="core_one_organisation")]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Event(models.Model):
    """One thing that happened: the journal that timeline, audit, undo and counts all read.

    Events are written by ``journal.record`` only, and never changed, save by the erasure of a person's data.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=120, blank=True)
    about_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    about_label = models.CharField(max_length=200)
    changes = models.JSONField(default=dict, help_text="{field: [before, after]}")
    facts = models.JSONField(default=dict)
    batch = models.UUIDField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["kind", "at"], name="core_event_kind_at"),
            models.Index(fields=["actor", "at"], name="core_event_actor_at"),
            models.Index(fields=["batch"], name="core_event_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.about_label}"


class EventSubject(models.Model):
    """An object on whose history an event stands: its own object, and the clients it concerns."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="subjects")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "event"], name="core_event_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type_id}:{self.subject_id} in {self.event_id}"


class SearchEntry(models.Model):
    """What an object is found by, folded by ``search.fold``: open words, and private ones (phones, e-mails).

    Its key, given by whoever writes it, is ``candidates.number`` of the subject: there is one entry of each.
    """

    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    subject_id = models.BigIntegerField()
    words = models.TextField()
    private = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.words


class Job(models.Model):
    """Long work whose progress a person watches and may cancel (an import, an undo)."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("job", "done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"

    @property
    def percent(self) -> int:
        return 100 if self.state == self.State.DONE else self.done * 100 // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


class Tally(models.Model):
    """How many times an act was done in the hour that runs ``until``: what rate limits count by."""

    name = models.CharField(max_length=100, primary_key=True)
    until = models.DateTimeField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
