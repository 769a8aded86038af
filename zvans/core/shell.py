"""The frame around every page: what the navigation and the + button offer."""

from dataclasses import dataclass

from django.utils.functional import Promise

from zvans.core.registry import Registry


@dataclass(frozen=True)
class NavigationItem:
    """A place in the side bar.

    Args:
        name: the URL name it leads to.
        capability: who sees it; everyone when empty.
        section: the URL-name prefix for which it is marked as the current place.
        on_phone: whether it stands in the bar at the bottom of a phone's screen.
    """

    name: str
    label: str | Promise
    icon: str
    capability: str = ""
    section: str = ""
    order: int = 0
    on_phone: bool = False


@dataclass(frozen=True)
class Addition:
    """What the + button adds; ``name`` is the URL name of its form."""

    name: str
    label: str | Promise
    icon: str
    capability: str = ""
    order: int = 0


navigation: Registry[NavigationItem] = Registry()
settings_pages: Registry[NavigationItem] = Registry()
additions: Registry[Addition] = Registry()
