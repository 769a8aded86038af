"""The forms about places in groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zvans.core.dates import day
from zvans.core.forms import Form, MoneyField
from zvans.core.templatetags.zvans import money
from zvans.core.words import word
from zvans.people.access import visible_clients
from zvans.people.commands import Contact
from zvans.people.fields import ClientField
from zvans.people.models import Client, ContactPoint
from zvans.schedule import queries
from zvans.schedule.access import groups_to_join
from zvans.schedule.models import Group, GroupQuerySet
from zvans.team.models import User


class GroupChoiceField(forms.ModelChoiceField[Group]):
    """Groups that go on or are to come, with their first day and free places."""

    def __init__(self, **kwargs: Any) -> None:
        select = forms.Select(attrs={"data-select": True})
        super().__init__(Group.objects.none(), **{"label": _("Group"), "widget": select, **kwargs})

    def label_from_instance(self, group: Any) -> str:
        free = _("%(free)d free") % {"free": group.free} if group.free else _("full")
        return f"{group} · {day(group.starts_on)} · {group.pattern} · {free} · {money(group.price)}"


class EnrolForm(Form):
    """A place for someone who is found, or added in place; in the given group, or of the given student."""

    group = GroupChoiceField(empty_label=_("Choose a group"))
    student = ClientField(label=word("client"), required=False, help_text=_("Part of a name, or digits of the phone."))
    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=254, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"inputmode": "email"})
    )
    price = MoneyField(label=_("Price"), required=False, help_text=_("Empty: the price of the group."))
    discount = MoneyField(label=_("Discount"), required=False)
    discount_reason = forms.CharField(label=_("Why the discount"), max_length=120, required=False)
    payer = ClientField(
        label=_("Who pays"), required=False, help_text=_("Empty: the relative who pays for them, or they themselves.")
    )
    wait_if_full = forms.BooleanField(label=_("If it is full, put them on the waiting list"), required=False)

    def __init__(
        self, data: Any = None, *, user: User, group: Group | None = None, student: Client | None = None
    ) -> None:
        super().__init__(data, initial={"wait_if_full": bool(group and not group.free)})
        self.user, self.of_group, self.of_student = user, group, student
        clients = visible_clients(user).active()
        self.fields["student"].queryset = clients  # type: ignore[attr-defined]
        self.fields["payer"].queryset = clients  # type: ignore[attr-defined]
        self.fields["group"].queryset = joinable(user)  # type: ignore[attr-defined]
        unwanted = {"group"} if group else set()
        unwanted |= {"student", "given_name", "family_name", "phone", "email"} if student else set()
        unwanted |= set() if user.has_perm("money.view_payment") else {"price", "discount", "discount_reason", "payer"}
        for name in unwanted:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        nobody = not (cleaned.get("student") or cleaned.get("given_name") or cleaned.get("family_name"))
        if self.of_student is None and nobody and "student" not in self.errors:
            self.add_error("student", _("Choose who, or write the name of someone new."))
        if cleaned.get("discount") and not cleaned.get("discount_reason"):
            self.add_error("discount_reason", _("Write why."))
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether someone new is being written."""
        return any(self.data.get(name) for name in ("given_name", "family_name", "phone", "email"))

    def new_student(self) -> dict[str, Any] | None:
        """The arguments for ``add_client``, when someone new is to be added."""
        cleaned = self.cleaned_data
        if self.of_student or cleaned["student"]:
            return None
        contacts = [
            Contact(ContactPoint.Kind.PHONE, cleaned["phone"]),
            Contact(ContactPoint.Kind.EMAIL, cleaned["email"]),
        ]
        names = {name: cleaned[name] for name in ("given_name", "family_name")}
        return names | {"contacts": contacts, "manager": self.user}

    def terms(self) -> dict[str, Any]:
        """The arguments for ``enrol`` beside group and student."""
        cleaned = self.cleaned_data
        return {
            "payer": cleaned.get("payer"),
            "price": cleaned.get("price"),
            "discount": cleaned.get("discount") or 0,
            "discount_reason": cleaned.get("discount_reason", ""),
            "wait_if_full": cleaned["wait_if_full"],
            "manager": self.user,
        }


class TransferForm(Form):
    group = GroupChoiceField(label=_("To which group"), empty_label=_("Choose a group"))

    def __init__(self, data: Any = None, *, user: User, group: Group) -> None:
        super().__init__(data)
        self.fields["group"].queryset = joinable(user).exclude(pk=group.pk)  # type: ignore[attr-defined]


def joinable(user: User) -> GroupQuerySet:
    """The groups that have not ended, the nearest first."""
    return groups_to_join(user).not_ended(queries.today()).prefetch_related("weekly_times")
