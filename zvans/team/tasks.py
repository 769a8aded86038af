"""What the worker does for the team."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from zvans.core import organisation
from zvans.team.models import User
from zvans.team.sign_in import invitation_link


def send_mail(subject: str, body: str, to: list[str]) -> None:
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, to).send()


def send_invitation(user_id: int) -> None:
    """Write to a colleague with the link by which they choose a password."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    school = organisation.current()
    with translation.override(user.language or school.language):
        facts = {"name": user.name, "school": school.name, "link": invitation_link(user)}
        subject = _("Your account at %(school)s") % facts
        body = _(
            "Hello %(name)s,\n\n%(school)s works with Zvans. Choose your password here:\n%(link)s\n\n"
            "The link works once, for three days."
        )
        send_mail(subject, body % facts, [user.email])
