"""The list of clients: its columns, and what it may be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core import search
from zvans.people.access import sees_contacts
from zvans.people.models import Client
from zvans.people.queries import client_options
from zvans.team.models import User


class ClientTable(tables.Table):
    """Its rows are drawn by the template, which on a phone lays each out as two lines."""

    name = tables.Column(verbose_name=pgettext_lazy("person", "Name"), order_by=("sort_name", "pk"))
    phone = tables.Column(verbose_name=_("Phone"), orderable=False)
    tags = tables.Column(verbose_name=_("Tags"), orderable=False)
    manager = tables.Column(verbose_name=_("Manager"), orderable=False)
    branch = tables.Column(verbose_name=_("Branch"), orderable=False)
    source = tables.Column(verbose_name=_("Source"), orderable=False)
    added = tables.Column(verbose_name=_("Added"), order_by=("created_at", "pk"))

    class Meta:
        template_name = "people/client_table.html"
        order_by = ("-added",)


class ClientFilter(filters.FilterSet):
    """Narrows the clients that the user may see."""

    q = filters.CharFilter(method="search", label=_("Find in the list"))
    manager = filters.ChoiceFilter(label=_("Manager"), empty_label=_("All managers"))
    branch = filters.ChoiceFilter(label=_("Branch"), empty_label=_("All branches"))
    tag = filters.ChoiceFilter(label=_("Tag"), field_name="tags", empty_label=_("All tags"))
    source = filters.ChoiceFilter(label=_("Source"), empty_label=_("All sources"))
    archived = filters.ChoiceFilter(
        label=_("Archive"), method="of_archive", choices=(("1", _("Archived")),), empty_label=_("Not archived")
    )

    def __init__(self, data: Any, queryset: QuerySet[Client], *, user: User) -> None:
        super().__init__(data, queryset)
        self.user = user
        options = client_options(user)
        for name in ("manager", "branch", "tag", "source"):
            self.filters[name].extra["choices"] = options[name]

    def filter_queryset(self, queryset: QuerySet[Client]) -> QuerySet[Client]:
        chosen = self.form.cleaned_data
        if not chosen.get("archived"):
            queryset = queryset.filter(archived_at=None)
        return super().filter_queryset(queryset)  # type: ignore[no-any-return]

    def search(self, queryset: QuerySet[Client], _name: str, query: str) -> QuerySet[Client]:
        entries = search.matching(search.kinds["people.client"], query, private=sees_contacts(self.user))
        return queryset.filter(pk__in=entries.values("subject_id"))

    def of_archive(self, queryset: QuerySet[Client], _name: str, _value: str) -> QuerySet[Client]:
        return queryset.exclude(archived_at=None)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The choices worth showing: those with more than one thing to choose from."""
        fields = [self.form[name] for name in ("manager", "branch", "tag", "source")]
        worth = [field for field in fields if len(self.filters[field.name].extra["choices"]) > 1 or field.value()]
        return [*worth, self.form["archived"]]

    @property
    def is_narrowed(self) -> bool:
        return any(self.form.cleaned_data.values()) if self.is_bound and self.form.is_valid() else False
