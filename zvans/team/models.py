"""Who works here: users, their roles, and the branches."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, Permission
from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zvans.core.collation import SortKey
from zvans.core.models import Archivable, ArchivableQuerySet
from zvans.core.words import words


class Branch(Archivable):
    """A place where the school works; its zone decides what 18:00 means."""

    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("branch")
        verbose_name_plural = _("branches")

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Role(models.Model):
    """A role: a Django group for its capabilities, and how far its holders see."""

    class Code(models.TextChoices):
        OWNER = "owner", _("Owner")
        HEAD = "head", _("Head")
        MANAGER = "manager", _("Manager")
        ASSISTANT = "assistant", _("Assistant")
        TEACHER = "teacher", _("Teacher")
        ACCOUNTANT = "accountant", _("Accountant")

    class Scope(models.TextChoices):
        OWN = "own", _("their own")
        BRANCH = "branch", _("their branches")
        ALL = "all", _("everything")

    code = models.CharField(max_length=12, choices=Code, unique=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role")
    scope = models.CharField(max_length=6, choices=Scope)

    def __str__(self) -> str:
        return words()["teacher"] if self.code == self.Code.TEACHER else str(self.Code(self.code).label)

    @property
    def summary(self) -> str:
        """What the holder does here, for whoever gives the role."""
        return str(_SUMMARIES[self.Code(self.code)])


_SUMMARIES = {
    Role.Code.OWNER: _("everything, the settings of the school too"),
    Role.Code.HEAD: _("everything in every branch, and who works here"),
    Role.Code.MANAGER: _("clients, deals, groups and payments of their branches"),
    Role.Code.ASSISTANT: _("clients, deals and payments of their branches; archives nothing, opens no groups"),
    Role.Code.TEACHER: _("their own groups and students, no phones and no money"),
    Role.Code.ACCOUNTANT: _("payments and revenue; looks at the rest"),
}


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who signs in. Whoever leaves is made inactive; their history stays."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("full name"), max_length=120)
    sort_name = SortKey()
    role = models.ForeignKey(Role, models.PROTECT, related_name="users", verbose_name=_("role"))
    branches = models.ManyToManyField(Branch, related_name="users", blank=True, verbose_name=_("branches"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    takes_applications = models.BooleanField(
        _("takes applications"), default=False, help_text=_("New applications are shared among these people in turn.")
    )
    last_application_at = models.DateTimeField(null=True, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("user")
        constraints = [models.UniqueConstraint(Lower(F("email")), name="team_user_email_once")]
        default_permissions = ()
        permissions = [
            ("manage_users", "Add people and give them roles"),
            ("change_organisation", "Change the settings of the school"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def _grants(self) -> list[tuple[str, str]]:
        """The capabilities as (app, codename) and the branches as ("", key), in one query."""
        capabilities = Permission.objects.filter(group__role=self.role_id).order_by()
        branches = self.branches.order_by().values_list(Value(""), Cast("pk", CharField()))
        return list(capabilities.values_list("content_type__app_label", "codename").union(branches, all=True))

    @cached_property
    def capabilities(self) -> frozenset[str]:
        """All that the user's role may do, as "people.change_client"."""
        return frozenset(f"{app}.{codename}" for app, codename in self._grants if app)

    @cached_property
    def branch_ids(self) -> frozenset[int]:
        return frozenset(int(key) for app, key in self._grants if not app)

    @property
    def sees_all(self) -> bool:
        return self.role.scope == Role.Scope.ALL

    def has_perm(self, capability: str, _about: object = None) -> bool:
        return self.is_active and capability in self.capabilities

    def has_perms(self, capabilities: list[str], _about: object = None) -> bool:
        return all(self.has_perm(capability) for capability in capabilities)

    def has_module_perms(self, app_label: str) -> bool:
        return any(capability.startswith(f"{app_label}.") for capability in self.capabilities)

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()[:2]).upper()
