"""What is read in one cell, in all the ways in which people write it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvans.people.imports import words
from zvans.people.imports.cells.amounts import Amount, currency_of, read_amount
from zvans.people.imports.cells.contacts import emails_in, numbers_of, phones_in
from zvans.people.imports.cells.dates import DateStyle, read_date, read_time, style_of
from zvans.people.imports.cells.methods import read_method
from zvans.people.imports.cells.names import NameOrder, order_of, read_name
from zvans.people.imports.cells.plain import Cell, is_none, text_of
from zvans.people.imports.cells.statuses import Standing, read_status

TODAY = date(2026, 11, 22)
ANY = DateStyle(today=TODAY)
BIRTHDAY = DateStyle(today=TODAY, past=True)


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("25662475", "LV", ["+37125662475"]),
        ("22515352, (+371)23109360 (vīrs)", "LV", ["+37122515352", "+37123109360 vīrs"]),
        ("20 129 424 / 23541064", "LV", ["+37120129424", "+37123541064"]),
        ("25662475 26662475", "LV", ["+37125662475", "+37126662475"]),
        ("25662475 vai 26662475", "LV", ["+37125662475", "+37126662475"]),
        ("mob.: 25662475; darbs 67000001", "LV", ["+37125662475", "+37167000001"]),
        ("25662475\n26662475 māte", "LV", ["+37125662475", "+37126662475 māte"]),
        ("8-25231225", "LV", ["+37125231225"]),
        ("00371-22-449-326", "LV", ["+37122449326"]),
        ("06-30/898-1851", "HU", ["+36308981851"]),
        ("06 30 123 4567", "HU", ["+36301234567"]),
        ("36703099632", "HU", ["+36703099632"]),
        ("0712368155/0767375600", "TZ", ["+255712368155", "+255767375600"]),
        ("255 766 816 679", "TZ", ["+255766816679"]),
        ("+254 752122969", "TZ", ["+254752122969"]),
        ("9567-9797", "MN", ["+97695679797"]),
        ("99941946, 99112233 ээж", "MN", ["+97699941946", "+97699112233 ээж"]),
        ("8 (916) 123-45-67", "RU", ["+79161234567"]),
        ("tel:+37121355816", "LV", ["+37121355816"]),
        ("Anna 25662475", "LV", ["+37125662475 Anna"]),
        ("nav", "LV", []),
        ("-", "LV", []),
        ("nincs", "HU", []),
        ("hakuna", "TZ", []),
    ],
)
def test_phones(text: str, country: str, found: list[str]) -> None:
    assert [f"{phone.value} {phone.whose}".strip() for phone in phones_in(text, country)] == found


@pytest.mark.parametrize("text", ["12 pie mammas", "123", "3.71E+10", "pie sekretāres"])
def test_what_is_no_phone_is_kept_as_it_is_written(text: str) -> None:
    assert [(phone.value, phone.readable) for phone in phones_in(text, "LV")] == [(text, False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("daniels.krumins @inbox.example", ["daniels.krumins@inbox.example"]),
        ("SANTA.UDRE38@E-PASTS.EXAMPLE", ["santa.udre38@e-pasts.example"]),
        ("santa@mail.example;", ["santa@mail.example"]),
        ("a@b.lv; c@d.lv", ["a@b.lv", "c@d.lv"]),
        ("a@b.lv/ c@d.lv", ["a@b.lv", "c@d.lv"]),
        ("Anna <anna@b.lv>", ["anna@b.lv"]),
        ("mailto:anna@b.lv", ["anna@b.lv"]),
        ("nav", []),
        ("-", []),
        ("нет", []),
    ],
)
def test_emails(text: str, found: list[str]) -> None:
    assert [address.value for address in emails_in(text)] == found


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("19.05.1982", date(1982, 5, 19)),
        ("2001-04-02", date(2001, 4, 2)),
        ("13.11.1995.", date(1995, 11, 13)),
        ("2024. 03. 12.", date(2024, 3, 12)),
        ("2026/08/27", date(2026, 8, 27)),
        ("07/01/2025", date(2025, 1, 7)),
        ("12/31/1985", date(1985, 12, 31)),
        ("12. marts 2024", date(2024, 3, 12)),
        ("2024. gada 12. martā", date(2024, 3, 12)),
        ("2024. március 12.", date(2024, 3, 12)),
        ("12 Machi 2025", date(2025, 3, 12)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("12 марта 2024 г.", date(2024, 3, 12)),
        ("2024 оны 3 сарын 12", date(2024, 3, 12)),
        ("20240312", date(2024, 3, 12)),
        (31000.0, date(1984, 11, 14)),
        (datetime(2024, 3, 12, 10), date(2024, 3, 12)),  # noqa: DTZ001 - as a spreadsheet has it
        (date(2024, 3, 12), date(2024, 3, 12)),
        ("2024-03-12 10:00", date(2024, 3, 12)),
        ("5 сарын 12-нд", None),
        ("vakar", None),
        ("1985", None),
        ("32.13.2020", None),
        ("29.02.2023", None),
        (True, None),
    ],
)
def test_dates(cell: Cell, day: date | None) -> None:
    assert read_date(cell, ANY) == day


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("20.2.12", date(2012, 2, 20)),
        ("26.11.85", date(1985, 11, 26)),
        ("3.2.96", date(1996, 2, 3)),
        ("1.1.30", date(1930, 1, 1)),
    ],
)
def test_a_birthday_of_two_digits_is_the_latest_that_is_past(text: str, born: date) -> None:
    assert read_date(text, BIRTHDAY) == born


def test_a_birthday_to_come_is_none() -> None:
    assert read_date("01.01.2030", BIRTHDAY) is None


def test_a_column_with_a_month_above_twelve_is_month_first() -> None:
    american = style_of(["03/25/1990", "04/05/1991"], past=True, today=TODAY)
    assert read_date("04/05/1991", american) == date(1991, 4, 5)
    assert read_date("04/05/1991", style_of(["25/03/1990", "04/05/1991"], past=True, today=TODAY)) == date(1991, 5, 4)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("2:00 PM", time(14)),
        ("15.15", time(15, 15)),
        ("17h00", time(17)),
        ("09:00", time(9)),
        (0.5, time(12)),
        ("18", time(18)),
        ("vakarā", None),
        ("25:00", None),
    ],
)
def test_times(cell: Cell, clock: time | None) -> None:
    assert read_time(cell) == clock


@pytest.mark.parametrize(
    ("cell", "parts", "discount"),
    [
        (220.0, (22000,), 0),
        ("260,00", (26000,), 0),
        ("240 €", (24000,), 0),
        ("260-10%", (26000,), 2600),
        ("260 - 26", (26000,), 2600),
        ("130+130", (13000, 13000), 0),
        ("2x130", (13000, 13000), 0),
        ("130 + 130 = 260", (13000, 13000), 0),
        ("45 000 Ft", (4500000,), 0),
        ("45.000,-", (4500000,), 0),
        ("45 ezer Ft", (4500000,), 0),
        ("450мян", (45000000,), 0),
        ("1.5 сая", (150000000,), 0),
        ("60000/=", (6000000,), 0),
        ("25,000", (2500000,), 0),
        ("TZS 40,000", (4000000,), 0),
        ("€1,200.50", (120050,), 0),
        ("220 eiro", (22000,), 0),
        ("10 000 руб.", (1000000,), 0),
        ("1.250.000", (125000000,), 0),
        ("bezmaksas", (0,), 0),
        ("nav", (0,), 0),
        ("0", (0,), 0),
        ("50", (5000,), 0),
    ],
)
def test_amounts(cell: Cell, parts: tuple[int, ...], discount: int) -> None:
    assert read_amount(cell, "EUR") == Amount(parts, discount)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("jā", 1),
        ("puse", "0.5"),
        ("fizetett", 1),
        ("төлсөн", 1),
        ("amelipa", 1),
        ("оплачено", 1),
        ("половина", "0.5"),
        ("50%", "0.5"),
    ],
)
def test_a_share_of_the_price(text: str, share: Any) -> None:
    amount = read_amount(text, "EUR")
    assert amount is not None
    assert amount.share == Decimal(share)
    assert amount.of(26000) == (int(26000 * Decimal(share)),)
    assert amount.of(None) is None


@pytest.mark.parametrize("text", ["дутуу", "dutuu", "vienosies", "x", "12a", "#N/A", "#REF!"])
def test_what_is_no_amount(text: str) -> None:
    assert read_amount(text, "EUR") is None


def test_the_currency_of_a_heading() -> None:
    assert [currency_of(text) for text in ("Bei (TZS)", "Cena, €", "Төлбөр (₮)", "Ár")] == ["TZS", "EUR", "MNT", ""]


@pytest.mark.parametrize(
    ("text", "standing", "reason"),
    [
        ("jāzvana!!", Standing.CALL_BACK, ""),
        ("domā", Standing.THINKING, ""),
        ("gaida", Standing.WAITING, ""),
        ("atteicās", Standing.REFUSED, ""),
        ("atteicās (dārgi)", Standing.REFUSED, "Dārgi"),
        ("отказ: дорого", Standing.REFUSED, "Дорого"),
        ("apstiprināja", Standing.CONFIRMED, ""),
        ("Apstiprināts", Standing.CONFIRMED, ""),
        ("nav samaksāts", Standing.NEW, ""),
        ("részletben", Standing.INSTALMENTS, ""),
        ("visszautasította", Standing.REFUSED, ""),
        ("gondolkodik", Standing.THINKING, ""),
        ("fizetett", Standing.PAID, ""),
        ("megerősítette", Standing.CONFIRMED, ""),
        ("думает", Standing.THINKING, ""),
        ("не берёт трубку", Standing.CALL_BACK, ""),
        ("amekataa", Standing.REFUSED, ""),
        ("anasoma", Standing.ATTENDING, ""),
        ("бодож байна", Standing.THINKING, ""),
        ("won't come", Standing.REFUSED, ""),
        ("", Standing.NEW, ""),
    ],
)
def test_statuses(text: str, standing: Standing, reason: str) -> None:
    status = read_status(text)
    assert status is not None
    assert (status.standing, status.reason) == (standing, reason)


def test_a_status_that_is_not_understood() -> None:
    assert read_status("zzz") is None


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("taslimu", "cash"),
        ("kadi", "card"),
        ("M-Pesa", "transfer"),
        ("skaidrā naudā", "cash"),
        ("bankkártya", "card"),
        ("переводом", "transfer"),
        ("zivis", None),
    ],
)
def test_methods(text: str, method: str | None) -> None:
    assert read_method(text) == method


LATVIAN = order_of(["Alise Šķēle", "Bērziņš Artūrs", "Daniels Krūmiņš", "Markuss Liepiņš", "Līga Šķēle"], hint=False)
HUNGARIAN = order_of(["Nagy Zsófia", "Őry Máté", "Rácz Attila"], language="hu")
RUSSIAN = order_of(["Иванова Анна Петровна", "Петров Сергей"], hint=True, language="ru")
MONGOLIAN = order_of(["Дорж Ганбаатар", "Б.Болормаа"], language="mn")


@pytest.mark.parametrize(
    ("text", "order", "given", "family", "patronymic"),
    [
        ("Alise Šķēle ", LATVIAN, "Alise", "Šķēle", ""),
        ("Bērziņš Artūrs", LATVIAN, "Artūrs", "Bērziņš", ""),
        ("ALISE  Šķēle", LATVIAN, "Alise", "Šķēle", ""),
        ("Žagare  Emīlija", LATVIAN, "Emīlija", "Žagare", ""),
        ("Marta Dzene-Kalna", LATVIAN, "Marta", "Dzene-Kalna", ""),
        ("Mushi, Hamisi", NameOrder(), "Hamisi", "Mushi", ""),
        ("UPENDO MASSAWE", NameOrder(), "Upendo", "Massawe", ""),
        ("SAIDI NG'ONG'A", NameOrder(), "Saidi", "Ng'ong'a", ""),
        ("Upendo", NameOrder(), "Upendo", "", ""),
        ("dr. Papp Dorottya", HUNGARIAN, "Dorottya", "Papp", ""),
        ("Kovács Anna Mária", HUNGARIAN, "Anna Mária", "Kovács", ""),
        ("Dávid-Kiss Eszter", HUNGARIAN, "Eszter", "Dávid-Kiss", ""),
        ("Иванова Анна Петровна", RUSSIAN, "Анна", "Иванова", "Петровна"),
        ("Анна Петровна Иванова", RUSSIAN, "Анна", "Иванова", "Петровна"),
        ("Петров Сергей", RUSSIAN, "Сергей", "Петров", ""),
        ("Ж.Дөлгөөн", MONGOLIAN, "Дөлгөөн", "", "Ж."),
        ("Дорж Ганбаатар", MONGOLIAN, "Ганбаатар", "", "Дорж"),
        ("Bērziņš J.", LATVIAN, "J.", "Bērziņš", ""),
        ("SIA Rota", NameOrder(), "SIA Rota", "", ""),
    ],
)
def test_names(text: str, order: NameOrder, given: str, family: str, patronymic: str) -> None:
    name = read_name(text, order)
    assert (name.given, name.family, name.patronymic) == (given, family, patronymic)


def test_a_title_is_kept_beside_the_name() -> None:
    assert read_name("dr. Papp Dorottya", HUNGARIAN).title == "dr."


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        ("Uzvārds, vārds", True),
        ("Vārds, uzvārds", False),
        ("ФИО", True),
        ("Jina la mteja", None),
        ("Фамилия Имя", True),
    ],
)
def test_what_a_heading_says_of_the_order(heading: str, first: bool | None) -> None:
    assert words.family_first(heading) is first


@pytest.mark.parametrize(
    ("text", "name"),
    [("FB", "Facebook"), ("facebook", "Facebook"), ("insta", "Instagram"), ("mājas lapa", "Mājas lapa")],
)
def test_sources(text: str, name: str) -> None:
    assert words.source(text) == name


@pytest.mark.parametrize(("text", "who"), [("ieteica Ilze", "Ilze"), ("рекомендация", ""), ("google", None)])
def test_who_recommended(text: str, who: str | None) -> None:
    assert words.recommender(text) == who


CELLS = st.one_of(
    st.text(max_size=60),
    st.text("0123456789+-/., ()€%:=@abkgдутуā\n", max_size=40),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(CELLS)
def test_no_cell_breaks_the_reading(cell: Cell) -> None:
    text = text_of(cell)
    is_none(text)
    phones_in(text, "LV")
    emails_in(text)
    numbers_of(text, "TZ")
    read_date(cell, ANY)
    read_date(cell, BIRTHDAY)
    read_time(cell)
    read_amount(cell, "EUR")
    read_status(text)
    read_method(text)
    read_name(text, LATVIAN)
    words.source(text)
    words.recommender(text)
