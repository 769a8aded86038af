"""How a list is declared, and what it registers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db.models import QuerySet
from django.forms.models import modelform_factory
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvans.core import journal, shell
from zvans.core.actors import Actor
from zvans.core.journal import EventKind
from zvans.core.kept_lists import commands
from zvans.core.kept_lists.forms import EntryForm
from zvans.core.models import Archivable, Ordered
from zvans.core.shell import NavigationItem

if TYPE_CHECKING:
    from zvans.team.models import User

E = TypeVar("E", bound=Archivable)


@dataclass(frozen=True)
class KeptList(Generic[E]):
    """A list that is kept.

    Args:
        noun: begins its URL names: ``tag_list``, ``tag_add``, ``tag_change``, ``tag_up``, ``tag_archive``…
        model: an ``Ordered`` one can be moved up.
        capability: who keeps it.
        new: on the button, and above the form, that adds an entry.
        slug: of its addresses, ``settings/<slug>/``; the noun with an "s" when empty.
        lead: what it is for, under the title and where it is still empty.
        order: its place among the settings.
        scope: the entries that a user may see; all of them when it is not given.
        fields: what the form asks, when it has no ``form`` of its own.
        row: the template of what stands in an entry's line; it is given ``entry`` and ``change``, an address.
        group_by: the field under whose values the entries stand; the model's ordering begins with it.
        order_within: the field among whose sharers an entry is moved up (the stages of one pipeline).
        page: the address where an entry stands, when it is not the list.
        asks: whether archiving an entry first asks, in a form at its own ``…_archive`` view.
        change_at: the end of the address of its form.
        archiving: a command of its own, when there is a law to look to.
    """

    noun: str
    model: type[E]
    capability: str
    title: str | Promise
    new: str | Promise
    icon: str
    slug: str = ""
    lead: str | Promise = ""
    order: int = 0
    scope: Callable[[User], QuerySet[E]] | None = None
    fields: Collection[str] = ("name",)
    form: type[EntryForm[E]] | None = None
    row: str = "core/kept_lists/row.html"
    group_by: str = ""
    order_within: str = ""
    page: Callable[[E], str] | None = None
    asks: Callable[[E], bool] = lambda _entry: False
    change_at: str = "change/"
    archiving: Callable[[Actor, E], None] = commands.archive_entry

    @property
    def root(self) -> str:
        return f"settings/{self.slug or self.noun + 's'}/"

    @property
    def is_ordered(self) -> bool:
        return issubclass(self.model, Ordered)

    def url(self, verb: str, *arguments: Any) -> str:
        return reverse(f"{self.noun}_{verb}", args=arguments)

    def page_of(self, entry: E) -> str:
        return self.page(entry) if self.page else self.url("list")

    def entries(self, user: User) -> QuerySet[E]:
        return self.scope(user) if self.scope else self.model._default_manager.all()

    def form_for(self, user: User, data: Any, entry: E | None = None) -> EntryForm[E]:
        """The form, empty or filled in; it changes a copy, so that the command sees what was before."""
        made = self.form or modelform_factory(self.model, form=EntryForm, fields=list(self.fields))
        form = cast("type[EntryForm[E]]", made)
        return form(data, instance=copy(entry), user=user)

    def put_before(self, by: Actor, entry: E) -> None:
        among: QuerySet[Any] = self.model._default_manager.all()
        if self.order_within:
            among = among.filter(**{self.order_within: getattr(entry, self.order_within)})
        commands.put_entry_before(by, entry, among)


def register(kept: KeptList[Any], *, in_settings: bool = True) -> None:
    """Give the list its kinds of event and, when it is a page of its own, its place among the settings."""
    for happened, sentence in (
        ("added", _("Added: {about}")),
        ("changed", _("Changed: {about}")),
        ("archived", _("Archived: {about}")),
        ("restored", _("Brought back: {about}")),
    ):
        journal.kinds.add(EventKind(f"{kept.model._meta.label_lower}_{happened}", sentence, icon=kept.icon))
    if in_settings:
        shell.settings_pages.add(
            NavigationItem(
                f"{kept.noun}_list",
                kept.title,
                icon=kept.icon,
                capability=kept.capability,
                section=kept.noun,
                order=kept.order,
            )
        )
