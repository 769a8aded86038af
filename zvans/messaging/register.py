"""What messaging shows in the storeys below it, and the kinds of event that it records."""

from django.utils.translation import gettext_lazy as _

from zvans.core import jobs, journal, shell
from zvans.core.jobs import Periodic
from zvans.core.journal import EventKind
from zvans.core.shell import NavigationItem
from zvans.messaging.today import trouble
from zvans.people import card, today
from zvans.people.card import Act
from zvans.people.today import Section

for event in (
    EventKind(
        "messaging.message_queued",
        _("E-mail: {about}"),
        icon="mail",
        template="messaging/events/message.html",
        link="message",
        live=True,
        capability="messaging.view_message",
    ),
    EventKind(
        "messaging.message_tried_again",
        _("To be sent again: {about}"),
        icon="mail-forward",
        link="message",
        capability="messaging.view_message",
    ),
    EventKind(
        "messaging.message_set_aside",
        _("Not to be sent: {about}"),
        icon="mail-off",
        link="message",
        capability="messaging.view_message",
    ),
    EventKind("messaging.text_changed", _("Text changed: {about}"), icon="mail-cog"),
    EventKind("messaging.text_restored", _("Back to the shipped text: {about}"), icon="mail-cog"),
    EventKind("messaging.setting_changed", _("Message setting changed: {about}"), icon="mail-cog"),
):
    journal.kinds.add(event)

jobs.PERIODIC.add(Periodic("zvans.messaging.tasks.deliver", minutes=1))
shell.navigation.add(
    NavigationItem(
        "message_list", _("Messages"), icon="mail", capability="messaging.view_message", section="message", order=55
    )
)
shell.settings_pages.add(
    NavigationItem(
        "text_list", _("Messages and their texts"), icon="mail-cog", capability="messaging.change_template", order=70
    )
)
card.acts.add(Act("message_write", _("E-mail"), icon="mail", capability="messaging.send_message", order=30))

today.sections.add(
    Section(
        "messaging.trouble",
        load=trouble,
        template="messaging/today.html",
        capability="messaging.change_template",
        order=-10,
    )
)
