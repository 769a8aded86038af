"""The active language, as Babel calls it."""

from django.utils import translation


def active() -> str:
    """The name of the active language's locale ("lv", "en"), for Babel's formats."""
    return translation.to_locale(translation.get_language() or "en")
