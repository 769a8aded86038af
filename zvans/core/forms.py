"""Form fields of our own types, and the base of every form."""

from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.forms.utils import ErrorList
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zvans.core import money, organisation
from zvans.core.commands import Refused

# Said of every empty field, in our forms and in those of signing in.
forms.Field.default_error_messages["required"] = _("Please fill this in.")

M = TypeVar("M", bound=models.Model)


class MoneyField(forms.CharField):
    """An amount as people type it ("1 250,50"), cleaned to minor units of the organisation's currency."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("“%(value)s” is not an amount. Write a number such as 120 or 120,50."),
        "negative": _("An amount can't be below zero."),
    }

    def __init__(self, *, allow_negative: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_negative = allow_negative

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{money.to_decimal(value, organisation.current().currency):f}"
        return value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            amount = money.parse(text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", {"value": text}) from None
        if amount < 0 and not self.allow_negative:
            raise forms.ValidationError(self.error_messages["negative"], "negative")
        return money.to_minor(amount, organisation.current().currency)


class Sentences(ErrorList):
    """What is wrong, in plain sentences, without the bullets of a list."""

    def render(self, *_args: Any, **_kwargs: Any) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in self))

    __str__ = __html__ = render


class _OurForm(forms.BaseForm):
    """The page has the <form> tag and the buttons, so crispy lays out the fields alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"error_class": Sentences, **kwargs})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, refusal: Refused) -> None:
        """Show a command's refusal where it belongs: at its field, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class Form(_OurForm, forms.Form):
    pass


class ModelForm(_OurForm, forms.ModelForm[M]):
    """Takes its fields from a model; saving is the command's work, so ``save`` is never called."""


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
