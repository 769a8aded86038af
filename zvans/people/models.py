"""Whom the school knows: clients, how to reach them, their families, and what is to be done for them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zvans.core import organisation, phones
from zvans.core.collation import SortKey
from zvans.core.expressions import JSONList
from zvans.core.models import Archivable, ArchivableQuerySet, Job
from zvans.team.models import Branch


class Source(Archivable):
    """Where clients come from: a site, an advertisement, a friend."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("source")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Tag(Archivable):
    name = models.CharField(_("name"), max_length=40, unique=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("tag")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class OwnField(Archivable):
    """A field of a client's card that the school itself asked for; its values are in ``Client.own``."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        CHOICE = "choice", _("one of a list")
        YES_NO = "yes_no", _("yes or no")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    choices = models.JSONField(_("choices"), default=list, blank=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("own field")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The name of its value in ``Client.own``."""
        return str(self.pk)

    def show(self, value: Any) -> str:
        """A value of ``Client.own``, for a person."""
        if self.kind == self.Kind.DATE:
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        if self.kind == self.Kind.YES_NO:
            return gettext("Yes") if value else gettext("No")
        return str(value)


class ClientQuerySet(ArchivableQuerySet["Client"]):
    def with_contacts(self) -> ClientQuerySet:
        return self.prefetch_related("contacts")

    def with_tags(self) -> ClientQuerySet:
        """With ``tag_list``, a list of ``{"pk", "name"}``, in the same query."""
        tags = Tag.objects.filter(clients=OuterRef("pk")).values("pk", "name")
        return self.annotate(tag_list=JSONList(tags))

    def for_list(self, *, with_phone: bool) -> ClientQuerySet:
        """What a list shows of each, and no more: one query, and no object beside the client."""
        names = {f"{field}_name": F(f"{field}__name") for field in ("manager", "branch", "source")}
        clients = self.only("given_name", "patronymic", "family_name", "archived_at", "created_at").annotate(**names)
        if with_phone:
            phones = ContactPoint.objects.filter(client=OuterRef("pk"), kind=ContactPoint.Kind.PHONE, typed="")
            clients = clients.annotate(phone_number=Subquery(phones.values("value")[:1]))
        return clients.with_tags()


class Client(Archivable):
    """A person or a firm that the school serves or hopes to: a student, a payer, a parent."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        FIRM = "firm", _("firm")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PERSON)
    given_name = models.CharField(_("given name"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    patronymic = models.CharField(_("patronymic or middle name"), max_length=80, blank=True)
    sort_name = SortKey(of=("family_name", "given_name", "patronymic"))
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("responsible manager"),
    )
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, verbose_name=_("branch"))
    preferences = models.TextField(_("preferences and peculiarities"), blank=True)
    note = models.TextField(_("note"), blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="clients", verbose_name=_("tags"))
    wants_messages = models.BooleanField(_("agrees to receive messages"), default=True)
    own = models.JSONField(_("own fields"), default=dict, blank=True, help_text="{OwnField.key: value}")
    data_consent_at = models.DateTimeField(_("agreed to the keeping of data"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("client")
        default_permissions = ()
        permissions = [
            ("view_client", "See clients"),
            ("change_client", "Add and change clients"),
            ("archive_client", "Archive clients"),
            ("view_contacts", "See phones and e-mails"),
            ("import_clients", "Bring clients in from a file"),
            ("manage_lists", "Keep the lists of sources, tags and own fields"),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="people_client_sorted"),
            models.Index(fields=["family_name", "given_name", "id"], name="people_client_by_name"),
            models.Index(fields=["manager", "archived_at"], name="people_client_manager"),
            models.Index(fields=["birthday"], name="people_client_birthday"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("client", args=[self.pk])

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.given_name, self.patronymic, self.family_name)))

    @property
    def initials(self) -> str:
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def phone(self) -> ContactPoint | None:
        """The first phone that can be called; fetch ``contacts`` before asking many clients."""
        return next((point for point in self.contacts.all() if point.is_phone), None)

    def age_on(self, day: date) -> int | None:
        if self.birthday is None:
            return None
        return day.year - self.birthday.year - ((day.month, day.day) < (self.birthday.month, self.birthday.day))


class ContactPoint(models.Model):
    """A way to reach a client. The first of a kind is the one that is used."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        MESSENGER = "messenger", _("messenger")

    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    value = models.CharField(
        _("number or address"), max_length=254, help_text="E.164, or lower-case e-mail, or as typed"
    )
    typed = models.CharField(max_length=254, blank=True, help_text="What was typed, when it could not be read")
    label = models.CharField(_("label"), max_length=40, blank=True, help_text=_("mobile, home, work, WhatsApp…"))
    whose = models.CharField(_("whose"), max_length=80, blank=True, help_text=_("when it is someone else's: husband…"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("contact")
        default_permissions = ()
        indexes = [models.Index(fields=["value", "kind"], name="people_contact_value")]
        constraints = [models.UniqueConstraint(fields=["client", "kind", "value"], name="people_contact_once_a_client")]

    def __str__(self) -> str:
        return self.value

    @property
    def shown(self) -> str:
        """The number as people of the country write it; anything else as it is."""
        return phones.display(self.value, organisation.current().country) if self.is_phone else self.value

    @property
    def is_phone(self) -> bool:
        return self.kind == self.Kind.PHONE and self.is_readable

    @property
    def is_email(self) -> bool:
        return self.kind == self.Kind.EMAIL and self.is_readable

    @property
    def is_readable(self) -> bool:
        """Whether the value could be read as a number or address (so that it can be called or written to)."""
        return not self.typed


class FamilyTie(models.Model):
    """``relative`` is ``client``'s parent, partner…; a payer pays for the client."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("parent")
        PARTNER = "partner", _("partner")
        SIBLING = "sibling", _("brother or sister")
        RELATIVE = "relative", _("relative")
        EMPLOYER = "employer", _("employer")

    client = models.ForeignKey(Client, models.CASCADE, related_name="ties")
    relative = models.ForeignKey(Client, models.CASCADE, related_name="ties_to")
    kind = models.CharField(_("relation"), max_length=8, choices=Kind)
    pays = models.BooleanField(_("pays for them"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["client", "relative"], name="people_tie_once"),
            models.CheckConstraint(condition=~Q(client=F("relative")), name="people_tie_not_to_self"),
        ]

    def __str__(self) -> str:
        return f"{self.relative} → {self.client}"


class Task(models.Model):
    """Something to do by a moment, for a colleague: the planner's unit."""

    title = models.CharField(_("what to do"), max_length=200)
    due_at = models.DateTimeField(_("by when"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("for whom")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("client")
    )
    is_call = models.BooleanField(_("a call"), default=False)
    done_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("due_at", "pk")
        verbose_name = _("task")
        default_permissions = ()
        indexes = [models.Index(fields=["assignee", "due_at"], name="people_task_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_at < timezone.now()


class ImportRun(models.Model):
    """One spreadsheet brought in: the file, how its columns were read, and what became of it.

    All that it wrote has ``batch`` on its events, by which it is undone as one act.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("being prepared")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("import", "done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", pgettext_lazy("import", "cancelled")
        UNDONE = "undone", _("undone")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    batch = models.UUIDField(default=uuid4, editable=False)
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField(default=dict, help_text="{column index: field name}")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    report = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    problems = models.JSONField(default=list, help_text="[{row, column, value, reason}]")
    job = models.ForeignKey(Job, models.SET_NULL, null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who looks after whomever the file names no manager for",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-created_at",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(models.Model):
    """How the columns of a heading row were read the last time, for the next file with the same headings."""

    signature = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the folded headings")
    mapping = models.JSONField()
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.signature
