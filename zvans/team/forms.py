"""Forms of the school's founding, its settings, its branches and its people."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvans.core import places
from zvans.core.forms import ModelForm
from zvans.core.models import Organisation
from zvans.team.access import grantable_roles, visible_branches
from zvans.team.models import Branch, Role, User

_WORDS = ("client_noun", "teacher_noun")


def _set_words_and_places(form: ModelForm[Organisation], country: str) -> None:
    """Offer countries, currencies and zones by name, and the school's words as two buttons each.

    Where nobody knows the country, nothing of it is chosen beforehand.
    """
    none_yet: list[Any] = [] if country else [("", _("Choose…"))]
    form.fields["country"] = forms.ChoiceField(label=_("Country"), choices=none_yet + places.countries())
    form.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=none_yet + places.currencies())
    form.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=none_yet + places.time_zones(country))
    form.fields["language"] = forms.ChoiceField(label=_("Language"), choices=_languages())
    words = (
        ("client_noun", _("Whom you serve"), Organisation.ClientNoun.choices),
        ("teacher_noun", _("Who serves them"), Organisation.TeacherNoun.choices),
    )
    for field, label, choices in words:
        form.fields[field] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def _languages() -> list[tuple[str, str]]:
    names = (places.language_name(code) for code, _english in settings.LANGUAGES)
    return [(code, name) for (code, _english), name in zip(settings.LANGUAGES, names, strict=True)]


class SetupForm(ModelForm[Organisation]):
    """What a new school is asked; everything that can be guessed is filled in."""

    branch = forms.CharField(
        label=gettext_lazy("Name of the branch"),
        max_length=80,
        help_text=gettext_lazy("Where you work: a street, a district, “Online”. More can be added later."),
    )
    owner_name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    owner_email = forms.EmailField(
        label=gettext_lazy("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 8 characters. You sign in with your e-mail and this."),
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Organisation
        fields = ("name", "country", "language", "currency", "time_zone", *_WORDS)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_words_and_places(self, country)
        self.fields["name"].label = _("Name of the school or studio")
        self.fields["name"].widget.attrs |= {"autocomplete": "organization", "autofocus": True}
        # What follows from the country comes again when another one is chosen.
        self.fields["country"].widget.attrs |= {
            "hx-get": reverse("setup"),
            "hx-target": "#place",
            "hx-swap": "outerHTML",
        }
        place = Row(Column("currency"), Column("time_zone"), css_id="place")
        self.place_helper = FormHelper()
        self.place_helper.form_tag = False
        self.place_helper.disable_csrf = True
        self.place_helper.layout = Layout(place)
        self.helper.layout = Layout(
            Fieldset(
                _("The school"),
                "name",
                Row(Column("country"), Column("language")),
                place,
                Row(Column(InlineRadios("client_noun")), Column(InlineRadios("teacher_noun"))),
                "branch",
            ),
            Fieldset(_("You, the owner"), "owner_name", Row(Column("owner_email"), Column("password"))),
        )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        about = User(name=self.cleaned_data.get("owner_name", ""), email=self.cleaned_data.get("owner_email", ""))
        validate_password(password, about)
        return password


class OrganisationForm(ModelForm[Organisation]):
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ("name", "email", "phone", "website", "country", "language", "currency", "time_zone", *_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_words_and_places(self, self.instance.country)
        self.helper.layout = Layout(
            "name",
            Row(Column("email"), Column("phone")),
            "website",
            Row(Column("country"), Column("language")),
            Row(Column("currency"), Column("time_zone")),
            Row(Column(InlineRadios("client_noun")), Column(InlineRadios("teacher_noun"))),
        )


class BranchForm(ModelForm[Branch]):
    class Meta:
        model = Branch
        fields = ("name", "address", "phone", "time_zone")

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=places.time_zones(country))
        self.helper.layout = Layout("name", "address", Row(Column("phone"), Column("time_zone")))


class UserForm(ModelForm[User]):
    """A colleague's account, as ``by`` may set it."""

    class Meta:
        model = User
        fields = ("name", "email", "role", "branches", "takes_applications")
        widgets = {"role": forms.RadioSelect, "branches": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(label=_("Role"), queryset=grantable_roles(by), widget=forms.RadioSelect)
        held = Q(users=self.instance) if self.instance.pk else Q()
        open_or_held = Branch.objects.filter(Q(archived_at=None) | held) if held else visible_branches(by)
        self.fields["branches"].queryset = open_or_held.distinct()  # type: ignore[attr-defined]
        self.fields["branches"].help_text = _("Managers and assistants see the work of their branches.")
        self.helper.layout = Layout(Row(Column("name"), Column("email")), "role", "branches", "takes_applications")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def _get_validation_exclusions(self) -> set[str]:
        """An address that is taken is the command's to refuse: the database says so, under any load."""
        return {*super()._get_validation_exclusions(), "email"}  # type: ignore[misc]


class RoleField(forms.ModelChoiceField[Role]):
    """A role with what it may do, in a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label=None, **kwargs)

    def label_from_instance(self, role: Role) -> str:
        return f"{role} — {role.summary}"


class ProfileForm(ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=[("", _("as the school's")), *_languages()], required=False
        )
