"""The list of messages."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zvans.messaging.models import Message


class _Cell(tables.TemplateColumn):
    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(template_name=f"messaging/cells/{name}.html", orderable=False, **options)


class MessageTable(tables.Table):
    subject = _Cell("subject", verbose_name=_("Message"))
    client = _Cell("client", verbose_name=_("To"))
    state = _Cell("state", verbose_name=_("State"))
    when = _Cell("when", verbose_name=_("When"))

    class Meta:
        model = Message
        fields = ()
        sequence = ("subject", "client", "state", "when")
