"""By what boards and lists of deals are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core.forms import DateInput
from zvans.core.times import day_bounds
from zvans.sales import queries
from zvans.sales.models import Deal, DealQuerySet
from zvans.team.models import User

_MINE, _NOBODYS = "me", "none"


class BoardFilter(filters.FilterSet):
    """Of the board: only open deals, by what they are."""

    manager = filters.ChoiceFilter(label=_("Manager"), empty_label=_("Every manager"), method="of_manager")
    branch = filters.ChoiceFilter(label=_("Branch"), empty_label=_("Every branch"), field_name="branch_id")
    program = filters.ChoiceFilter(label=_("Program"), empty_label=_("Every program"), field_name="program_id")
    source = filters.ChoiceFilter(label=_("Source"), empty_label=_("Every source"), field_name="source_id")

    # Those that stand behind a button.
    MORE: tuple[str, ...] = ()

    class Meta:
        model = Deal
        fields: list[str] = []

    def __init__(self, data: Any, *, user: User, queryset: DealQuerySet) -> None:
        super().__init__(data, queryset)
        self.user = user
        offered = queries.choices(user)
        for name in ("branch", "program", "source", "stage", "reason"):
            if name in self.filters:
                self.filters[name].extra["choices"] = offered[name]
        others = [pair for pair in offered["manager"] if pair[0] != user.pk]
        self.filters["manager"].extra["choices"] = [(_MINE, _("Mine")), (_NOBODYS, _("Nobody’s")), *others]

    @property
    def deals(self) -> DealQuerySet:
        """What is left; a value that is not offered leaves nothing out."""
        found: DealQuerySet = self.qs
        return found

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in self.form.fields if self.data.get(name))

    def of_manager(self, deals: DealQuerySet, _name: str, value: str) -> DealQuerySet:
        if value == _NOBODYS:
            return deals.filter(manager=None)
        return deals.filter(manager=self.user.pk if value == _MINE else int(value))


class DealFilter(BoardFilter):
    """Of the list: every deal that is not put away, unless those are asked for."""

    where = filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("Open and closed"),
        method="in_state",
        choices=[
            ("open", pgettext_lazy("deal", "Open")),
            ("unanswered", _("Unanswered")),
            ("thinking", _("Thinking")),
            ("confirmed", _("Confirmed")),
            ("won", _("Won")),
            ("lost", _("Refused")),
            ("archived", _("Archived")),
        ],
    )
    stage = filters.ChoiceFilter(label=_("Stage"), empty_label=_("Every stage"), field_name="stage_id")
    step = filters.ChoiceFilter(
        label=_("Next step"),
        empty_label=_("Any next step"),
        method="with_step",
        choices=[("overdue", _("Overdue")), ("today", _("Due today")), ("later", _("Later"))],
    )
    reason = filters.ChoiceFilter(
        label=_("Reason of refusal"), empty_label=_("Any reason"), field_name="refusal_reason_id"
    )
    since = filters.DateFilter(label=_("Asked from"), method="opened_since", widget=DateInput)
    until = filters.DateFilter(label=_("Asked until"), method="opened_until", widget=DateInput)

    MORE = ("branch", "source", "reason", "since", "until")
    ORDER = ("where", "stage", "step", "manager", "program", *MORE)

    def __init__(self, data: Any, *, user: User, queryset: DealQuerySet) -> None:
        super().__init__(data, user=user, queryset=queryset)
        for name in self.ORDER:
            self.filters.move_to_end(name)

    @property
    def more_active(self) -> bool:
        return any(self.data.get(name) for name in self.MORE)

    @property
    def figure(self) -> queries.Figure | None:
        """The figure of the funnel whose deals are listed."""
        return queries.FIGURES.get(self.data.get("figure", ""))

    def filter_queryset(self, queryset: DealQuerySet) -> DealQuerySet:
        deals: DealQuerySet = super().filter_queryset(queryset)
        if self.data.get("where") != "archived":
            deals = deals.active()
        return queries.asked_here(deals).filter(self.figure.condition) if self.figure else deals

    def in_state(self, deals: DealQuerySet, _name: str, value: str) -> DealQuerySet:
        if value == "archived":
            return deals.archived()
        if value == "unanswered":
            return queries.unanswered(deals)
        if value in ("thinking", "confirmed"):
            return deals.filter(state=Deal.State.OPEN, answer=value)
        return deals.filter(state=value)

    def with_step(self, deals: DealQuerySet, _name: str, value: str) -> DealQuerySet:
        now = timezone.now()
        _start, midnight = day_bounds(timezone.localdate(now), timezone.get_current_timezone())
        due = {
            "overdue": Q(next_step_at__lt=now),
            "today": Q(next_step_at__gte=now, next_step_at__lt=midnight),
            "later": Q(next_step_at__gte=midnight),
        }
        return deals.filter(due[value], state=Deal.State.OPEN)

    def opened_since(self, deals: DealQuerySet, _name: str, value: Any) -> DealQuerySet:
        return deals.filter(created_at__gte=day_bounds(value, timezone.get_current_timezone())[0])

    def opened_until(self, deals: DealQuerySet, _name: str, value: Any) -> DealQuerySet:
        return deals.filter(created_at__lt=day_bounds(value, timezone.get_current_timezone())[1])
