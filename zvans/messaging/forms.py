"""Forms about messages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zvans.core.forms import Form
from zvans.messaging.kinds import kinds
from zvans.messaging.models import Message
from zvans.messaging.queries import WRITTEN
from zvans.messaging.templates import SOURCE_LIMIT


class MessagesFilter(Form):
    """What the list of messages is narrowed to."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *Message.State.choices], required=False)
    kind = forms.ChoiceField(label=_("What about"), required=False)
    client = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [
            ("", _("All kinds")),
            *((kind.name, kind.label) for kind in kinds),
            (WRITTEN, _("Written by hand")),
        ]


class WriteForm(Form):
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=uuid4)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Text"), max_length=SOURCE_LIMIT, widget=forms.Textarea(attrs={"rows": 8}))


class TextForm(Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=SOURCE_LIMIT, widget=forms.Textarea(attrs={"rows": 16}))


class SettingForm(Form):
    """Both fields are optional: what is not sent stays as it is."""

    is_on = forms.TypedChoiceField(
        choices=[("on", "on"), ("off", "off")], coerce=lambda sent: sent == "on", required=False
    )
    days_before = forms.IntegerField(label=_("Days before"), min_value=0, max_value=60, required=False)
