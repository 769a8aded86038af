"""Amounts as people type and read them."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zvans.core import money

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("220", "220"),
        ("220,50", "220.50"),
        ("220.5", "220.5"),
        ("1 250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("45.000", "45000"),
        ("45,000", "45000"),
        ("1.234.567", "1234567"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        (f"45{NBSP}000", "45000"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert money.parse(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "abc", "12 EUR", "1,2,3x", "NaN", "Infinity", "--5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        money.parse(typed)


@pytest.mark.parametrize(
    ("language", "minor", "currency", "shown"),
    [
        ("en", 22000, "EUR", "€220"),
        ("en", 22050, "EUR", "€220.50"),
        ("lv", 22000, "EUR", f"220{NBSP}€"),
        ("lv", 123456, "EUR", f"1{NBSP}234,56{NBSP}€"),
        ("hu", 4500000, "HUF", f"45{NBSP}000{NBSP}Ft"),
        ("en", 450, "JPY", "¥450"),
        ("en", -500, "EUR", "\u2212€5"),
    ],
)
def test_an_amount_is_shown_as_the_language_writes_it(language: str, minor: int, currency: str, shown: str) -> None:
    with translation.override(language):
        assert money.show(minor, currency) == shown


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "HUF", "JPY", "TZS", "MNT", "KWD"]))
def test_minor_units_and_decimals_are_the_same_amount(minor: int, currency: str) -> None:
    assert money.to_minor(money.to_decimal(minor, currency), currency) == minor
