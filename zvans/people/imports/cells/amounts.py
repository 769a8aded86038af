"""Amounts of money as people write them: ``260-10%``, ``130+130``, ``45.000,-``, ``450мян``, ``puse``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zvans.core import money
from zvans.people.imports.cells.plain import Cell, is_none, text_of
from zvans.people.imports.words import ALL_PAID, COUNTRY_OF_CURRENCY, FREE, HALF_PAID, NOT_PAID, key

_LIMIT = Decimal(10) ** 12
_NUMBER = r"\d[\d \u00a0\u202f.,'’]*"
_CURRENCY = (
    r"(?:eiro|euro?s?|eur|€|usd|us\$|\$|£|gbp|huf|forint|ft|mnt|төгрөг|төг|tugrik|₮|tzs|tsh|tshs|kes|ksh|kshs|ugx|shilingi|sh|"
    r"руб(?:лей|ль|ля)?|rub|₽|р|ls|lvl|pln|zł|czk|kč|₸|₴|грн|chf)"
)
_MAGNITUDE = {
    "k": 1000, "к": 1000, "тыс": 1000, "тысяч": 1000, "т": 1000, "мян": 1000, "мянга": 1000, "мянган": 1000,
    "ezer": 1000, "e": 1000, "tūkst": 1000, "tūkstoši": 1000, "tuk": 1000, "elfu": 1000, "thousand": 1000, "сая": 1_000_000,
    "млн": 1_000_000, "milj": 1_000_000, "millió": 1_000_000, "milioni": 1_000_000, "million": 1_000_000, "mln": 1_000_000,
    "лакх": 100_000, "laki": 100_000,
}  # fmt: skip
_MAGNITUDES = "|".join(sorted((re.escape(word) for word in _MAGNITUDE), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"^\s*(?:{_CURRENCY}\.?)?\s*(?P<before>elfu|laki|milioni)?\s*(?P<number>{_NUMBER})\s*"
    rf"(?:(?P<size>{_MAGNITUDES})\.?(?![^\W\d_]))?\s*(?:{_CURRENCY}\.?)?\s*(?:/=|=/|/-|,-|\.-|=|,–|,—)?\s*(?:{_CURRENCY}\.?)?\s*$",
    re.I,
)
_PERCENT_OFF = re.compile(r"^(?P<price>.*?\S)?\s*[-–−(]\s*-?\s*(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%\s*\)?\s*$")
_SHARE = re.compile(r"^(\d{1,3})\s*%$")
_MARK = re.compile(r"[€$£₮₽₸₴₾]|[^\W\d_]{2,4}")


@dataclass(frozen=True)
class Amount:
    """What a cell says about money, in minor units.

    Args:
        parts: the sums it names, as ``130+130``; their sum is the amount.
        discount: what ``-10%`` or ``260-26`` takes off it.
        percent: ``-10%`` alone, of a price that stands elsewhere.
        share: "all" is 1, "half" is a half, of a price that stands elsewhere.
    """

    parts: tuple[int, ...] = ()
    discount: int = 0
    percent: Decimal | None = None
    share: Decimal | None = None

    @property
    def whole(self) -> int:
        """Before the discount."""
        return sum(self.parts)

    @property
    def total(self) -> int:
        return self.whole - self.discount

    def of(self, price: int | None) -> tuple[int, ...] | None:
        """The sums, when the price is so much; None when a share of an unknown price is meant."""
        if self.share is None:
            return (self.total,) if self.discount else self.parts
        return None if price is None else (int(price * self.share),)


def read_amount(cell: Cell, currency: str) -> Amount | None:
    """The amount in the cell, or None when it can't be read."""
    if isinstance(cell, bool):
        return Amount(share=Decimal(int(cell)))
    if isinstance(cell, int | float):
        number = Decimal(repr(cell) if isinstance(cell, float) else cell)
        sane = number.is_finite() and 0 <= number < _LIMIT
        return Amount((money.to_minor(number, currency),)) if sane else None
    if not isinstance(cell, str):
        return None
    text = text_of(cell).replace("\n", " ").rstrip("!;").strip()
    return _words(text) or _discounted(text, currency) or _sum(text, currency)


def _words(text: str) -> Amount | None:
    word = key(text)
    if word == "x":
        return None
    if text in {"+", "✓", "✔", "v"} or word in ALL_PAID:
        return Amount(share=Decimal(1))
    if text == "1/2" or (word in HALF_PAID and "%" not in text):
        return Amount(share=Decimal("0.5"))
    if word in FREE:
        return Amount((0,))
    if text and not text.isdigit() and text[0] != "#" and (word in NOT_PAID or is_none(text)):
        return Amount((0,))
    share = _SHARE.match(text)
    return Amount(share=Decimal(share[1]) / 100) if share and int(share[1]) <= 100 else None


def _discounted(text: str, currency: str) -> Amount | None:
    found = _PERCENT_OFF.match(text)
    if found:
        percent = Decimal(found["percent"].replace(",", "."))
        if percent > 100:
            return None
        if not found["price"]:
            return Amount(percent=percent)
        price = _one(found["price"], currency)
        return None if price is None else Amount((price,), discount=int(price * percent / 100))
    parts = re.split(r"\s*[-–−]\s*", text)
    if len(parts) == 2 and all(part and part[0].isdigit() for part in parts):
        price, off = _one(parts[0], currency), _one(parts[1], currency)
        if price is not None and off is not None and off < price:
            return Amount((price,), discount=off)
    return None


def _sum(text: str, currency: str) -> Amount | None:
    text = text.split("=", maxsplit=1)[0] if "+" in text and "/=" not in text else text
    times = re.match(r"^(\d{1,2})\s*[x×*]\s*(.+)$", text, re.I)
    if times:
        one = _one(times[2], currency)
        return Amount((one,) * int(times[1])) if one is not None and int(times[1]) else None
    parts = (
        [_one(part, currency) for part in text.split("+") if part.strip()] if "+" in text else [_one(text, currency)]
    )
    read = tuple(part for part in parts if part is not None)
    return Amount(read) if parts and len(read) == len(parts) else None


def _one(text: str, currency: str) -> int | None:
    found = _AMOUNT.match(text)
    if not found:
        return None
    digits = re.sub(r"[\s'’]", "", found["number"]).rstrip(".,")
    try:
        number = money.parse(_thousands(digits))
    except ValueError:
        return None
    number *= _MAGNITUDE.get((found["size"] or found["before"] or "").lower(), 1)
    return money.to_minor(number, currency) if 0 <= number < _LIMIT else None


def _thousands(digits: str) -> str:
    """``1.250.000`` and ``1,250,000`` without their marks, which ``money.parse`` takes for decimals."""
    for mark, other in ((".", ","), (",", ".")):
        if digits.count(mark) > 1 and other not in digits:
            return digits.replace(mark, "")
    return digits


def currency_of(heading: str) -> str:
    """The ISO code of the currency that a heading names: ``Bei (TZS)``; "" when it names none."""
    codes = {"€": "EUR", "eur": "EUR", "eiro": "EUR", "euro": "EUR", "₮": "MNT", "төг": "MNT", "ft": "HUF", "₽": "RUB",
             "руб": "RUB", "$": "USD", "£": "GBP", "tsh": "TZS", "ksh": "KES"}  # fmt: skip
    for mark in _MARK.findall(heading.lower()):
        if mark in codes:
            return codes[mark]
        if mark.upper() in _ISO:
            return str(mark.upper())
    return ""


_ISO = {"TZS", "KES", "UGX", "EUR", "USD", "GBP", "HUF", "MNT", "RUB", "PLN", "CZK", "KZT", "UAH", "SEK", "NOK", "DKK"}


def country_of_currency(text: str) -> str:
    """The country whose currency the text names, for currencies of one country; "" otherwise."""
    return next((COUNTRY_OF_CURRENCY[m] for m in _MARK.findall(text.lower()) if m in COUNTRY_OF_CURRENCY), "")
