"""Who sees which deals, and to whom a deal may be given."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from zvans.sales.models import Deal, DealQuerySet
from zvans.team.access import colleagues, in_scope
from zvans.team.models import User


def visible_deals(user: User) -> DealQuerySet:
    """The deals that the user may see, archived ones too."""
    if not user.has_perm("sales.view_deal"):
        return Deal.objects.none()
    return Deal.objects.filter(in_scope(user, branch="branch", own=Q(manager=user)))


def own_deals(user: User) -> DealQuerySet:
    """The deals that the user is to work on: their own and nobody's; everyone's for who sees everything."""
    deals = visible_deals(user)
    return deals if user.sees_all else deals.filter(Q(manager=user) | Q(manager=None))


def concerns_visible_deal(user: User) -> Q:
    """The condition on ``Client``: they asked, or will study, in a deal that the user may see."""
    deals = visible_deals(user)
    # Each by an index of its own: for the two in one, SQLite reads all deals for each client.
    return Q(Exists(deals.filter(client=OuterRef("pk")))) | Q(Exists(deals.filter(student=OuterRef("pk"))))


def possible_managers(user: User) -> QuerySet[User]:
    """The colleagues to whom the user may give a deal: those who may work on deals."""
    works = Q(
        role__group__permissions__codename="change_deal", role__group__permissions__content_type__app_label="sales"
    )
    return colleagues(user).filter(works)
