"""What is owed and what was paid, as ledgers: entries are added, never changed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zvans.people.models import Client
from zvans.team.models import Branch


class Sale(models.Model):
    """Something sold to a client: a place in a group.

    ``owed`` and ``paid`` are the sums of its ledgers and ``next_due_on`` follows from them and the plan; every
    command that writes an entry writes them anew, so that "who owes what today" is one look into an index.
    """

    payer = models.ForeignKey(Client, models.PROTECT, related_name="sales", verbose_name=_("payer"))
    student = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="sales_for", verbose_name=_("for whom")
    )
    title = models.CharField(_("what for"), max_length=200)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True)
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    owed = models.BigIntegerField(default=0, editable=False, help_text="The sum of the charges")
    paid = models.BigIntegerField(default=0, editable=False, help_text="The sum of the payments")
    next_due_on = models.DateField(null=True, editable=False, help_text="The first instalment not covered by payments")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(paid__gte=0), name="money_never_refund_more_than_paid"),
            models.CheckConstraint(condition=Q(owed__gte=0), name="money_owed_not_below_zero"),
        ]
        indexes = [
            models.Index(fields=["next_due_on", "id"], name="money_sale_due", condition=Q(next_due_on__isnull=False)),
            models.Index(fields=["id"], name="money_sale_credit", condition=Q(paid__gt=F("owed"))),
        ]
        permissions = [
            ("view_payment", "See what clients owe and have paid"),
            ("take_payment", "Take payments"),
            ("refund", "Give money back and correct entries"),
            ("view_revenue", "See revenue"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """What is still to pay; below zero when more was paid than is owed."""
        return self.owed - self.paid

    @property
    def credit(self) -> int:
        return max(-self.left, 0)

    @property
    def days_late(self) -> int:
        """For how many days, as of today, the oldest part that is not covered has been late; 0 when none is."""
        return self.days_late_on(timezone.localdate())

    def days_late_on(self, day: date) -> int:
        return max((day - self.next_due_on).days, 0) if self.next_due_on else 0


class Charge(models.Model):
    """An entry of what is owed for a sale, in minor units; a discount or a cancellation is below zero."""

    class Kind(models.TextChoices):
        PRICE = "price", _("price")
        DISCOUNT = "discount", _("discount")
        CANCELLATION = "cancellation", _("cancellation")
        CORRECTION = "correction", _("correction")

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Instalment(models.Model):
    """A part of a sale's plan: so much by a day. A new plan replaces the old one; the journal keeps both."""

    sale = models.ForeignKey(Sale, models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("by"))
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        ordering = ("due_on", "pk")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}: {self.amount}"


class Payment(models.Model):
    """An entry of money received (above zero) or given back (below zero), in minor units."""

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        CARD = "card", _("card")
        TRANSFER = "transfer", _("transfer")

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")
        CORRECTION = "correction", _("correction")

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PAYMENT)
    amount = models.BigIntegerField(_("amount"))
    method = models.CharField(_("method"), max_length=8, choices=Method)
    paid_on = models.DateField(_("paid on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken by")
    )
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(
        max_length=64, null=True, unique=True, help_text="From the form: the same one sent twice is one payment"
    )

    class Meta:
        ordering = ("paid_on", "pk")
        default_permissions = ()
        indexes = [models.Index(fields=["-paid_on", "-id"], name="money_payment_by_day")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="money_payment_not_nothing")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
