"""Money: whole numbers of minor units (cents), in the organisation's one currency."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol
from django.utils import translation

from zvans.core import locales, organisation

# CLDR writes a hyphen in most languages, at which a line may break.
_MINUS = "\u2212"


def decimals(currency: str) -> int:
    """How many decimals the currency has (CLDR): 2 for EUR and HUF, 0 for JPY."""
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> int:
    """``12.5`` EUR as ``1250``; half a cent rounds up."""
    return int(amount.scaleb(decimals(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def to_decimal(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-decimals(currency))


def show(minor: int, currency: str | None = None) -> str:
    """The amount as the active language writes it, without needless zeros: ``€220``, ``45 000 Ft``."""
    return _show(minor, currency or organisation.current().currency, translation.get_language() or "en")


@lru_cache(8192)
def _show(minor: int, code: str, language: str) -> str:
    locale = Locale.parse(translation.to_locale(language))
    pattern = locale.currency_formats["standard"].pattern
    if minor % 10 ** decimals(code) == 0:
        pattern = re.sub(r"\.0+", "", pattern)
    shown = format_currency(to_decimal(minor, code), code, pattern, locale, currency_digits=False)
    return shown.replace("-", _MINUS)


def symbol(currency: str) -> str:
    return get_currency_symbol(currency, locales.active())


_SPACES = re.compile(r"[\s\u00a0\u202f]")


def parse(typed: str) -> Decimal:
    """The number that a person typed: ``1 250,50``, ``1,250.50``, ``1250``.

    The last of ``,`` and ``.`` is the decimal mark, unless three digits follow it and it is the only kind of
    mark, when it parts thousands.

    Raises:
        ValueError: when it is not a number.
    """
    text = _SPACES.sub("", typed).replace(_MINUS, "-")
    mark = max(text.rfind(","), text.rfind("."))
    if mark >= 0:
        marks = {character for character in text if character in ",."}
        thousands = len(text) - mark - 1 == 3 and len(marks) == 1
        whole, fraction = (text, "") if thousands else (text[:mark], text[mark + 1 :])
        text = re.sub("[,.]", "", whole) + ("." + fraction if fraction else "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(typed) from None
    if not number.is_finite():
        raise ValueError(typed)
    return number
