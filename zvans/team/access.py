"""Who works with whom: sign-in, and the scope that every other app's ``access.py`` builds on."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Q, QuerySet

from zvans.team.models import Branch, Role, User


class RoleBackend(AuthenticationBackend):
    """Sign-in by e-mail; the user comes with the role, in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("role").filter(pk=user_id).first()
        return user if user and user.is_active else None


def in_scope(user: User, *, branch: str, own: Q) -> Q:
    """The condition for the records that the user's role lets them see.

    Args:
        branch: the path from the record to its branch; a record without a branch belongs to all of them.
        own: the condition for the user's own records, which a wider scope includes.
    """
    if user.role.scope == Role.Scope.ALL:
        return Q()
    if user.role.scope == Role.Scope.BRANCH:
        return own | Q(**{f"{branch}__in": user.branch_ids}) | Q(**{f"{branch}__isnull": True})
    return own


def visible_branches(user: User) -> QuerySet[Branch]:
    branches = Branch.objects.active()
    return branches if user.sees_all else branches.filter(pk__in=user.branch_ids)


def colleagues(user: User) -> QuerySet[User]:
    """The people to whom the user may hand work: those of the same branches, or everyone."""
    users = User.objects.filter(is_active=True)
    if user.sees_all:
        return users
    return users.filter(Q(branches__in=user.branch_ids) | Q(pk=user.pk)).distinct()


def manageable_users(user: User) -> QuerySet[User]:
    """The people whose account the user may change: nobody but an owner touches an owner's."""
    if not user.has_perm("team.manage_users"):
        return User.objects.none()
    users = User.objects.select_related("role")
    return users if user.role.code == Role.Code.OWNER else users.exclude(role__code=Role.Code.OWNER)


def grantable_roles(user: User) -> QuerySet[Role]:
    """The roles that the user may give to others."""
    roles = Role.objects.order_by("pk")
    return roles if user.role.code == Role.Code.OWNER else roles.exclude(code=Role.Code.OWNER)
