"""Form fields about people: a client who is found by typing, tags that are made by typing, the school's own fields."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from zvans.core.forms import DateInput
from zvans.core.words import word
from zvans.people.models import Client, OwnField


class ClientSelect(forms.Select):
    """Offers what the server finds while one types; the page itself holds only the client who is chosen."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-select": True, "data-url": reverse_lazy("client_choices"), **(attrs or {})})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        everyone: Any = self.choices
        chosen = everyone.queryset.filter(pk__in=[key for key in value if str(key).isdecimal()])
        self.choices = [("", ""), *((client.pk, client.name) for client in chosen)]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = everyone


class ClientField(forms.ModelChoiceField[Client]):
    """A client; the form gives it the clients whom its user may choose: ``form.fields["client"].queryset``."""

    widget = ClientSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Client.objects.none(), **{"label": word("client"), **kwargs})


class TagSelect(forms.SelectMultiple):
    """Keeps the tags that were typed and are not there yet."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-select": True, "data-create": True, **(attrs or {})})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        offered: list[tuple[str, str]] = list(self.choices)  # type: ignore[arg-type]
        known = {key for key, _label in offered}
        self.choices = [*offered, *((key, key) for key in value if key and key not in known)]
        return super().optgroups(name, value, attrs)


class TagsField(forms.MultipleChoiceField):
    """Tags by their names; a name that is new becomes a tag."""

    widget = TagSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Tags"), "required": False, **kwargs})

    def valid_value(self, value: str) -> bool:
        return 0 < len(value.strip()) <= 40


_YES_NO = (("", "—"), ("yes", _("Yes")), ("no", _("No")))


def own_field(field: OwnField, held: Any) -> forms.Field:
    """The form field for one of the school's own fields; ``held`` is the value that the client has now."""
    common: dict[str, Any] = {"label": field.name, "required": False, "initial": held}
    match OwnField.Kind(field.kind):
        case OwnField.Kind.NUMBER:
            return forms.DecimalField(**common, widget=forms.NumberInput(attrs={"step": "any"}))
        case OwnField.Kind.DATE:
            return forms.DateField(**common, widget=DateInput())
        case OwnField.Kind.CHOICE:
            offered: Iterable[str] = dict.fromkeys([*field.choices, *([held] if held else [])])
            return forms.ChoiceField(**common, choices=[("", "—"), *((choice, choice) for choice in offered)])
        case OwnField.Kind.YES_NO:
            common["initial"] = {True: "yes", False: "no"}.get(held, "")
            return forms.TypedChoiceField(
                **common, choices=_YES_NO, coerce=lambda answer: answer == "yes", empty_value=None
            )
        case _:
            return forms.CharField(**common, max_length=500)


def own_value(value: Any) -> Any:
    """A cleaned value as ``Client.own`` holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
