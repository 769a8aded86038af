"""What team shows in the storeys below it."""

from django.utils.translation import gettext_lazy as _

from zvans.core import journal
from zvans.core.journal import EventKind
from zvans.core.shell import NavigationItem, settings_pages

for kind in (
    EventKind("team.school_founded", _("Founded {about}"), icon="building-community", tone="green"),
    EventKind("team.organisation_changed", _("Settings of the school changed"), icon="settings"),
    EventKind("team.branch_added", _("Branch added: {about}"), icon="map-pin-plus", tone="green"),
    EventKind("team.branch_changed", _("Branch changed: {about}"), icon="map-pin"),
    EventKind("team.branch_archived", _("Branch archived: {about}"), icon="archive"),
    EventKind("team.branch_restored", _("Branch open again: {about}"), icon="archive-off"),
    EventKind("team.user_added", _("Added {about} as {role}"), icon="user-plus", tone="green"),
    EventKind("team.user_changed", _("Account of {about} changed"), icon="user-edit"),
    EventKind("team.user_deactivated", _("{about} can't sign in any more"), icon="user-off", tone="red"),
    EventKind("team.user_reactivated", _("{about} can sign in again"), icon="user-check", tone="green"),
    EventKind("team.user_invited", _("{about} got a link to choose a password"), icon="mail"),
):
    journal.kinds.add(kind)

settings_pages.add(
    NavigationItem(
        "organisation_change", _("The school"), icon="school", capability="team.change_organisation", order=0
    )
)
settings_pages.add(NavigationItem("user_list", _("Team"), icon="users-group", capability="team.manage_users", order=10))
settings_pages.add(
    NavigationItem("branch_list", _("Branches"), icon="map-pin", capability="team.change_organisation", order=12)
)
