"""The roles as shipped: who may do what, and how far they see."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

from zvans.team.models import Role

_OFFICE = {
    "people.view_client",
    "people.change_client",
    "people.view_contacts",
    "sales.view_deal",
    "sales.change_deal",
    "schedule.view_group",
    "schedule.enrol",
    "money.view_payment",
    "money.take_payment",
    "messaging.view_message",
    "messaging.send_message",
}
_MANAGER = _OFFICE | {"people.archive_client", "sales.archive_deal", "schedule.change_group"}
_HEAD = _MANAGER | {
    "people.import_clients",
    "people.manage_lists",
    "sales.manage_pipeline",
    "money.refund",
    "money.view_revenue",
    "messaging.change_template",
    "team.manage_users",
}

SHIPPED: dict[Role.Code, tuple[Role.Scope, set[str]]] = {
    Role.Code.OWNER: (Role.Scope.ALL, _HEAD | {"team.change_organisation"}),
    Role.Code.HEAD: (Role.Scope.ALL, _HEAD),
    Role.Code.MANAGER: (Role.Scope.BRANCH, _MANAGER),
    Role.Code.ASSISTANT: (Role.Scope.BRANCH, _OFFICE),
    Role.Code.TEACHER: (Role.Scope.OWN, {"people.view_client", "schedule.view_group"}),
    Role.Code.ACCOUNTANT: (
        Role.Scope.ALL,
        {
            "people.view_client",
            "people.view_contacts",
            "sales.view_deal",
            "schedule.view_group",
            "money.view_payment",
            "money.take_payment",
            "money.refund",
            "money.view_revenue",
            "messaging.view_message",
        },
    ),
}


def lay(app_config: AppConfig, *, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Give each shipped role its capabilities in one app; called for each app after ``migrate``."""
    if app_config.label not in {"team", "people", "messaging", "money", "schedule", "sales"}:
        return
    for code, (scope, capabilities) in SHIPPED.items():
        group, _made = Group.objects.using(using).get_or_create(name=str(code.value))
        Role.objects.using(using).update_or_create(code=code, defaults={"group": group, "scope": scope})
        here = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
        wanted = {name.split(".")[1] for name in capabilities if name.startswith(f"{app_config.label}.")}
        group.permissions.remove(*here.exclude(codename__in=wanted))
        group.permissions.add(*here.filter(codename__in=wanted))
