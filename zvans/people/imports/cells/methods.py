"""How money was paid, as people write it."""

from __future__ import annotations

from functools import lru_cache

from zvans.people.imports.words import METHODS, key


@lru_cache(maxsize=1000)
def read_method(text: str) -> str | None:
    """ "cash", "card" or "transfer"; None when the word is not known."""
    said = key(text)
    for method, known in METHODS.items():
        if said in known or any(f" {word} " in f" {said} " for word in known if len(word) > 3):
            return method
    return next((m for m, known in METHODS.items() if any(said.startswith(w[:5]) for w in known if len(w) > 5)), None)
