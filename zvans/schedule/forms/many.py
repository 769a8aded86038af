"""Several groups opened in one step: the same again and again, and variants side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from zvans.core.forms import DateInput
from zvans.schedule.commands import NewGroup
from zvans.schedule.forms.groups import BaseGroupForm
from zvans.schedule.forms.times import TimesField, pattern_of
from zvans.team.models import User

VARIANTS = 4
MOST = 60


class ManyForm(BaseGroupForm):
    """Every variant opens a group on each of the first days."""

    repeat = forms.ChoiceField(
        label=_("Repeat"),
        choices=(("", _("Only once")), ("months", _("Every month")), ("weeks", _("Every so many weeks"))),
        required=False,
    )
    every_weeks = forms.IntegerField(label=_("Weeks between"), min_value=1, max_value=52, initial=4, required=False)
    how_many = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=24, required=False, help_text=_("Or write the last day.")
    )
    until = forms.DateField(label=_("Start no later than"), widget=DateInput(), required=False)

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, user=user, initial=initial)
        for number in range(1, VARIANTS + 1):
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Called"), max_length=40, required=False, help_text=_("Morning, evening… Stands in the name.")
            )
            self.fields[f"times_{number}"] = TimesField()
            self.fields[f"teacher_{number}"] = self.teacher_field()
            self.fields[f"room_{number}"] = self.room_field()

    @property
    def variants(self) -> list[dict[str, Any]]:
        """The fields of each variant, for the template; ``is_used`` tells those that have something in them."""
        return [
            {
                **{name: self[f"{name}_{number}"] for name in ("label", "times", "teacher", "room")},
                "number": number,
                "is_used": number == 1 or bool(self[f"times_{number}"].value() or self[f"label_{number}"].value()),
            }
            for number in range(1, VARIANTS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("repeat") and not (cleaned.get("how_many") or cleaned.get("until")):
            self.add_error("how_many", _("Write how many times, or the last day."))
        if cleaned.get("repeat") == "weeks" and not cleaned.get("every_weeks"):
            self.add_error("every_weeks", _("Write how many weeks."))
        if not self.errors and not self._used():
            self.add_error("times_1", _("Write at least one day and time."))
        if not self.errors and len(self.first_days()) * len(self._used()) > MOST:
            self.add_error(None, _("That is more than %(most)d groups at once.") % {"most": MOST})
        return cleaned

    def first_days(self) -> list[date]:
        return list(self._first_days())

    def new_groups(self) -> list[NewGroup]:
        """The groups that would be opened, in the order of their first days."""
        return [self._new(number, day) for day in self.first_days() for number in self._used()]

    def _first_days(self) -> Iterator[date]:
        chosen = self.cleaned_data
        step = {
            "months": relativedelta(months=1),
            "weeks": relativedelta(weeks=chosen.get("every_weeks") or 1),
        }.get(chosen.get("repeat") or "")
        times = chosen.get("how_many") or (1 if step is None else MOST + 1)
        last = chosen.get("until") or chosen["starts_on"] + timedelta(days=3700)
        for count in range(times if step else 1):
            day: date = chosen["starts_on"] + (step * count if step else timedelta())
            if day > last:
                return
            yield day

    def _used(self) -> list[int]:
        return [number for number in range(1, VARIANTS + 1) if self.cleaned_data.get(f"times_{number}")]

    def _new(self, number: int, day: date) -> NewGroup:
        chosen = self.cleaned_data
        program = chosen["program"]
        return NewGroup(
            **self.common_values() | {"starts_on": day},
            label=chosen[f"label_{number}"],
            times=pattern_of(chosen[f"times_{number}"], program.lesson_minutes),
            teacher=chosen[f"teacher_{number}"],
            room=chosen[f"room_{number}"],
        )
