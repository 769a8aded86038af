"""Every write about the public pages; what visitors send is written by ``sales.commands``."""

from zvans.core import journal
from zvans.core.actors import Actor
from zvans.core.commands import assign, command
from zvans.website.models import Website


@command
def change_website(by: Actor, *, accent: str, privacy_url: str) -> Website:
    """Set how the public pages look and where their consent links to."""
    website, _made = Website.objects.select_for_update().get_or_create(pk=1)
    changes = assign(website, accent=accent.lower(), privacy_url=privacy_url)
    if changes:
        website.save(update_fields=list(changes))
        journal.record(by, "website.changed", website, changes=changes)
    return website
