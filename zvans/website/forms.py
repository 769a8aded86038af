"""The application form of a visitor, and the owner's forms about the website."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zvans.core import organisation, phones
from zvans.core.forms import Form, ModelForm
from zvans.schedule.models import Program
from zvans.team.models import Branch
from zvans.website import colours, stamps
from zvans.website.models import Website


class ApplicationForm(Form):
    """What a visitor leaves: who they are, how to answer, what they want.

    ``stamp`` is what the form was shown with, and ``fax`` is a field that no person sees and machines fill in.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput({"autocomplete": "email"})
    )
    program = forms.ModelChoiceField(
        Program.objects.none(),
        label=_("What would you like to learn?"),
        required=False,
        empty_label=_("I have a question"),
    )
    comment = forms.CharField(
        label=_("Anything we should know?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Applying for a child? Write their name and age here."),
    )
    consent = forms.BooleanField(error_messages={"required": _("We need your agreement to be able to answer you.")})
    fax = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    def __init__(self, *args: Any, programs: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if programs is None:
            del self.fields["program"]
        else:
            self.fields["program"].queryset = programs  # type: ignore[attr-defined]

    @property
    def is_from_machine(self) -> bool:
        """Whether the field that people don't see was filled in."""
        return bool(self.data.get("fax"))

    @property
    def fresh_stamp(self) -> str:
        """The stamp to show the form with: the one it came with as long as it is good, so that it is one application."""
        sent = self.data.get("stamp", "")
        return sent if stamps.read(sent) else stamps.issue()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not {"phone", "email"} & set(self.errors):
            self._check_answerable(told.get("phone", ""), told.get("email", ""))
        if not self.errors:
            told["stamp"] = self._checked_stamp(told["stamp"])
        return told

    def _check_answerable(self, phone: str, email: str) -> None:
        if not (phone or email):
            self.add_error("phone", _("Write a phone number or an e-mail, so that we can answer."))
        elif not email and phones.parse(phone, organisation.current().country) is None:
            self.add_error("phone", _("We can't read this number. Write it with the country code, or leave an e-mail."))

    def _checked_stamp(self, sent: str) -> stamps.Stamp:
        stamp = stamps.read(sent)
        if stamp is None:
            raise forms.ValidationError(_("This page was open for a long time. Please send it once more."))
        if stamp.age < stamps.FASTEST:
            raise forms.ValidationError(_("That was very fast. Please look it over and send it once more."))
        return stamp


class WebsiteForm(ModelForm[Website]):
    privacy_url = forms.URLField(
        label=_("Your privacy notice"),
        required=False,
        assume_scheme="https",
        help_text=_("The consent under the form links to it. Left empty, it links to a short notice of ours."),
        widget=forms.URLInput({"placeholder": "https://"}),
    )

    class Meta:
        model = Website
        fields = ("accent", "privacy_url")
        widgets = {"accent": forms.TextInput({"placeholder": colours.OURS, "autocomplete": "off"})}


class CodeForm(Form):
    """What the frame on the school's own page shows, and how."""

    shows = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("groups", _("open groups")), ("form", _("only the application form"))],
    )
    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"), required=False, empty_label=_("all"))
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"), required=False, empty_label=_("all"))
    theme = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("light", _("light")), ("dark", _("dark")), ("auto", _("as the visitor's device"))],
    )
    lang = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("of the page, or the visitor's")), *settings.LANGUAGES]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("program", Program.objects.active().filter(is_public=True)),
            ("branch", Branch.objects.active()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
