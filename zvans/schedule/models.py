"""What is taught, when and where: programs, groups, lessons, and who has a place."""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zvans.core.collation import SortKey
from zvans.core.models import Archivable, ArchivableQuerySet
from zvans.money.models import Sale
from zvans.people.models import Client
from zvans.schedule import pattern
from zvans.team.models import Branch


class Program(Archivable):
    """What is offered: a course, a workshop, a seminar, private lessons."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course")
        WORKSHOP = "workshop", _("workshop")
        SEMINAR = "seminar", _("seminar")
        PRIVATE = "private", _("private lessons")

    name = models.CharField(_("name"), max_length=120)
    sort_name = SortKey()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.COURSE)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown on the website."))
    price = models.BigIntegerField(_("price"), null=True, blank=True)
    lesson_count = models.PositiveSmallIntegerField(_("number of lessons"), default=1)
    lesson_minutes = models.PositiveSmallIntegerField(_("minutes a lesson"), default=90)
    capacity = models.PositiveSmallIntegerField(_("places in a group"), default=12)
    is_public = models.BooleanField(_("shown on the website"), default=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("program")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Room(Archivable):
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="rooms", verbose_name=_("branch"))
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("branch__name", "name")
        verbose_name = _("room")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class GroupQuerySet(ArchivableQuerySet["Group"]):
    def open(self) -> GroupQuerySet:
        return self.filter(state="open")

    def not_ended(self, on: date) -> GroupQuerySet:
        """Those that go on or are to come; one without lessons ends on its first day."""
        return self.filter(Q(ends_on__gte=on) | Q(ends_on=None, starts_on__gte=on))

    def ended(self, before: date) -> GroupQuerySet:
        return self.filter(Q(ends_on__lt=before) | Q(ends_on=None, starts_on__lt=before))

    def with_waiting(self) -> GroupQuerySet:
        """Annotated ``waiting``: how many stand in the waiting list."""
        line = Enrolment.objects.filter(group=OuterRef("pk"), state=Enrolment.State.WAITING)
        return self.annotate(
            waiting=Coalesce(Subquery(line.order_by().values("group").annotate(n=Count("pk")).values("n")), 0)
        )


class Group(Archivable):
    """An intake of a program: it opens on a date, with a teacher, a weekly pattern and so many places."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("group", "open")
        CANCELLED = "cancelled", pgettext_lazy("group", "cancelled")

    program = models.ForeignKey(Program, models.PROTECT, related_name="groups", verbose_name=_("program"))
    name = models.CharField(_("name"), max_length=120)
    sort_name = SortKey()
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="groups", verbose_name=_("branch"))
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taught_groups",
        verbose_name=_("teacher"),
    )
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, verbose_name=_("room"))
    link = models.URLField(_("link to the online lesson"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True, editable=False)
    lesson_count = models.PositiveSmallIntegerField(_("number of lessons"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0, editable=False)
    price = models.BigIntegerField(_("price"))
    sign_up_from = models.DateField(_("sign-up from"), null=True, blank=True)
    sign_up_until = models.DateField(_("sign-up until"), null=True, blank=True)
    is_public = models.BooleanField(_("shown on the website"), default=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "sort_name", "pk")
        verbose_name = _("group")
        default_permissions = ()
        permissions = [
            ("view_group", "See programs and groups"),
            ("change_group", "Open and change programs and groups"),
            ("enrol", "Give and take places in groups"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="schedule_group_not_overfull"),
            models.CheckConstraint(condition=Q(taken__gte=0), name="schedule_group_taken_counted"),
        ]
        indexes = [models.Index(fields=["starts_on"], name="schedule_group_start")]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def is_open(self) -> bool:
        return self.state == Group.State.OPEN

    @property
    def percent(self) -> int:
        return self.taken * 100 // self.capacity if self.capacity else 100

    @property
    def pattern(self) -> str:
        """The weekly pattern in the active language: "Mon, Wed 18:00"."""
        return pattern.in_words(self.weekly_times.all())

    @property
    def place(self) -> str:
        """Where it meets: the room and the branch, or online."""
        if self.room:
            return f"{self.branch}, {self.room}"
        return gettext("online") if self.link else str(self.branch)

    def has_started(self, on: date) -> bool:
        return self.starts_on <= on

    def has_ended(self, on: date) -> bool:
        return (self.ends_on or self.starts_on) < on


class WeeklyTime(models.Model):
    """A part of a group's weekly pattern: wall time in the zone of its branch."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    group = models.ForeignKey(Group, models.CASCADE, related_name="weekly_times")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ("weekday", "starts_at")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "weekday", "starts_at"], name="schedule_weekly_time_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts_at:%H:%M}"


class Lesson(models.Model):
    """One meeting of a group, generated from the weekly pattern."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", pgettext_lazy("lesson", "cancelled")

    group = models.ForeignKey(Group, models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="lessons")
    room = models.ForeignKey(Room, models.PROTECT, null=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)

    class Meta:
        ordering = ("starts_at", "pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="schedule_lesson_number_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="schedule_lesson_lasts"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="schedule_lesson_start")]

    def __str__(self) -> str:
        return f"{self.group} {self.number}"


class Closure(models.Model):
    """A day on which the school (or one branch) is closed: no lesson is put on it.

    With ``works`` it is the opposite: a public holiday on which there are lessons all the same.
    """

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, verbose_name=_("branch"))
    works = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("day", "pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "branch"], name="schedule_branch_closure_once"),
            models.UniqueConstraint(fields=["day"], condition=Q(branch=None), name="schedule_closure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PlaceRules(models.Model):
    """How the school gives places. Its one row has the primary key 1; without it the defaults hold."""

    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(14 * 24)],
        help_text=_("A place that becomes free is held so long for the first in the waiting list."),
    )

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="schedule_one_set_of_rules")]

    def __str__(self) -> str:
        return f"{self.offer_hours} h"


def enrolment_token() -> str:
    """The secret part of the link by which a client answers."""
    return secrets.token_urlsafe(24)


class Enrolment(models.Model):
    """A student's place in a group, or their place in its waiting list."""

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("has a place")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a place")
        CANCELLED = "cancelled", pgettext_lazy("place", "cancelled")
        TRANSFERRED = "transferred", _("moved to another group")

    class Coming(models.TextChoices):
        UNKNOWN = "", _("not answered")
        YES = "yes", _("is coming")
        NO = "no", _("is not coming")

    ACTIVE = ("enrolled", "waiting", "offered")
    HOLDS_PLACE = ("enrolled", "offered")

    group = models.ForeignKey(Group, models.PROTECT, related_name="enrolments", verbose_name=_("group"))
    student = models.ForeignKey(Client, models.PROTECT, related_name="enrolments", verbose_name=_("student"))
    payer = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("who pays"))
    price = models.BigIntegerField(_("price"), help_text="As agreed, before the discount")
    discount = models.BigIntegerField(_("discount"), default=0)
    discount_reason = models.CharField(_("why the discount"), max_length=120, blank=True)
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sale = models.OneToOneField(
        Sale, models.PROTECT, null=True, related_name="enrolment", help_text="Opened when the place is theirs"
    )
    state = models.CharField(max_length=11, choices=State)
    line = models.PositiveIntegerField(default=0, help_text="Order in the waiting list")
    coming = models.CharField(max_length=3, choices=Coming, default=Coming.UNKNOWN, blank=True)
    asked_at = models.DateTimeField(null=True, help_text="When “will you come?” was asked")
    offered_until = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, unique=True, default=enrolment_token, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("enrolment")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["group", "student"],
                condition=Q(state__in=["enrolled", "waiting", "offered"]),
                name="schedule_one_place_a_student",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False), name="schedule_offer_lapses"
            ),
            models.CheckConstraint(
                condition=Q(discount__gte=0, discount__lte=F("price")), name="schedule_discount_within_price"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "state", "line", "created_at"], name="schedule_enrolment_line"),
            models.Index(fields=["offered_until"], name="schedule_offers", condition=Q(state="offered")),
        ]

    def __str__(self) -> str:
        return f"{self.student} — {self.group}"
