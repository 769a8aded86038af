"""The lists about teaching that the school keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zvans.core.kept_lists import KeptList
from zvans.schedule.access import visible_rooms
from zvans.schedule.commands import archive_room
from zvans.schedule.forms import RoomForm
from zvans.schedule.models import Room

ROOMS: KeptList[Room] = KeptList(
    "room",
    Room,
    capability="schedule.change_group",
    title=_("Rooms"),
    lead=_("Name the rooms in which you teach, and it is seen which of them is taken when."),
    new=_("New room"),
    icon="door",
    order=40,
    scope=visible_rooms,
    form=RoomForm,
    row="schedule/room_row.html",
    group_by="branch",
    archiving=archive_room,
)
