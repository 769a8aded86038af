"""What the website shows in the storeys below it."""

from django.utils.translation import gettext_lazy as _

from zvans.core.journal import EventKind, kinds
from zvans.core.shell import NavigationItem, settings_pages
from zvans.people.today import FirstAct, first_acts

settings_pages.add(
    NavigationItem("website_settings", _("Website"), icon="world", capability="team.change_organisation", order=75)
)
kinds.add(EventKind("website.changed", _("The public pages were changed"), icon="world"))
first_acts.add(
    FirstAct(
        "website_settings",
        _("Take applications from your website"),
        _("A page of your groups and a form for your own site: each application lands here with a call to make."),
        icon="world",
        capability="team.change_organisation",
        order=30,
    )
)
