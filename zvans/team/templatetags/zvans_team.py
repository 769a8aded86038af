"""What the pages of sign-in say."""

import re

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()

# Edge and Opera call themselves Chrome too, and Chrome calls itself Safari: the first that fits is the one.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


@register.simple_tag
def mail_is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


@register.filter
def browser(user_agent: str) -> str:
    """A browser's long name in short: "Chrome, Windows"."""
    name = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", user_agent)), _("Browser"))
    system = next((system for system in _SYSTEMS if system in user_agent), "")
    return ", ".join(filter(None, (name, system)))
