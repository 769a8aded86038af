"""What the sign-in page of the demo school shows."""

from django import template
from django.db.models import QuerySet

from zvans.team.models import User

register = template.Library()


@register.simple_tag
def demo_people() -> QuerySet[User]:
    """The people of the demo school, by role."""
    return User.objects.filter(is_active=True).select_related("role").order_by("role_id", "pk")
