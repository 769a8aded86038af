"""Phone numbers as people type them in five countries."""

import pytest

from zvans.core import phones


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("25662475", "LV", "+37125662475"),
        ("(+371)22938194", "LV", "+37122938194"),
        ("00371-24-378-174", "LV", "+37124378174"),
        ("8-25231225", "LV", "+37125231225"),
        ("371 25662475", "LV", "+37125662475"),
        ("06-70/620-4060", "HU", "+36706204060"),
        ("36302145155", "HU", "+36302145155"),
        ("9567-9797", "MN", "+97695679797"),
        ("255 766 816 679", "TZ", "+255766816679"),
        ("0712368155", "TZ", "+255712368155"),
        ("+254 752122969", "TZ", "+254752122969"),
        ("", "LV", None),
        ("12", "LV", None),
        ("nav", "LV", None),
        ("25662475 pie mammas", "LV", None),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, country: str, number: str | None) -> None:
    assert phones.parse(typed, country) == number


def test_a_number_is_shown_as_people_write_it_there() -> None:
    assert phones.display("+37125662475", "LV") == "25 662 475"
    assert phones.display("+37125662475", "HU") == "+371 25 662 475"
    assert phones.display("pie mammas", "LV") == "pie mammas"
