"""The active language, as Babel calls it."""

from functools import lru_cache

from django.utils import translation

_locale = lru_cache(maxsize=64)(translation.to_locale)


def active() -> str:
    """The name of the active language's locale ("lv", "en"), for Babel's formats."""
    return _locale(translation.get_language() or "en")
