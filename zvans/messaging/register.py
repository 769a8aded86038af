"""What messaging shows in the storeys below it, and the kinds of event that it records."""

from django.utils.translation import gettext_lazy as _

from zvans.core import jobs, journal
from zvans.core.jobs import Periodic
from zvans.core.journal import EventKind

for event in (
    EventKind(
        "messaging.message_queued",
        _("E-mail: {about}"),
        icon="mail",
        template="messaging/events/message.html",
        link="message",
        live=True,
    ),
    EventKind("messaging.message_tried_again", _("To be sent again: {about}"), icon="mail-forward", link="message"),
    EventKind("messaging.message_set_aside", _("Not to be sent: {about}"), icon="mail-off", link="message"),
    EventKind("messaging.text_changed", _("Text changed: {about}"), icon="mail-cog"),
    EventKind("messaging.text_restored", _("Back to the shipped text: {about}"), icon="mail-cog"),
    EventKind("messaging.setting_changed", _("Message setting changed: {about}"), icon="mail-cog"),
):
    journal.kinds.add(event)

jobs.PERIODIC.add(Periodic("zvans.messaging.tasks.deliver", minutes=1))
