"""How people sign in: accounts are made by the owner, never by a visitor."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse

from zvans.core import jobs, organisation
from zvans.team.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the mail to the worker: a slow mail server holds nobody up, and tells nobody who has an account."""
        if not settings.EMAIL_HOST:
            return
        mail = self.render_mail(template_prefix, email, {"organisation": organisation.current(), **context})
        jobs.enqueue("zvans.team.tasks.send_mail", str(mail.subject), str(mail.body), list(mail.to))


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign the user in without a password: whoever founds the school, or looks around in the demo school."""
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


def invitation_link(user: User) -> str:
    """An address where ``user`` chooses a password, once, within ``PASSWORD_RESET_TIMEOUT`` (three days)."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.PUBLIC_URL}{path}"
