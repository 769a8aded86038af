"""Phone numbers: kept in E.164, shown as people of the country write them."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat


def parse(typed: str, country: str) -> str | None:
    """The number in E.164 (``+37125662475``), or None when it is not a possible number.

    Args:
        typed: as a person writes it: ``06 30 123 4567``, ``00371-25-662-475``, ``8-25231225``.
        country: ISO 3166 code of the country whose numbers go without a country code.
    """
    for candidate in _attempts(typed):
        try:
            number = phonenumbers.parse(candidate, country)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None


@lru_cache(maxsize=4096)
def display(e164: str, country: str) -> str:
    """The number as people in ``country`` write it: national at home, international abroad."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    home = phonenumbers.region_code_for_number(number) == country
    style = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def readings(typed: str, country: str) -> list[str]:
    """The digits to look for when someone types a part of a number: as typed, and as E.164 has them."""
    bare = digits(typed)
    metadata = PhoneMetadata.metadata_for_region(country)
    trunk = (metadata and metadata.national_prefix) or ""
    whole = parse(typed, country)
    found = [bare, digits(whole)] if whole else [bare]
    for prefix in ("00", trunk):
        rest = bare.removeprefix(prefix)
        if len(rest) >= 4 and rest not in found:
            found.append(rest)
    return found


def calling_code(country: str) -> str:
    """The digits before a number from abroad: ``371``; empty when the country has none."""
    code = phonenumbers.country_code_for_region(country)
    return str(code) if code else ""


def digits(typed: str) -> str:
    return "".join(character for character in typed if character.isdigit())


def _attempts(typed: str) -> list[str]:
    """The ways to read what was typed: as it stands, with the + that was left out, without an old trunk 8."""
    bare = digits(typed)
    attempts = [typed, f"+{bare}"]
    if bare.startswith("00"):
        attempts.append(f"+{bare[2:]}")
    if bare.startswith("8"):
        attempts.append(bare[1:])
    return attempts
