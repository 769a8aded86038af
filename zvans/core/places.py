"""Countries, their currencies and time zones, by CLDR and the time-zone database: what the set-up offers."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.numbers import get_territory_currencies
from django.utils import translation

from zvans.core import locales
from zvans.core.search import fold

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """Every country, by its name in the active language."""
    names = _locale().territories
    return _by_name((code, names.get(code, code)) for code in zones_by_country())


def currencies() -> Choices:
    """Every currency in use today: its code, and its name in the active language."""
    names = _locale().currencies
    codes = {code for country in zones_by_country() for code in get_territory_currencies(country)}
    return _by_name((code, f"{names.get(code, code)} ({code})") for code in codes)


def time_zones(country: str = "") -> list[tuple[str, Choices]]:
    """Time zones by their cities, as groups of a select: the country's own first."""
    own = zones_by_country().get(country, [])
    rest = (zone for zones in zones_by_country().values() for zone in zones if zone not in own)
    groups = [(_locale().territories.get(country, ""), [(zone, _city(zone)) for zone in own])] if own else []
    return [*groups, ("—" if own else "", _by_name((zone, _city(zone)) for zone in set(rest)))]


def currency_of(country: str) -> str:
    """The currency that is paid with in the country today; "" when it has none of its own."""
    return next(iter(get_territory_currencies(country)), "") if country else ""


def time_zone_of(country: str) -> str:
    """The most populous time zone of the country."""
    return next(iter(zones_by_country().get(country, [])), "")


def country_of_zone(zone: str) -> str:
    """The country where clocks show this zone ("Asia/Calcutta" is India's too); "" when it is unknown."""
    modern = get_global("zone_aliases").get(zone, zone)
    return next((code for code, zones in zones_by_country().items() if {zone, modern} & set(zones)), "")


def country_of_languages(accept_language: str) -> str:
    """The country that a browser's ``Accept-Language`` speaks of: its region, or the home of its language."""
    for part in accept_language.split(","):
        try:
            locale = Locale.parse(part.split(";")[0].strip(), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        likely = get_global("likely_subtags").get(locale.language, "")
        country = locale.territory or ("" if locale.language == "en" else likely.rpartition("_")[2])
        if country in zones_by_country():
            return country
    return ""


@cache
def zones_by_country() -> dict[str, list[str]]:
    """``{"LV": ["Europe/Riga"]}``: the zones of each country, the most populous first."""
    usable = available_timezones()
    found: dict[str, list[str]] = {}
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines():
        if line.startswith("#"):
            continue
        country, _place, zone = line.split("\t")[:3]
        if zone in usable:
            found.setdefault(country, []).append(zone)
    return found


def language_name(code: str) -> str:
    """A language in its own words: "Latviešu"."""
    name = Locale.parse(translation.to_locale(code)).display_name or code
    return name[:1].upper() + name[1:]


def _city(zone: str) -> str:
    return get_timezone_location(zone, locale=_locale(), return_city=True)


def _by_name(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: fold(choice[1]))


def _locale() -> Locale:
    return Locale.parse(locales.active())
