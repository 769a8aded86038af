"""The order of names, as the school's language has it: Ābols, Bērziņš, Čakste, Zariņš; on both engines alike.

The database would put "Ā" after "Z", each engine in its own way. So a record keeps, beside its name, a key whose
plain order of characters is the order of the names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from anyascii import anyascii
from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from zvans.core import organisation
from zvans.core.models import Organisation

# After every letter of the scripts in use (a character for private use): "c" and this is the letter after c.
_NEXT = "\uf8ff"

# Letters that stand after another one, by language (the tailorings of CLDR). Other marks and accents don't count.
_LETTERS = {
    "lv": {"č": "c", "ģ": "g", "ķ": "k", "ļ": "l", "ņ": "n", "š": "s", "ž": "z"},
    "hu": {"ö": "o", "ő": "o", "ü": "u", "ű": "u"},
    "mn": {"ё": "е", "ө": "о", "ү": "у"},
}
_DIGRAPHS = {"hu": ("dzs", "cs", "dz", "gy", "ly", "ny", "sz", "ty", "zs")}

_LATIN = 0x250
_APOSTROPHES = "'’ʼ`´"
_BATCH = 500


class _Alphabet(dict[int, str]):
    """What each character is in a key, for ``str.translate``; looked up once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._after = _LETTERS.get(language, {})
        digraphs = _DIGRAPHS.get(language, ())
        self.digraphs = re.compile("|".join(digraphs)) if digraphs else None

    def __missing__(self, code: int) -> str:
        self[code] = held = self._plain(chr(code))
        return held

    def _plain(self, letter: str) -> str:
        if letter in self._after:
            return self._after[letter] + _NEXT
        if letter in _APOSTROPHES:
            return ""
        if not letter.isalnum():
            return letter if letter == _NEXT else " "
        return anyascii(letter).lower() if ord(letter) < _LATIN else letter


_alphabet = cache(_Alphabet)


def key(*names: str, language: str) -> str:
    """A text whose order of code points is the language's order of the names, the first of them before all.

    Case, accents and punctuation don't count; a school's firms and people without a family name stand among the rest.
    """
    alphabet = _alphabet(language)
    return " ".join("-".join(_letters(name, alphabet).split()) for name in names if name)


def order(name: str) -> str:
    """The key of a name in the school's language, to sort a few things by here."""
    return key(name, language=_language())


def _letters(name: str, alphabet: _Alphabet) -> str:
    name = unicodedata.normalize("NFC", name).lower()
    if alphabet.digraphs:
        name = alphabet.digraphs.sub(lambda found: found[0][0] + _NEXT * (len(found[0]) - 1), name)
    return name.translate(alphabet)


class SortKey(models.CharField[str, str]):
    """The key by which lists order the record; written with the record, from the fields it is ``of``.

    A command that changes one of those with ``update_fields`` or ``bulk_update`` names this field there too.
    """

    def __init__(self, *, of: Iterable[str] = ("name",), **options: Any) -> None:
        self.of = tuple(of)
        shape: dict[str, Any] = {"max_length": 160, "default": "", "editable": False}
        super().__init__(**shape | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        return self.write(model_instance, _language())

    def write(self, record: models.Model, language: str) -> str:
        """Set the key of the record, unsaved."""
        names = (getattr(record, name) for name in self.of)
        held = key(*names, language=language)[: self.max_length]
        setattr(record, self.attname, held)
        return held


def write(records: Iterable[models.Model]) -> None:
    """Set the keys of the records, unsaved; before a ``bulk_update`` of their names."""
    language = _language()
    for record in records:
        for field in _fields(type(record)):
            field.write(record, language)


def sort_again() -> None:
    """Give every record its key anew: the school's language has changed."""
    fill(apps, None)


def fill(state: Any, _editor: object) -> None:
    """Give every record of the models at hand its key; a migration that adds a ``SortKey`` runs it."""
    school = state.get_model("core", "Organisation").objects.first()
    for model in state.get_models() if school else ():
        for field in _fields(model):
            _fill(model, field, school.language)


def _fields(model: type[models.Model]) -> list[SortKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SortKey)]


def _fill(model: type[models.Model], field: SortKey, language: str) -> None:
    changed = []
    for record in model._default_manager.order_by("pk").only("pk", field.name, *field.of).iterator(_BATCH):
        before = getattr(record, field.attname)
        if field.write(record, language) != before:
            changed.append(record)
        if len(changed) == _BATCH:
            model._default_manager.bulk_update(changed, [field.name])
            changed = []
    model._default_manager.bulk_update(changed, [field.name])


def _language() -> str:
    try:
        return organisation.current().language
    except Organisation.DoesNotExist:
        return ""
