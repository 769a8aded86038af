"""Strangers who come without signing in: from where, and in which language."""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from zvans.core import organisation

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


def language(request: HttpRequest) -> str:
    """The visitor's language among ours: ``?lang=``, else what the browser asks for, else the school's."""
    asked = [request.GET.get("lang", "")]
    asked += [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for code in asked:
        try:
            return get_supported_language_variant(code)
        except (LookupError, ValueError):
            continue
    return organisation.current().language


def address(request: HttpRequest) -> str:
    """The visitor's address, or their network for IPv6, where one person has many.

    Only the addresses that our own proxies wrote (``TRUSTED_PROXIES`` of them) are believed.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    chain: list[str] = [*forwarded, request.META.get("REMOTE_ADDR", "")]
    proxies = min(settings.TRUSTED_PROXIES, len(chain) - 1)
    try:
        found = ip_address(chain[-1 - proxies])
    except ValueError:
        return chain[-1]
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def printable(text: str) -> str:
    """The text on one line, without the control characters that databases and people can't read."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def web_address(text: str) -> str:
    """The address of a web page, at most 500 characters of it; "" when it is none."""
    address = printable(text)[:500]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""
