"""How the public pages look and what they refer to: one row, made when the owner first changes something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvans.website import colours


class Website(models.Model):
    """The school's wishes for its public pages. The row has the primary key 1."""

    accent = models.CharField(
        _("colour of buttons and links"),
        max_length=7,
        blank=True,
        validators=[colours.validate],
        help_text=_("As on your own site: #0b6e69. Left empty, it is the colour of Zvans."),
    )
    privacy_url = models.URLField(blank=True)

    class Meta:
        verbose_name = _("website")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="website_one_row")]

    def __str__(self) -> str:
        return "website"


def current() -> Website:
    """The wishes, or ours as long as the owner has said nothing."""
    return Website.objects.filter(pk=1).first() or Website(pk=1)
