"""What people show in the storeys below, and the kinds of event that they record."""

from django.utils.translation import gettext_lazy as _

from zvans.core import journal, kept_lists, search, shell
from zvans.core.journal import EventKind
from zvans.core.shell import Addition, NavigationItem
from zvans.core.words import word
from zvans.people import lists, my_day, today
from zvans.people.access import sees_contacts, visible_clients
from zvans.people.imports import register as _imports  # noqa: F401
from zvans.people.models import Client
from zvans.people.queries import own_texts, shown_contacts

for kind in (
    EventKind("people.client_added", _("Added"), icon="user-plus", tone="green"),
    EventKind("people.client_changed", _("Changed"), icon="pencil", private={"contacts": "people.view_contacts"}),
    EventKind("people.client_archived", _("Archived"), icon="archive"),
    EventKind("people.client_restored", _("Brought back from the archive"), icon="archive-off"),
    EventKind("people.family_tied", _("Family: {relative}"), icon="users"),
    EventKind("people.family_untied", _("No longer family: {relative}"), icon="users-minus"),
    EventKind("people.note_added", _("Note"), icon="note", template="people/events/note.html"),
    EventKind("people.call_logged", _("Call"), icon="phone", template="people/events/call.html"),
    EventKind("people.task_added", _("Task for {assignee}: {about}, by {due_at}"), icon="checkbox"),
    EventKind("people.task_changed", _("Task changed: {about}"), icon="checkbox"),
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
        private=lambda client: (*(point.value for point in client.contacts.all()), *own_texts(client)),
        visible=lambda user: shown_contacts(user, visible_clients(user).active()),
        sees_private=sees_contacts,
        row="people/found.html",
        icon="user",
    )
)

shell.navigation.add(
    NavigationItem(
        "client_list",
        word("clients"),
        icon="users",
        capability="people.view_client",
        section="client",
        order=20,
        on_phone=True,
    )
)
shell.navigation.add(NavigationItem("today", _("Today"), icon="sun", order=10, on_phone=True))
shell.navigation.add(NavigationItem("task_list", _("Tasks"), icon="checkbox", section="task", order=60))

shell.additions.add(
    Addition("client_add", word("client"), icon="user-plus", capability="people.change_client", order=10)
)
shell.additions.add(Addition("task_add", _("Task"), icon="checkbox", order=60))

for kept in lists.ALL:
    kept_lists.register(kept)

today.first_acts.add(
    today.FirstAct(
        "import_add",
        _("Bring in my spreadsheet"),
        _(
            "People, requests and payments, from Excel or Google Sheets. You see what comes of it before anything is kept."
        ),
        icon="table-import",
        capability="people.import_clients",
        order=10,
    )
)
today.first_acts.add(
    today.FirstAct(
        "client_add",
        _("Add someone by hand"),
        _("A name and a phone are enough."),
        icon="user-plus",
        capability="people.change_client",
        order=40,
        in_dialog=True,
    )
)
today.sections.add(
    today.Section("people.beginning", load=my_day.beginning, template="people/today/beginning.html", order=5)
)
today.sections.add(today.Section("people.tasks", load=my_day.tasks, template="people/today/tasks.html", order=40))
today.sections.add(
    today.Section(
        "people.birthdays",
        load=my_day.birthdays,
        template="people/today/birthdays.html",
        capability="people.view_client",
        order=90,
        wide=False,
    )
)
