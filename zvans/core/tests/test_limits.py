"""How often strangers may do a thing, and who a stranger is."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import RequestFactory
from pytest_django import Settings

from zvans.core import limits, visitors
from zvans.core.models import Tally

pytestmark = pytest.mark.django_db


def test_so_many_an_hour_and_then_no_more() -> None:
    assert [limits.within("knock", 3) for _time in range(5)] == [True, True, True, False, False]
    assert limits.within("ring", 3)


def test_the_next_hour_begins_anew() -> None:
    assert [limits.within("knock", 1) for _time in range(2)] == [True, False]
    Tally.objects.update(until=F("until") - limits.WINDOW)
    assert [limits.within("knock", 1) for _time in range(2)] == [True, False]


def test_what_is_over_is_forgotten() -> None:
    limits.within("old", 1)
    Tally.objects.update(until=F("until") - limits.WINDOW - timedelta(seconds=1))
    limits.within("new", 1)
    limits.forget()
    assert Tally.objects.get().name == "new"


def test_no_address_is_kept() -> None:
    limits.may_apply(RequestFactory().post("/", REMOTE_ADDR="203.0.113.9"))
    assert not Tally.objects.filter(name__contains="203").exists()
    assert Tally.objects.count() == 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "found"),
    [
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "127.0.0.1", "203.0.113.9"),
        (2, "", "127.0.0.1", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1", "127.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Settings, proxies: int, forwarded: str, remote: str, found: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert visitors.address(request) == found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("http://[broken", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("", ""),
        ("https://a.example/\x00", "https://a.example/"),
    ],
)
def test_the_address_of_a_page_or_nothing(typed: str, kept: str) -> None:
    assert visitors.web_address(typed) == kept
