"""A message as an e-mail, and the state of the school's mail server."""

from __future__ import annotations

import smtplib
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from zvans.core import organisation
from zvans.core.commands import Refused
from zvans.core.models import Organisation
from zvans.messaging.models import Message
from zvans.people.models import Client

_signer = signing.Signer(salt="messaging.opt-out")


def is_set() -> bool:
    """Whether there is a mail server to send by; without one messages are kept and shown."""
    return bool(settings.EMAIL_HOST)


def server() -> dict[str, Any] | None:
    """The mail server as it is set, without its password; None when there is none."""
    if not is_set():
        return None
    security = "SSL" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else ""
    return {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "user": settings.EMAIL_HOST_USER,
        "security": security,
        "from": address(),
    }


def send_test(to: str, subject: str, body: str, language: str) -> None:
    """Send one e-mail at once, outside the outbox.

    Raises:
        Refused: with what the mail server said, when it was not taken.
    """
    if not is_set():
        raise Refused(_("No mail server is set, so nothing can be sent."))
    message = Message(to=to, subject=subject, body=body, language=language)
    try:
        as_email(message, connection=connection()).send()
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(_("The mail server did not take it: %(reason)s") % {"reason": reason(error)}) from error


def connection() -> BaseEmailBackend:
    return get_connection()


def address() -> str:
    """The address that messages come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def opt_out_address(client: Client) -> str:
    """The page where the client says that they want no more messages; whoever has the link may."""
    return f"{settings.PUBLIC_URL}{reverse('opt_out', args=[_signer.sign(str(client.pk))])}"


def client_of(token: str) -> int:
    """The primary key in an opt-out link.

    Raises:
        signing.BadSignature: when it is not one that we signed.
    """
    return int(_signer.unsign(token))


def as_email(message: Message, **options: Any) -> EmailMultiAlternatives:
    """The e-mail of a message: plain text, the same in HTML, and the headers that mail programs look for.

    The Message-ID is the message's own, the same at every attempt, so that a mail server or a person can tell a
    repetition.
    """
    school = organisation.current()
    sender = address()
    headers = {
        "Message-ID": f"<{message.uuid}@{sender.rpartition('@')[2] or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.may_be_repeated:
        headers["X-Zvans-May-Be-Repeated"] = "yes"
    if message.client:
        headers["List-Unsubscribe"] = f"<{opt_out_address(message.client)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=_one_line(message.subject),
        body=as_text(message, school),
        from_email=formataddr((_one_line(school.name), sender)),
        to=[_one_line(message.to)],
        reply_to=[school.email] if school.email else None,
        headers=headers,
        **options,
    )
    email.attach_alternative(as_html(message, school), "text/html")
    return email


def as_text(message: Message, school: Organisation) -> str:
    return _render("messaging/email.txt", message, school)


def as_html(message: Message, school: Organisation) -> str:
    return _render("messaging/email.html", message, school)


def reason(error: Exception) -> str:
    """What the mail server said, for a person."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(answer)}" for code, answer in error.recipients.values())[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:500]
    return (str(error) or type(error).__name__)[:500]


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _render(template: str, message: Message, school: Organisation) -> str:
    opt_out = opt_out_address(message.client) if message.client else ""
    with translation.override(message.language):
        return render_to_string(template, {"message": message, "school": school, "opt_out": opt_out})


def _one_line(text: str) -> str:
    return " ".join(text.split())
