"""The form of a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvans.core import money, organisation
from zvans.core.forms import DateInput, Form, MoneyField
from zvans.core.words import word
from zvans.schedule.access import usable_programs, usable_teachers, visible_rooms
from zvans.schedule.forms.programs import at_least, offer_branches
from zvans.schedule.forms.times import TimesField, pattern_of
from zvans.schedule.models import Group, Program, Room
from zvans.team.models import Branch, User

_AS_PROGRAM = _("Empty: as in the program.")


class ProgramSelect(forms.Select):
    """Each option carries what the program fills in when it is chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        program = getattr(value, "instance", None)
        if isinstance(program, Program):
            price = "" if program.price is None else money.to_decimal(program.price, organisation.current().currency)
            option["attrs"] |= {
                "data-price": f"{price:f}" if price != "" else "",
                "data-lesson_count": program.lesson_count,
                "data-capacity": program.capacity,
                "data-minutes": program.lesson_minutes,
            }
        return option


class RoomChoiceField(forms.ModelChoiceField[Room]):
    def label_from_instance(self, room: Any) -> str:
        return f"{room.branch}: {room}"


class BaseGroupForm(Form):
    """What one group and many groups opened at once have in common."""

    program = forms.ModelChoiceField(
        Program.objects.none(),
        label=_("Program"),
        widget=ProgramSelect(attrs={"data-fill": True, "autofocus": True}),
        empty_label=_("Choose a program"),
    )
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"))
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    price = MoneyField(label=_("Price"), required=False, help_text=_AS_PROGRAM)
    lesson_count = forms.IntegerField(label=_("Number of lessons"), required=False, help_text=_AS_PROGRAM)
    capacity = forms.IntegerField(label=_("Places"), required=False, help_text=_AS_PROGRAM)
    link = forms.URLField(
        label=_("Link to the online lesson"),
        required=False,
        assume_scheme="https",
        help_text=_("When it meets online."),
    )
    is_public = forms.BooleanField(label=_("Shown on the website"), required=False, initial=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = usable_programs(user)  # type: ignore[attr-defined]
        offer_branches(self, user)
        at_least(self.fields["capacity"], 1)
        at_least(self.fields["lesson_count"], 1)
        self.teachers = usable_teachers(user)
        self.rooms = visible_rooms(user).filter(archived_at=None)

    def teacher_field(self) -> forms.ModelChoiceField[User]:
        return forms.ModelChoiceField(
            self.teachers, label=word("teacher"), required=False, empty_label=_("Not known yet")
        )

    def room_field(self) -> forms.ModelChoiceField[Room]:
        return RoomChoiceField(self.rooms, label=_("Room"), required=False, empty_label=_("No room"))

    def common_values(self) -> dict[str, Any]:
        names = ("program", "branch", "starts_on", "price", "lesson_count", "capacity", "link", "is_public")
        return {name: self.cleaned_data[name] for name in names}


class GroupForm(BaseGroupForm):
    """A group: opened, or changed when ``group`` is given."""

    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Empty: the program and the first day.")
    )
    times = TimesField()
    sign_up_from = forms.DateField(
        label=_("Sign-up from"), widget=DateInput(), required=False, help_text=_("Empty: at once.")
    )
    sign_up_until = forms.DateField(
        label=_("Sign-up until"), widget=DateInput(), required=False, help_text=_("Empty: the first day.")
    )

    def __init__(self, data: Any = None, *, user: User, group: Group | None = None, initial: Any = None) -> None:
        super().__init__(data, user=user, initial=_initial(group) if group else initial)
        self.group = group
        if group:
            self._keep(group)
        self.fields["teacher"] = self.teacher_field()
        self.fields["room"] = self.room_field()

    def _keep(self, group: Group) -> None:
        """What the group has stays to be chosen, archived or not; and nothing is taken from the program any more."""
        self.fields["program"].queryset = Program.objects.filter(pk=group.program_id)  # type: ignore[attr-defined]
        self.fields["program"].disabled = True
        self.fields["branch"].queryset |= Branch.objects.filter(pk=group.branch_id)  # type: ignore[attr-defined]
        held = User.objects.filter(Q(pk__in=self.teachers.values("pk")) | Q(taught_groups=group))
        self.teachers = held.distinct()
        self.rooms |= Room.objects.filter(pk=group.room_id or 0).select_related("branch")
        for name in ("price", "lesson_count", "capacity", "name"):
            self.fields[name].required = True
            self.fields[name].help_text = ""

    def values(self) -> dict[str, Any]:
        """The arguments for ``open_group`` and ``change_group``."""
        cleaned = self.cleaned_data
        own = {name: cleaned[name] for name in ("name", "teacher", "room", "sign_up_from", "sign_up_until")}
        times = pattern_of(cleaned["times"], cleaned["program"].lesson_minutes)
        return self.common_values() | own | {"times": times}


class CancelForm(Form):
    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))


def _initial(group: Group) -> dict[str, Any]:
    names = "program name branch teacher room link starts_on price lesson_count capacity sign_up_from sign_up_until is_public"
    return {name: getattr(group, name) for name in names.split()} | {"times": list(group.weekly_times.all())}
