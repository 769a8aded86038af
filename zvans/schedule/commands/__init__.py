"""Every write about teaching: programs, rooms, days off, groups and their lessons, places in groups."""

from zvans.schedule.commands.days import add_closure, remove_closure, rest_on_holiday, work_on_holiday
from zvans.schedule.commands.groups import (
    NewGroup,
    archive_group,
    cancel_group,
    change_group,
    open_group,
    open_groups,
    restore_group,
)
from zvans.schedule.commands.line import (
    accept_offer,
    decline_offer,
    give_place,
    lapse_offer,
    move_in_line,
    offer_free_places,
    offer_next,
    set_place_rules,
)
from zvans.schedule.commands.many import Intake, enrol_many, take_back_many
from zvans.schedule.commands.places import (
    answer_coming,
    ask_coming,
    cancel_enrolment,
    enrol,
    enrol_newcomer,
    transfer,
)
from zvans.schedule.commands.programs import (
    add_program,
    archive_program,
    archive_room,
    change_program,
    restore_program,
)

__all__ = [
    "Intake",
    "NewGroup",
    "accept_offer",
    "add_closure",
    "add_program",
    "answer_coming",
    "archive_group",
    "archive_program",
    "archive_room",
    "ask_coming",
    "cancel_enrolment",
    "cancel_group",
    "change_group",
    "change_program",
    "decline_offer",
    "enrol",
    "enrol_many",
    "enrol_newcomer",
    "give_place",
    "lapse_offer",
    "move_in_line",
    "offer_free_places",
    "offer_next",
    "open_group",
    "open_groups",
    "remove_closure",
    "rest_on_holiday",
    "restore_group",
    "restore_program",
    "set_place_rules",
    "take_back_many",
    "transfer",
    "work_on_holiday",
]
