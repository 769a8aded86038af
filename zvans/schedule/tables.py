"""The list of groups: its columns, and what it may be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from zvans.core import search
from zvans.core.words import word
from zvans.schedule import queries
from zvans.schedule.access import usable_programs, usable_teachers
from zvans.schedule.models import Group, GroupQuerySet
from zvans.team.access import visible_branches
from zvans.team.models import User

_STATES = (
    ("upcoming", _("To come")),
    ("running", _("Going on")),
    ("ended", _("Ended")),
    ("cancelled", _("Cancelled")),
    ("archived", _("Archived")),
)


class GroupTable(tables.Table):
    """Its rows are drawn by the template."""

    name = tables.Column(verbose_name=_("Group"), order_by=("sort_name", "pk"))
    starts_on = tables.Column(verbose_name=_("When"))
    teacher = tables.Column(verbose_name=word("teacher"), order_by="teacher__sort_name")
    branch = tables.Column(verbose_name=_("Branch"), order_by="branch__name")
    taken = tables.Column(verbose_name=_("Places"), orderable=False)

    class Meta:
        template_name = "schedule/group_table.html"
        order_by = ("starts_on",)


class GroupFilter(filters.FilterSet):
    """Narrows the groups that the user may see; those that go on or are to come, unless something else is asked."""

    q = filters.CharFilter(method="search", label=_("Find in the list"))
    program = filters.ModelChoiceFilter(queryset=usable_programs, label=_("Program"), empty_label=_("All programs"))
    branch = filters.ModelChoiceFilter(queryset=visible_branches, label=_("Branch"), empty_label=_("All branches"))
    teacher = filters.ModelChoiceFilter(
        queryset=usable_teachers, label=word("teacher"), empty_label=word("all_teachers")
    )
    state = filters.ChoiceFilter(label=_("State"), method="of_state", choices=_STATES, empty_label=_("Now and to come"))

    def __init__(self, data: Any, queryset: GroupQuerySet, *, user: User) -> None:
        super().__init__(data, queryset)
        self.user = user
        for name, choices in (
            ("program", usable_programs(user)),
            ("branch", visible_branches(user)),
            ("teacher", usable_teachers(user).filter(taught_groups__isnull=False).distinct()),
        ):
            self.filters[name].queryset = choices

    def filter_queryset(self, queryset: GroupQuerySet) -> GroupQuerySet:
        chosen = self.form.cleaned_data
        if chosen.get("state") != "archived":
            queryset = queryset.active()
        if not chosen.get("state") and not chosen.get("q"):
            queryset = queryset.open().not_ended(queries.today())
        return super().filter_queryset(queryset)  # type: ignore[no-any-return]

    def search(self, queryset: GroupQuerySet, _name: str, query: str) -> GroupQuerySet:
        entries = search.matching(search.kinds["schedule.group"], query, private=False)
        return queryset.filter(pk__in=entries.values("subject_id"))

    def of_state(self, queryset: GroupQuerySet, _name: str, state: str) -> GroupQuerySet:
        day = queries.today()
        return {
            "upcoming": lambda: queryset.open().filter(starts_on__gt=day),
            "running": lambda: queryset.open().filter(starts_on__lte=day).not_ended(day),
            "ended": lambda: queryset.open().ended(day),
            "cancelled": lambda: queryset.filter(state=Group.State.CANCELLED),
            "archived": queryset.archived,
        }[state]()

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ("program", "branch", "teacher", "state")]

    @property
    def is_narrowed(self) -> bool:
        return any(self.form.cleaned_data.values()) if self.is_bound and self.form.is_valid() else False
