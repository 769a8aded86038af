"""Who sees which sales. What the school earns in all is ``money.view_revenue``."""

from django.db.models import Q, QuerySet

from zvans.money.models import Payment, Sale
from zvans.team.access import in_scope
from zvans.team.models import User


def visible_sales(user: User) -> QuerySet[Sale]:
    if not user.has_perm("money.view_payment"):
        return Sale.objects.none()
    return Sale.objects.filter(in_scope(user, branch="branch", own=Q(manager=user)))


def visible_payments(user: User) -> QuerySet[Payment]:
    if user.has_perm("money.view_payment") and user.sees_all:
        return Payment.objects.all()
    return Payment.objects.filter(sale__in=visible_sales(user))
