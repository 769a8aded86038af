"""Who sees which programs, groups and places."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from zvans.schedule.models import Closure, Enrolment, Group, GroupQuerySet, Program, Room
from zvans.team.access import colleagues, in_scope, visible_branches
from zvans.team.models import Role, User


def visible_programs(user: User) -> QuerySet[Program]:
    """Programs belong to the whole school."""
    return Program.objects.all() if user.has_perm("schedule.view_group") else Program.objects.none()


def visible_groups(user: User) -> GroupQuerySet:
    """The groups that the user may see, archived ones too; a teacher's are those they teach."""
    if not user.has_perm("schedule.view_group"):
        return Group.objects.none()
    return Group.objects.filter(in_scope(user, branch="branch", own=Q(teacher=user)))


def visible_enrolments(user: User) -> QuerySet[Enrolment]:
    """The places and waiting lists of the groups that the user sees; a teacher sees only who has a place."""
    if not user.has_perm("schedule.view_group"):
        return Enrolment.objects.none()
    own = Q(group__teacher=user, state=Enrolment.State.ENROLLED)
    return Enrolment.objects.filter(in_scope(user, branch="group__branch", own=own))


def visible_rooms(user: User) -> QuerySet[Room]:
    return Room.objects.filter(branch__in=visible_branches(user)).select_related("branch")


def visible_closures(user: User) -> QuerySet[Closure]:
    """The closures of the user's branches, and of the whole school."""
    return Closure.objects.filter(Q(branch=None) | Q(branch__in=visible_branches(user))).select_related("branch")


def changeable_closures(user: User) -> QuerySet[Closure]:
    """Those of the whole school are changed by whoever sees the whole school."""
    closures = visible_closures(user)
    return closures if user.sees_all else closures.exclude(branch=None)


def usable_programs(user: User) -> QuerySet[Program]:
    return visible_programs(user).filter(archived_at=None)


def usable_teachers(user: User) -> QuerySet[User]:
    """Whom the user may put before a group: teachers first, then anyone else of their colleagues."""
    is_teacher = Case(When(role__code=Role.Code.TEACHER, then=Value(0)), default=Value(1), output_field=IntegerField())
    return colleagues(user).order_by(is_teacher, "sort_name")


def groups_to_join(user: User) -> GroupQuerySet:
    """The groups in which the user may give places."""
    if not user.has_perm("schedule.enrol"):
        return Group.objects.none()
    return visible_groups(user).active().filter(state=Group.State.OPEN)
