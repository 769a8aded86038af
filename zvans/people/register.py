"""What people show in the storeys below, and the kinds of event that they record."""

from django.utils.translation import gettext_lazy as _

from zvans.core import journal, search
from zvans.core.journal import EventKind
from zvans.core.words import word
from zvans.people.access import sees_contacts, visible_clients
from zvans.people.models import Client

for kind in (
    EventKind("people.client_added", _("Added"), icon="user-plus", tone="green"),
    EventKind("people.client_changed", _("Changed"), icon="pencil"),
    EventKind("people.client_archived", _("Archived"), icon="archive"),
    EventKind("people.client_restored", _("Brought back from the archive"), icon="archive-off"),
    EventKind("people.family_tied", _("Family: {relative}"), icon="users"),
    EventKind("people.family_untied", _("No longer family: {relative}"), icon="users-minus"),
    EventKind("people.note_added", _("Note"), icon="note", template="people/events/note.html"),
    EventKind("people.call_logged", _("Call"), icon="phone", template="people/events/call.html"),
    EventKind("people.task_added", _("Task: {about}"), icon="checkbox"),
    EventKind("people.task_done", _("Done: {about}"), icon="circle-check", tone="green"),
    EventKind("people.task_reopened", _("Not done after all: {about}"), icon="rotate"),
    EventKind("people.task_postponed", _("Put off: {about}"), icon="clock-pause"),
):
    journal.kinds.add(kind)

search.kinds.add(
    search.Kind(
        "people.client",
        model=Client,
        heading=word("clients"),
        words=lambda client: (client.given_name, client.patronymic, client.family_name),
        private=lambda client: (point.value for point in client.contacts.all()),
        visible=lambda user: visible_clients(user).active(),
        sees_private=sees_contacts,
        row="people/found.html",
        icon="user",
    )
)
