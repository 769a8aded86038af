"""The forms about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core import organisation, phones
from zvans.core.forms import DateInput, DateTimeInput, Form, ModelForm
from zvans.core.kept_lists import EntryForm
from zvans.core.times import later
from zvans.people.access import sees_contacts, usable_fields, usable_sources, usable_tags, visible_clients
from zvans.people.commands import CHILD, EMPLOYEE, Contact
from zvans.people.fields import ClientField, TagsField, own_field, own_value
from zvans.people.models import Client, ContactPoint, FamilyTie, OwnField, Task
from zvans.team.access import colleagues, visible_branches
from zvans.team.models import User


class _ClientForm(ModelForm[Client]):
    """What the forms of adding and changing have in common."""

    tags = TagsField()

    class Meta:
        model = Client
        fields = (
            "kind",
            "given_name",
            "family_name",
            "patronymic",
            "birthday",
            "language",
            "source",
            "manager",
            "branch",
            "preferences",
            "note",
        )
        widgets = {
            "birthday": DateInput(),
            "preferences": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "manager": forms.Select(attrs={"data-select": True}),
            "source": forms.Select(attrs={"data-select": True}),
        }

    def __init__(self, *args: Any, user: User, client: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = client or Client()
        self.fields["given_name"].required = False
        _offer(self, "source", usable_sources(), held.source_id)
        _offer(self, "manager", colleagues(user), held.manager_id)
        _offer(self, "branch", visible_branches(user), held.branch_id)
        _choices(self, "tags", [(tag.name, tag.name) for tag in usable_tags()])
        self.own_fields = {f"own_{field.pk}": field for field in usable_fields()}
        for name, field in self.own_fields.items():
            self.fields[name] = own_field(field, held.own.get(field.key))

    @property
    def own_bound(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own_fields]

    def values(self) -> dict[str, Any]:
        """The arguments for ``add_client`` and ``change_client``."""
        cleaned = self.cleaned_data
        own = {field.key: own_value(cleaned[name]) for name, field in self.own_fields.items()}
        return {name: cleaned[name] for name in self._meta.fields or ()} | {"tags": cleaned["tags"], "own": own}


def _offer(form: Form | ModelForm[Any], name: str, rows: QuerySet[Any], held: int | None = None) -> None:
    """Let the field choose among the rows, and what it holds now although the reader could not choose that."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    chosen = Q(pk=held) if held else Q(pk__in=[])
    field.queryset = rows.model._default_manager.filter(Q(pk__in=rows.order_by().values("pk")) | chosen)


def _choices(form: Form | ModelForm[Any], name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class AddClientForm(_ClientForm):
    """Name, phone, when to call, Enter; the rest is unfolded."""

    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=254, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.TextInput(attrs={"inputmode": "email"})
    )
    call_at = forms.DateTimeField(
        label=_("Call them"), required=False, widget=DateTimeInput(), help_text=_("Becomes a task for the manager.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        branches = list(visible_branches(user)[:2])
        mine = branches[0] if len(branches) == 1 else None
        kwargs["initial"] = {"manager": user, "branch": mine, **kwargs.get("initial", {})}
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.fields["given_name"].widget.attrs["autofocus"] = True

    @property
    def is_unfolded(self) -> bool:
        """Whether something that is folded away needs a look."""
        return bool(set(self.errors) - {"given_name", "family_name", "phone", "call_at", "__all__"})

    def contacts(self) -> list[Contact]:
        return [
            Contact(ContactPoint.Kind.PHONE, self.cleaned_data["phone"]),
            Contact(ContactPoint.Kind.EMAIL, self.cleaned_data["email"]),
        ]


class ContactForm(Form):
    """One row of a client's contacts; an empty row is no contact."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactPoint.Kind.choices, required=False)
    value = forms.CharField(label=_("Number or address"), max_length=254, required=False)
    label = forms.CharField(label=_("Label"), max_length=40, required=False)
    whose = forms.CharField(label=_("Whose"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            style = "form-select" if name == "kind" else "form-control"
            field.widget.attrs |= {"class": style, "aria-label": field.label}
        self.fields["label"].widget.attrs["placeholder"] = _("mobile…")
        self.fields["whose"].widget.attrs["placeholder"] = _("husband’s…")

    def contact(self) -> Contact:
        cleaned = self.cleaned_data
        kind = ContactPoint.Kind(cleaned["kind"] or ContactPoint.Kind.PHONE)
        return Contact(kind, cleaned["value"], cleaned["label"], cleaned["whose"])


_ContactRows = forms.formset_factory(ContactForm, extra=3, max_num=40, absolute_max=60)


class ChangeClientForm(_ClientForm):
    """All that a card holds. Contacts are rows of their own, for those who may see them."""

    wants_messages = forms.BooleanField(label=_("Agrees to receive messages"), required=False)
    data_consent = forms.BooleanField(label=_("Agreed to the keeping of their data"), required=False)

    def __init__(self, data: Any = None, *, user: User, client: Client) -> None:
        initial = model_to_dict(client, fields=[*_ClientForm.Meta.fields, "wants_messages"]) | {
            "tags": [tag.name for tag in client.tags.all()],
            "data_consent": client.data_consent_at is not None,
        }
        super().__init__(data, user=user, client=client, initial=initial)
        self.client = client
        self.rows = (
            _ContactRows(data, initial=_contact_rows(client), prefix="contacts") if sees_contacts(user) else None
        )

    def is_valid(self) -> bool:
        rows_are_valid = self.rows is None or self.rows.is_valid()
        return super().is_valid() and rows_are_valid

    def values(self) -> dict[str, Any]:
        agreed = self.cleaned_data["data_consent"]
        values = super().values() | {
            "wants_messages": self.cleaned_data["wants_messages"],
            "data_consent_at": (self.client.data_consent_at or timezone.now()) if agreed else None,
        }
        if self.rows is not None:
            values["contacts"] = [row.contact() for row in self.rows if row.cleaned_data.get("value")]
        return values


def _contact_rows(client: Client) -> list[dict[str, str]]:
    country = organisation.current().country
    return [
        {
            "kind": point.kind,
            "value": phones.display(point.value, country) if point.is_phone else point.value,
            "label": point.label,
            "whose": point.whose,
        }
        for point in client.contacts.all()
    ]


class FamilyForm(Form):
    """Someone of the family: found by typing, or added in place."""

    relation = forms.ChoiceField(label=_("They are"))
    relative = ClientField(label=_("Find them"), required=False, help_text=_("Part of a name, or digits of the phone."))
    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=254, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    payer = forms.ChoiceField(label=_("Who pays"), required=False)

    def __init__(self, *args: Any, user: User, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "relative", visible_clients(user).exclude(pk=client.pk))
        _choices(
            self,
            "relation",
            [
                (FamilyTie.Kind.PARENT, pgettext_lazy("family", "Parent")),
                (CHILD, pgettext_lazy("family", "Child")),
                (FamilyTie.Kind.PARTNER, pgettext_lazy("family", "Husband, wife, partner")),
                (FamilyTie.Kind.SIBLING, pgettext_lazy("family", "Brother or sister")),
                (FamilyTie.Kind.RELATIVE, pgettext_lazy("family", "Relative or friend")),
                (FamilyTie.Kind.EMPLOYER, pgettext_lazy("family", "Employer")),
                (EMPLOYEE, pgettext_lazy("family", "Employee")),
            ],
        )
        _choices(
            self,
            "payer",
            [
                ("", _("Each for themselves")),
                ("relative", _("They pay for %(client)s") % {"client": client.given_name or client.name}),
                ("client", _("%(client)s pays for them") % {"client": client.given_name or client.name}),
            ],
        )

    def values(self) -> dict[str, Any]:
        """The arguments for ``add_relative``."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in ("relation", "payer", "relative")}
        if cleaned["relative"] is None:
            values |= {"given_name": cleaned["given_name"], "family_name": cleaned["family_name"]}
            values["contacts"] = [Contact(ContactPoint.Kind.PHONE, cleaned["phone"])]
        return values


class TaskForm(Form):
    title = forms.CharField(label=_("What to do"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    due_at = forms.DateTimeField(label=_("By when"), widget=DateTimeInput())
    assignee = forms.ModelChoiceField(User.objects.none(), label=_("For whom"), empty_label=None)
    client = ClientField(required=False)
    is_call = forms.BooleanField(label=_("It is a call"), required=False)

    def __init__(self, *args: Any, user: User, task: Task | None = None, client: Client | None = None) -> None:
        evening = later("evening", timezone.now(), organisation.current().tz)
        initial = {"due_at": timezone.localtime(evening), "assignee": user, "client": client}
        if task:
            initial = model_to_dict(task) | {"due_at": timezone.localtime(task.due_at)}
        super().__init__(*args, initial=initial)
        _offer(self, "assignee", colleagues(user), task.assignee_id if task else user.pk)
        _offer(self, "client", visible_clients(user), task.client_id if task else None)


class OwnFieldForm(EntryForm[OwnField]):
    kind = forms.ChoiceField(label=_("What is written in it"), choices=OwnField.Kind.choices)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, when it is one of a list."),
    )

    class Meta:
        model = OwnField
        fields = ("name", "kind", "choices")
        help_texts = {"name": _("For example: level, shoe size, allergies.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choices"] = "\n".join(self.instance.choices)
        self.fields["kind"].disabled = self.instance.pk is not None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("choices", "").splitlines()
        cleaned["choices"] = list(dict.fromkeys(line.strip() for line in typed if line.strip()))
        if cleaned.get("kind") == OwnField.Kind.CHOICE and not cleaned["choices"]:
            self.add_error("choices", _("Write the choices, one a line."))
        return cleaned
