"""What imports show in the storeys below, and the kinds of event that they record."""

from django.utils.translation import gettext_lazy as _

from zvans.core import journal, shell
from zvans.core.journal import EventKind

journal.kinds.add(EventKind("people.imported", _("Brought in from a file: {about}"), icon="table-import", tone="green"))
journal.kinds.add(EventKind("people.import_undone", _("Import undone: {about}"), icon="arrow-back-up"))
journal.kinds.add(EventKind("people.import_discarded", _("File thrown away: {about}"), icon="trash"))

shell.settings_pages.add(
    shell.NavigationItem(
        "import_list", _("Bring in a spreadsheet"), icon="table-import", capability="people.import_clients", order=80
    )
)
