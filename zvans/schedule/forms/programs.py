"""Programs, rooms, days off and the rules of the waiting list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from zvans.core.forms import DateInput, Form, ModelForm, MoneyField
from zvans.core.kept_lists import EntryForm
from zvans.schedule.models import PlaceRules, Program, Room
from zvans.team.access import visible_branches
from zvans.team.models import Branch, User


class ProgramForm(ModelForm[Program]):
    price = MoneyField(label=_("Price"), required=False, help_text=_("Of the whole; a group may have another."))

    class Meta:
        model = Program
        fields = ("name", "kind", "price", "lesson_count", "lesson_minutes", "capacity", "is_public", "description")
        widgets = {
            "name": forms.TextInput(attrs={"autofocus": True}),
            "description": forms.Textarea(attrs={"rows": 3}),
            "lesson_count": forms.NumberInput(attrs={"min": 1}),
            "lesson_minutes": forms.NumberInput(attrs={"min": 5, "step": 5}),
            "capacity": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_public"].help_text = _("With its open groups and free places.")
        for name, least in (("lesson_count", 1), ("lesson_minutes", 5), ("capacity", 1)):
            at_least(self.fields[name], least)


class RoomForm(EntryForm[Room]):
    class Meta:
        model = Room
        fields = ("branch", "name", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_branches(self, self.user)


class ClosureForm(Form):
    name = forms.CharField(label=_("Why"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True}))
    day = forms.DateField(label=_("First day"), widget=DateInput())
    until = forms.DateField(label=_("Last day"), widget=DateInput(), required=False, help_text=_("Empty: one day."))
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Where"), empty_label=_("The whole school"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_branches(self, user)
        self.fields["branch"].required = not user.sees_all
        if not user.sees_all:
            self.fields["branch"].empty_label = None  # type: ignore[attr-defined]


class PlaceRulesForm(ModelForm[PlaceRules]):
    class Meta:
        model = PlaceRules
        fields = ("offer_hours",)


def offer_branches(form: forms.BaseForm, user: User) -> None:
    """The user's branches to choose from; the only one is chosen."""
    branches = visible_branches(user)
    field = form.fields["branch"]
    field.queryset = branches  # type: ignore[attr-defined]
    if field.required and len(branches) == 1:
        form.initial.setdefault("branch", branches[0].pk)


def at_least(field: forms.Field, least: int) -> None:
    field.min_value = least  # type: ignore[attr-defined]
    field.validators.append(MinValueValidator(least))
