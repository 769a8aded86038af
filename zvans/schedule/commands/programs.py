"""Programs, and the rooms in which they are taught."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import journal, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.core.kept_lists.commands import archive_entry
from zvans.schedule.models import Group, Lesson, Program, Room


@command
def add_program(by: Actor, *, name: str, **fields: Any) -> Program:
    """Add a program.

    Args:
        fields: any other field of ``Program``.

    Raises:
        Refused: when a program of that name is there already.
    """
    program = Program(name=name.strip(), **fields)
    _check_name(program)
    program.save(force_insert=True)
    journal.record(by, "schedule.program_added", program)
    return program


@command
def change_program(by: Actor, program: Program, **fields: Any) -> Program:
    """Change what is given. Groups that are open keep their price, lessons and places."""
    changes = assign(program, **fields)
    if not changes:
        return program
    _check_name(program)
    program.save(update_fields=[*changes, "sort_name"])
    if "name" in changes:
        search.index_many(Group.objects.filter(program=program).select_related("program", "teacher", "branch"))
    journal.record(by, "schedule.program_changed", program, changes=changes)
    return program


@command
def archive_program(by: Actor, program: Program) -> None:
    """Offer it no more; its groups go on."""
    if Program.objects.active().filter(pk=program.pk).update(archived_at=timezone.now()):
        journal.record(by, "schedule.program_archived", program)


@command
def restore_program(by: Actor, program: Program) -> None:
    if Program.objects.archived().filter(pk=program.pk).update(archived_at=None):
        journal.record(by, "schedule.program_restored", program)


@command
def archive_room(by: Actor, room: Room) -> None:
    """Use it no more.

    Raises:
        Refused: while lessons are planned in it.
    """
    planned = Lesson.objects.filter(room=room, state=Lesson.State.PLANNED, starts_at__gt=timezone.now())
    group = Group.objects.filter(lessons__in=planned).first()
    if group:
        raise Refused(_("Lessons of “%(group)s” are planned here; give them another room first.") % {"group": group})
    archive_entry(by, room)


def _check_name(program: Program) -> None:
    if Program.objects.active().filter(name__iexact=program.name).exclude(pk=program.pk).exists():
        raise Refused(_("There is a program of this name already."), field="name")
