"""How a request becomes a sale: pipelines, deals and the applications of the website."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core.models import Archivable, ArchivableQuerySet, Ordered
from zvans.people.models import Client, Source
from zvans.schedule.models import Enrolment, Group, Program
from zvans.team.models import Branch


class Pipeline(Ordered):
    name = models.CharField(_("name"), max_length=80)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("pipeline")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Answer(models.TextChoices):
    """What the client has said to the offer."""

    NONE = "", _("no answer yet")
    THINKING = "thinking", _("thinking")
    CONFIRMED = "confirmed", _("confirmed")


class Stage(Ordered):
    """A step of a pipeline, with its playbook: what to do, within how long, what to say.

    A stage may stand for an answer: a deal that is put there has that answer, and the answer puts it there.
    """

    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="stages")
    name = models.CharField(_("name"), max_length=80)
    to_do = models.CharField(_("what to do"), max_length=200, blank=True)
    within_hours = models.PositiveSmallIntegerField(_("within how many hours"), default=24)
    to_say = models.TextField(_("what to say"), blank=True)
    answer = models.CharField(_("the answer it stands for"), max_length=9, choices=Answer, blank=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("stage")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class RefusalReason(Ordered):
    """Why people refuse; the owner edits the list."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("reason of refusal")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class DealQuerySet(ArchivableQuerySet["Deal"]):
    def open(self) -> DealQuerySet:
        return self.active().filter(state=Deal.State.OPEN)

    def about(self, clients: Iterable[Client]) -> DealQuerySet:
        """The deals in which one of the clients asked or will study."""
        return self.filter(Q(client__in=clients) | Q(student__in=clients))

    def with_cards(self) -> DealQuerySet:
        """With all that a line or a card about the deal shows."""
        return self.select_related(
            "client", "student", "program", "group", "stage", "manager", "source", "refusal_reason"
        )


class Deal(Archivable):
    """A client's request for a program or a group. While it is open it has a next step."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("deal", "open")
        WON = "won", pgettext_lazy("deal", "won")
        LOST = "lost", pgettext_lazy("deal", "refused")

    class Step(models.TextChoices):
        CALL = "call", _("call")
        WRITE = "write", _("write")
        MEET = "meet", _("meet")
        OTHER = "other", _("other")

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="deals", verbose_name=_("client"), help_text="Who decides and pays"
    )
    student = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studied_deals",
        verbose_name=_("who will study"),
        db_index=False,  # An index of its own: with the many deals without one, SQLite would think it worthless.
    )
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="deals")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="deals", verbose_name=_("stage"))
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, default=Answer.NONE, blank=True)
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("program")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("group")
    )
    price = models.BigIntegerField(_("agreed price"), null=True, blank=True)
    wish = models.CharField(_("what they asked for"), max_length=300, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    utm = models.JSONField(default=dict, blank=True)
    referrer = models.CharField(max_length=500, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("manager"),
    )
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, verbose_name=_("branch"))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_kind = models.CharField(_("how"), max_length=5, choices=Step, default=Step.CALL)
    next_step_at = models.DateTimeField(_("when"), null=True, blank=True)
    refusal_reason = models.ForeignKey(RefusalReason, models.PROTECT, null=True, blank=True)
    refusal_note = models.CharField(max_length=300, blank=True)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, null=True, related_name="deal")
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = DealQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("deal")
        default_permissions = ()
        permissions = [
            ("view_deal", "See deals"),
            ("change_deal", "Add and change deals"),
            ("archive_deal", "Archive deals"),
            ("manage_pipeline", "Change pipelines, stages and reasons of refusal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="open") | (Q(next_step_at__isnull=False) & ~Q(next_step="")),
                name="sales_open_deal_has_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | Q(refusal_reason__isnull=False), name="sales_refusal_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "next_step_at", "id"], name="sales_deal_board", condition=Q(state="open")),
            models.Index(fields=["manager", "next_step_at"], name="sales_deal_next", condition=Q(state="open")),
            models.Index(fields=["state", "closed_at"], name="sales_deal_closed"),
            models.Index(fields=["created_at", "id"], name="sales_deal_asked"),
            models.Index(fields=["student"], name="sales_deal_student", condition=Q(student__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.client} — {self.wanted}" if self.wanted else str(self.client)

    @property
    def wanted(self) -> str:
        """What the client wants, in a few words: the group, else the program, else their own words."""
        return str(self.group or self.program or self.wish)

    @property
    def list_price(self) -> int | None:
        """What the group or the program costs, whatever is agreed."""
        return self.group.price if self.group else self.program.price if self.program else None

    @property
    def waits_long(self) -> bool:
        """Whether the answer is later than the stage's playbook wants it."""
        return timezone.now() - self.stage_since > timedelta(hours=self.stage.within_hours)

    @property
    def step_icon(self) -> str:
        return {"call": "phone", "write": "mail", "meet": "users"}.get(self.next_step_kind, "checkbox")

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN and not self.is_archived

    @property
    def learner(self) -> Client:
        return self.student or self.client

    @property
    def urgency(self) -> str:
        """How near the next step is: "overdue", "today", "later", or "" when there is none."""
        if self.next_step_at is None:
            return ""
        if self.next_step_at < timezone.now():
            return "overdue"
        return "today" if timezone.localdate(self.next_step_at) <= timezone.localdate() else "later"


class Application(models.Model):
    """What a visitor of the website sent, word for word; the deal made of it is worked on."""

    deal = models.OneToOneField(Deal, models.PROTECT, related_name="application")
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    comment = models.TextField(blank=True)
    consent = models.BooleanField(default=False)
    language = models.CharField(max_length=7, blank=True)
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=80, unique=True, help_text="The same one sent twice is one application")

    class Meta:
        ordering = ("-created_at",)
        default_permissions = ()
        indexes = [models.Index(fields=["created_at"], name="sales_unanswered", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return self.name
