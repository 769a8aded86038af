"""Every write about the school itself: its founding, its settings, its branches, and who works there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import founding, jobs, journal
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.core.models import Organisation
from zvans.team.models import Branch, Role, User


@command
def found_school(
    by: Actor,
    *,
    branch: str,
    owner_name: str,
    owner_email: str,
    password: str,
    **fields: Any,
) -> User:
    """Found the school: the organisation, its first branch, its owner, and what the upper storeys begin with.

    Args:
        by: ``Actor.system()``: nobody can sign in yet. What follows is done by the owner.
        fields: those of ``Organisation``.

    Raises:
        Refused: when the school has been founded meanwhile; the one row of ``Organisation`` decides who was first.
    """
    try:
        with transaction.atomic():
            school = Organisation.objects.create(pk=1, **fields)
    except IntegrityError:
        raise Refused(_("The school has just been set up by someone else. Ask them to add you.")) from None
    owner = User.objects.create_user(
        owner_email,
        password,
        name=owner_name,
        role=Role.objects.get(code=Role.Code.OWNER),
        language=school.language,
        takes_applications=True,
    )
    owner.branches.add(Branch.objects.create(name=branch, time_zone=school.time_zone))
    journal.record(by, "team.school_founded", school, owner=owner)
    for step in founding.steps:
        step.function(Actor.of(owner), school)
    return owner


@command
def change_organisation(by: Actor, school: Organisation, **fields: Any) -> None:
    changes = assign(school, **fields)
    if changes:
        school.save(update_fields=list(changes))
        if "language" in changes:
            jobs.enqueue("zvans.core.collation.sort_again")
        journal.record(by, "team.organisation_changed", school, changes=changes)


@command
def add_branch(by: Actor, *, name: str, time_zone: str, address: str = "", phone: str = "") -> Branch:
    branch = Branch.objects.create(name=name, time_zone=time_zone, address=address, phone=phone)
    journal.record(by, "team.branch_added", branch)
    return branch


@command
def change_branch(by: Actor, branch: Branch, **fields: Any) -> None:
    changes = assign(branch, **fields)
    if changes:
        branch.save(update_fields=list(changes))
        journal.record(by, "team.branch_changed", branch, changes=changes)


@command
def archive_branch(by: Actor, branch: Branch) -> None:
    """Close a branch; what belongs to it stays.

    Raises:
        Refused: for the last open one.
    """
    list(Branch.objects.active().select_for_update().values_list("pk"))
    if not Branch.objects.active().exclude(pk=branch.pk).exists():
        raise Refused(_("The school works in at least one branch. Add another before you archive this one."))
    if Branch.objects.active().filter(pk=branch.pk).update(archived_at=timezone.now()):
        journal.record(by, "team.branch_archived", branch)


@command
def restore_branch(by: Actor, branch: Branch) -> None:
    if Branch.objects.archived().filter(pk=branch.pk).update(archived_at=None):
        journal.record(by, "team.branch_restored", branch)


@command
def add_user(by: Actor, *, name: str, email: str, role: Role, branches: Iterable[Branch] = (), **fields: Any) -> User:
    """Add a colleague, who then chooses a password by the link of ``sign_in.invitation_link``.

    Raises:
        Refused: when someone signs in with this address already.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, role=role, **fields)
    except IntegrityError:
        raise _taken() from None
    user.branches.set(branches)
    journal.record(by, "team.user_added", user, role=str(role))
    return user


@command
def change_user(by: Actor, user: User, *, branches: Iterable[Branch] | None = None, **fields: Any) -> None:
    """Change what is given and leave the rest.

    Raises:
        Refused: when the address is someone else's, or the last active owner would be none.
    """
    was_owner = user.role.code == Role.Code.OWNER
    if "email" in fields:
        fields["email"] = fields["email"].lower()
    changes = assign(user, **fields)
    if was_owner and user.role.code != Role.Code.OWNER:
        _require_another_owner(user)
    if changes:
        try:
            with transaction.atomic():
                user.save(update_fields=[*changes, "sort_name"])
        except IntegrityError:
            raise _taken() from None
    if branches is not None:
        before = sorted(branch.name for branch in user.branches.all())
        user.branches.set(branches)
        after = sorted(branch.name for branch in user.branches.all())
        if before != after:
            changes["branches"] = [before, after]
    if changes:
        journal.record(by, "team.user_changed", user, changes=changes)


@command
def deactivate_user(by: Actor, user: User) -> None:
    """Let someone sign in no more, at once; all they did stays under their name.

    Raises:
        Refused: for oneself, and for the last active owner.
    """
    if by.user_id == user.pk:
        raise Refused(_("You can't shut yourself out. Ask another owner to do it."))
    if user.role.code == Role.Code.OWNER:
        _require_another_owner(user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        journal.record(by, "team.user_deactivated", user)


@command
def reactivate_user(by: Actor, user: User) -> None:
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        journal.record(by, "team.user_reactivated", user)


@command
def invite(by: Actor, user: User) -> None:
    """Write down that ``user`` was given a link to choose a password.

    Raises:
        Refused: for someone who may not sign in.
    """
    if not user.is_active:
        raise Refused(_("%(name)s may not sign in now. Let them in again first.") % {"name": user.name})
    journal.record(by, "team.user_invited", user)


def _require_another_owner(user: User) -> None:
    """Whoever changes who is an owner queues at the role's row, so that two owners never remove each other."""
    owner_role = Role.objects.select_for_update().get(code=Role.Code.OWNER)
    if not User.objects.filter(role=owner_role, is_active=True).exclude(pk=user.pk).exists():
        raise Refused(_("%(name)s is the only owner. Make someone else an owner first.") % {"name": user.name})


def _taken() -> Refused:
    return Refused(_("Someone signs in with this e-mail already."), field="email")
