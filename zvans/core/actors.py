"""Who does a thing: a user, a client by a link, a visitor of the website, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zvans.team.models import User


class ActorKind(TextChoices):
    USER = "user", _("user")
    CLIENT = "client", _("client")
    WEBSITE = "website", _("website")
    IMPORT = "import", _("import")
    SYSTEM = "system", _("Zvans")


@dataclass(frozen=True)
class Actor:
    """The first argument of every command, written on each event that the command records.

    ``batch`` joins the events of one act over many records (an import), so that it can be undone as one.
    """

    kind: ActorKind
    user_id: int | None = None
    label: str = ""
    batch: UUID | None = None

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Actor:
        """The signed-in user of a request."""
        assert user.pk is not None, "an anonymous visitor is Actor.website(), not a user"
        return cls(ActorKind.USER, user.pk, str(user))

    @classmethod
    def client(cls, name: str) -> Actor:
        """A client who answers by the link in a message."""
        return cls(ActorKind.CLIENT, label=name)

    @classmethod
    def website(cls) -> Actor:
        return cls(ActorKind.WEBSITE)

    @classmethod
    def system(cls, label: str = "") -> Actor:
        return cls(ActorKind.SYSTEM, label=label)
