"""Registries: the only way an upper storey shows itself in a lower one.

A registry belongs to the app that reads it; the apps above add to it in their ``register.py``, which is
imported when Django starts. To find who shows what, search for the registry's name.
"""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Registrable(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Registrable)


class Registry(Generic[T]):
    """Named items in the order of their ``order`` attribute (0 when they have none), then of arrival."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def add(self, item: T) -> T:
        """Register ``item``; a second item of the same name is a programming error."""
        if item.name in self._items:
            raise ValueError(f"{item.name!r} is registered twice")
        self._items[item.name] = item
        return item

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def get(self, name: str) -> T | None:
        return self._items.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 0)))
