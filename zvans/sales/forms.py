"""Forms about deals and about the owner's way of selling."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvans.core import organisation, phones, times
from zvans.core.dates import day
from zvans.core.forms import DateTimeInput, Form, MoneyField
from zvans.core.kept_lists import EntryForm
from zvans.people.access import sees_contacts, usable_sources, visible_clients
from zvans.people.models import Client, ContactPoint, FamilyTie, Source
from zvans.sales import queries
from zvans.sales.access import possible_managers
from zvans.sales.models import Answer, Deal, RefusalReason, Stage
from zvans.schedule.access import groups_to_join, usable_programs
from zvans.schedule.models import Group
from zvans.schedule.queries import today
from zvans.team.access import visible_branches
from zvans.team.models import Branch, User

NEW = "new"
_WHEN = (
    ("hour", gettext_lazy("In an hour")),
    ("evening", gettext_lazy("This evening")),
    ("tomorrow", gettext_lazy("Tomorrow morning")),
    ("week", gettext_lazy("In a week")),
    ("date", gettext_lazy("On a date…")),
)


class WhenForm(Form):
    """When: one of the usual moments, or a date and time. Cleaned to ``at``, a moment."""

    when = forms.ChoiceField(
        label=gettext_lazy("When"), choices=_WHEN, widget=forms.RadioSelect, initial="tomorrow", required=False
    )
    date = forms.DateTimeField(label=gettext_lazy("Date and time"), required=False, widget=DateTimeInput)

    when_layout = Div(Field("when", template="sales/pills.html"), Div("date", css_class="when-date"), css_class="when")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        when, at = data.pop("when", ""), data.pop("date", None)
        if when in dict(_WHEN) and when != "date":
            data["at"] = times.later(when, timezone.now(), timezone.get_current_timezone())
        elif "date" in self.errors:
            return data
        elif at is None:
            self.add_error("date", _("Choose the day and the time."))
        else:
            data["at"] = at
        return data


class LaterForm(WhenForm):
    """“Busy, call me later”, on a date."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(self.when_layout)


class StepForm(WhenForm):
    """The next step: what, how and when. ``step`` is what it was cleaned to, as commands take it."""

    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200)
    next_step_kind = forms.ChoiceField(
        label=gettext_lazy("How"), choices=Deal.Step.choices, widget=forms.RadioSelect, initial=Deal.Step.CALL
    )

    step_layout = Layout("next_step", Field("next_step_kind", template="sales/pills.html"), WhenForm.when_layout)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_step"].widget.attrs |= {"placeholder": _("Call and ask what they decided")}
        self.helper.layout = Layout(self.step_layout)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        at = data.pop("at", None)
        return data if at is None else data | {"next_step_at": at}


class WantedField(forms.ChoiceField):
    """A program or a group in one list. Cleaned to ``{"program": …, "group": …}``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Select(attrs={"data-select": ""}), required=False, **kwargs)
        self.found: dict[str, dict[str, Any]] = {}

    def offer(self, user: User, deal: Deal | None = None) -> None:
        """Fill the list with what the user may offer, and with what the deal holds already."""
        groups = list(groups_to_join(user).open().not_ended(today()).select_related("program"))
        programs = list(usable_programs(user))
        if deal and deal.group and deal.group not in groups:
            groups.append(deal.group)
        if deal and deal.program and deal.program not in programs:
            programs.append(deal.program)
        self.found = {f"p{program.pk}": {"program": program, "group": None} for program in programs}
        self.found |= {f"g{group.pk}": {"program": group.program, "group": group} for group in groups}
        self.choices = [
            ("", _("Not decided yet")),
            (_("Programs"), [(f"p{program.pk}", program.name) for program in programs]),
            (_("Groups"), [(f"g{group.pk}", describe(group)) for group in groups]),
        ]

    def clean(self, value: Any) -> dict[str, Any]:
        chosen = super().clean(value)
        return self.found.get(chosen, {"program": None, "group": None})

    @staticmethod
    def value_of(deal: Deal) -> str:
        return f"g{deal.group_id}" if deal.group_id else f"p{deal.program_id}" if deal.program_id else ""


def describe(group: Group) -> str:
    """A group in a list: its name, first day and free places."""
    free = _("%(free)s free") % {"free": group.free} if group.free > 0 else _("full")
    return f"{group.name} · {day(group.starts_on)} · {free}"


class DealAddForm(StepForm):
    """A new deal, for a client of the base or for whoever is calling just now."""

    client = forms.CharField(label=gettext_lazy("Who asks"), max_length=160)
    phone = forms.CharField(
        label=gettext_lazy("Phone, of someone new"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    wanted = WantedField(label=gettext_lazy("What they want"))
    wish = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Level, days and hours that suit, anything they asked for."),
    )
    price = MoneyField(
        label=gettext_lazy("Agreed price"), required=False, help_text=gettext_lazy("That of the group when empty.")
    )
    source = forms.ModelChoiceField(
        Source.objects.none(), label=gettext_lazy("Source"), required=False, empty_label=gettext_lazy("Not known")
    )
    manager = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Manager"))

    field_order = ("client", "phone", "wanted", "wish", "next_step", "next_step_kind", "when", "date")

    def __init__(self, *args: Any, user: User, client: Client | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.known = user, client
        self.fields["wanted"].offer(user)  # type: ignore[attr-defined]
        self.fields["source"].queryset = usable_sources()  # type: ignore[attr-defined]
        self.fields["manager"].queryset = managers = possible_managers(user)  # type: ignore[attr-defined]
        self.initial.setdefault("manager", user.pk if managers.contains(user) else None)
        self.initial.setdefault("next_step", _("Call back"))
        person: list[Any] = ["client", "phone"]
        if client:
            del self.fields["client"], self.fields["phone"]
            person = []
            self.initial.setdefault("source", client.source_id)
        else:
            self._choose_client()
        more = Div("price", "source", "manager", css_class="two-columns")
        self.helper.layout = Layout(Div(*person, css_class="two-columns"), "wanted", "wish", self.step_layout, more)

    def _choose_client(self) -> None:
        """Whom the user typed before, so that nothing is lost when the form comes back."""
        typed = self["client"].value() or ""
        held = visible_clients(self.user).filter(pk=typed).first() if str(typed).isdecimal() else None
        self.fields["client"].widget = forms.Select(
            choices=[("", ""), (typed, held.name if held else typed)] if typed else [("", "")],
            attrs={
                "data-select": "",
                "data-create": "",
                "data-url": reverse("client_choices"),
                "placeholder": _("Name: from the base, or a new one"),
            },
        )

    def clean_client(self) -> Client | str:
        typed: str = self.cleaned_data["client"].strip()
        if typed.isdecimal():
            held = visible_clients(self.user).active().filter(pk=typed).first()
            if held is None:
                raise forms.ValidationError(_("Choose someone from the list, or write a name."))
            return held
        return typed

    def clean_phone(self) -> str:
        """A number that is in the base already belongs to someone whom the user had better choose."""
        typed: str = self.cleaned_data["phone"].strip()
        if not typed or isinstance(self.cleaned_data.get("client"), Client) or not sees_contacts(self.user):
            return typed
        number = phones.parse(typed, organisation.current().country)
        points = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, value=number or typed)
        owner = visible_clients(self.user).active().filter(contacts__in=points).first()
        if owner:
            raise forms.ValidationError(
                _("This is the number of %(name)s. Choose them above."), params={"name": owner.name}
            )
        return typed


class DealChangeForm(Form):
    wanted = WantedField(label=gettext_lazy("What they want"))
    wish = forms.CharField(label=gettext_lazy("In their words"), max_length=300, required=False)
    student = forms.ModelChoiceField(
        Client.objects.none(), label=gettext_lazy("Who will study"), required=False, empty_label=None
    )
    price = MoneyField(label=gettext_lazy("Agreed price"), required=False)
    source = forms.ModelChoiceField(
        Source.objects.none(), label=gettext_lazy("Source"), required=False, empty_label=gettext_lazy("Not known")
    )
    manager = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Manager"), required=False, empty_label=gettext_lazy("Nobody yet")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=gettext_lazy("Branch"), required=False, empty_label=gettext_lazy("Every branch")
    )

    def __init__(self, *args: Any, user: User, deal: Deal, **kwargs: Any) -> None:
        held = {name: getattr(deal, f"{name}_id") for name in ("student", "source", "manager", "branch")}
        held |= {"wish": deal.wish, "price": deal.price, "wanted": WantedField.value_of(deal)}
        super().__init__(*args, initial=held, **kwargs)
        self.fields["wanted"].offer(user, deal)  # type: ignore[attr-defined]
        offered = {
            "student": Client.objects.filter(pk__in=[one.pk for one in (*queries.family(deal.client), deal.learner)]),
            "source": usable_sources() | Source.objects.filter(pk=deal.source_id or 0),
            "manager": User.objects.filter(
                pk__in=[*possible_managers(user).values_list("pk", flat=True), deal.manager_id]
            ),
            "branch": visible_branches(user) | Branch.objects.filter(pk=deal.branch_id or 0),
        }
        for name, queryset in offered.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["student"].empty_label = str(deal.client)  # type: ignore[attr-defined]
        facts = Div("student", "price", "source", "manager", "branch", css_class="two-columns")
        self.helper.layout = Layout("wanted", "wish", facts)


class WinForm(Form):
    """Who gets the place, in which group, for how much."""

    student = forms.ChoiceField(label=gettext_lazy("Who will study"))
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=120, required=False)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=120, required=False)
    relation = forms.ChoiceField(
        label=gettext_lazy("Who pays is their"), choices=FamilyTie.Kind.choices, required=False
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Group"),
        required=False,
        empty_label=gettext_lazy("No group for now"),
        widget=forms.Select(attrs={"data-select": ""}),
    )
    price = MoneyField(label=gettext_lazy("Agreed price"), required=False)
    discount = MoneyField(label=gettext_lazy("Discount"), required=False)
    discount_reason = forms.CharField(label=gettext_lazy("Why the discount"), max_length=120, required=False)
    wait_if_full = forms.BooleanField(
        label=gettext_lazy("If the group is full, put them on the waiting list"), required=False
    )

    def __init__(self, *args: Any, user: User, deal: Deal, **kwargs: Any) -> None:
        price = deal.price if deal.price is not None else deal.list_price
        initial = {
            "student": deal.learner.pk,
            "group": deal.group_id,
            "price": price,
            "family_name": deal.client.family_name,
        }
        super().__init__(*args, initial=initial, **kwargs)
        people = {one.pk: one for one in (deal.client, deal.learner, *queries.family(deal.client))}
        self.people = {str(pk): one for pk, one in people.items()}
        self.fields["student"].choices = [  # type: ignore[attr-defined]
            *((pk, one.name) for pk, one in self.people.items()),
            (NEW, _("Someone new…")),
        ]
        joinable = Q(pk__in=groups_to_join(user).values("pk")) | Q(pk=deal.group_id)
        groups = Group.objects.open().not_ended(today()).filter(joinable).select_related("program")
        elsewhere = Case(When(program=deal.program_id, then=0), default=1)
        groups = groups.order_by(elsewhere, "starts_on", "program__sort_name", "pk")
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["group"].label_from_instance = describe  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "student",
            Div("given_name", "family_name", "relation", css_class="two-columns someone-new"),
            "group",
            Div("price", "discount", "discount_reason", css_class="two-columns"),
            "wait_if_full",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("student") == NEW and not data.get("given_name", "").strip():
            self.add_error("given_name", _("Write the name of who will study."))
        return data


class RefuseForm(Form):
    reason = forms.ModelChoiceField(
        RefusalReason.objects.none(), label=gettext_lazy("Why"), widget=forms.RadioSelect, empty_label=None
    )
    note = forms.CharField(
        label=gettext_lazy("What they said"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = RefusalReason.objects.active()  # type: ignore[attr-defined]
        self.helper.layout = Layout(Field("reason", template="sales/pills.html"), "note")


class StageForm(EntryForm[Stage]):
    to_do = forms.CharField(
        label=gettext_lazy("What to do"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One thing, in a line."),
    )
    within_hours = forms.IntegerField(
        label=gettext_lazy("Within how many hours"), min_value=1, max_value=2000, initial=24
    )
    to_say = forms.CharField(
        label=gettext_lazy("What to say"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The words that work best; whoever calls has them before their eyes."),
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer it stands for"),
        required=False,
        choices=[("", gettext_lazy("None")), *Answer.choices[1:]],
        help_text=gettext_lazy("A deal with this answer comes to this stage by itself."),
    )

    class Meta:
        model = Stage
        fields = ("name", "to_do", "within_hours", "to_say", "answer")


class StageArchiveForm(Form):
    """Where the open deals of a stage go."""

    move_to = forms.ModelChoiceField(Stage.objects.none(), label=gettext_lazy("Its open deals go to"), empty_label=None)

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Stage.objects.active().filter(pipeline=stage.pipeline).exclude(pk=stage.pk)
        self.fields["move_to"].queryset = others  # type: ignore[attr-defined]
