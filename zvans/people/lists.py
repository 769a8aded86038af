"""The lists about people that the school keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zvans.core.kept_lists import KeptList
from zvans.people.forms import OwnFieldForm
from zvans.people.models import OwnField, Source, Tag

SOURCES: KeptList[Source] = KeptList(
    "source",
    Source,
    capability="people.manage_lists",
    title=_("Sources"),
    lead=_("Where people come from: a site, an advertisement, a friend. Reports count by them."),
    new=_("New source"),
    icon="route",
    order=60,
    change_at="",
)
TAGS: KeptList[Tag] = KeptList(
    "tag",
    Tag,
    capability="people.manage_lists",
    title=_("Tags"),
    lead=_("Short words on a card. A new one is also made by typing it on the card."),
    new=_("New tag"),
    icon="tags",
    order=61,
    change_at="",
)
OWN_FIELDS: KeptList[OwnField] = KeptList(
    "own_field",
    OwnField,
    capability="people.manage_lists",
    title=_("Own fields"),
    lead=_("What else a card should hold: it is asked in the form, shown on the card, and found by."),
    new=_("New field"),
    icon="forms",
    slug="fields",
    order=62,
    form=OwnFieldForm,
    row="people/own_field_row.html",
    change_at="",
)
ALL = (SOURCES, TAGS, OWN_FIELDS)
