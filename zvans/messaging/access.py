"""Who sees which messages: those of the clients that they see."""

from django.db.models import QuerySet

from zvans.messaging.models import Message
from zvans.people.access import visible_clients
from zvans.team.models import User


def visible_messages(user: User) -> QuerySet[Message]:
    if not user.has_perm("messaging.view_message"):
        return Message.objects.none()
    if user.sees_all:
        return Message.objects.all()
    return Message.objects.filter(client__in=visible_clients(user))
