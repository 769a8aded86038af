"""Every URL, opened as every role and as a stranger: a URL without a decision fails."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Http
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zvans.core.tests import core_doors
from zvans.core.tests.doors import Door
from zvans.demo.cast import Cast

# allauth's own pages: about nobody but the user who opens them.
_ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_")


def _doors() -> dict[str, Door]:
    doors: dict[str, Door] = {}
    for app in apps.get_app_configs():
        module = f"{app.name}.tests.doors"
        if app.name.startswith("zvans.") and app.name != "zvans.core" and find_spec(module):
            doors |= import_module(module).DOORS
    return doors | core_doors.DOORS


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            prefix = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from (prefix + name for name in _names(pattern.url_patterns))
        else:
            assert pattern.name, f"{pattern} has no name"
            yield pattern.name


URLS = sorted({name for name in _names(get_resolver().url_patterns) if not name.startswith(_ALLAUTH)})
DOORS = _doors()


def _open(http: Http, door: Door, address: str) -> Any:
    if door.post:
        return http.post(address, door.data)
    return http.get(address)


def test_every_url_has_a_decision() -> None:
    assert sorted(set(URLS) - set(DOORS)) == []
    assert sorted(set(DOORS) - set(URLS)) == []


@pytest.mark.parametrize("name", [name for name in URLS if name in DOORS])
def test_door(name: str, cast: Cast) -> None:
    door = DOORS[name]
    address = reverse(name, kwargs=door.make(cast))

    answer = _open(Http(), door, address)
    if door.public:
        assert answer.status_code not in (403, 404, 500)
    else:
        assert answer.status_code == 302, "a stranger is sent to sign in"
        assert answer["Location"].startswith("/account/login/")

    for person in (cast.dace, cast.anna, cast.liga, cast.ilze, cast.martins, cast.sanita):
        http = Http()
        http.force_login(person)
        answer = _open(http, door, reverse(name, kwargs=door.make(cast)))
        if person.role.code in door.opens_to:
            assert answer.status_code not in (403, 404, 500), f"{person.role} is kept out of {address}"
        else:
            assert answer.status_code in (403, 404), f"{person.role} gets {answer.status_code} at {address}"
