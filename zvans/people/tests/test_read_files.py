"""Which file is what, where its table is, and what its columns are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from zvans.core.commands import Refused
from zvans.people.imports import encodings, layout, reading
from zvans.people.imports.layout import Table
from zvans.people.imports.rows import Draft, RowReader

FILES = Path(__file__).parent / "files"


def tables(data: bytes, country: str = "LV") -> list[Table]:
    return layout.tables(reading.read(data), country)


def drafts(data: bytes, country: str = "LV") -> list[Draft]:
    table = tables(data, country)[0]
    reader = RowReader(table, table.mapping, country=country, currency="EUR")
    return [reader.read(line) for line in table.lines]


def by_heading(table: Table) -> dict[str, str]:
    return {heading: table.mapping[index] for index, heading in enumerate(table.headings) if heading}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Vārds;Tālrunis\nŠķēle Ģirts;26\nŪdre Žanete;27\nĶempe Ņina;28", "cp1257"),
        ("Vārds;Tālrunis\nŠķēle Ģirts;26\nŪdre Žanete;27\nĶempe Ņina;28", "iso8859-13"),
        ("Név;Telefonszám\nŐry Máté;06\nSzűcs Győző;07", "cp1250"),
        ("Név;Telefonszám\nŐry Máté;06\nSzűcs Győző;07", "iso8859-2"),
        ("ФИО;Телефон\nИванова Анна;8916\nПетров Сергей;8917", "cp1251"),
        ("ФИО;Телефон\nИванова Анна;8916\nПетров Сергей;8917", "koi8-r"),
        ("ФИО;Телефон\nИванова Анна;8916\nПетров Сергей;8917", "cp866"),
        ("Name;Straße\nJürgen Müller;Größe\nAndré;Façade", "cp1252"),
        ("Vārds;Tālrunis\nŠķēle Ģirts;26", "utf-8"),
        ("Vārds;Tālrunis\nŠķēle Ģirts;26", "utf-8-sig"),
        ("Овог\tНэр\nӨсөхбаяр\tҮүрийнтуяа", "utf-16"),
        ("Vārds\tTālrunis\nŠķēle Ģirts\t26", "utf-16-le"),
        ("Vārds\tTālrunis\nŠķēle Ģirts\t26", "utf-16-be"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert encodings.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators(separator: str) -> None:
    text = f'Name{separator}Phone{separator}Note\n"Ozola{separator} Anna"{separator}29111222{separator}"two\nlines"\n'
    assert encodings.split(text)[1] == [f"Ozola{separator} Anna", "29111222", "two\nlines"]


def test_a_separator_that_the_file_names() -> None:
    assert encodings.split("sep=|\nName|Phone, home\nAnna|2,5")[2] == ["Anna", "2,5"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"%PDF-1.7 something", "PDF"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"a" * 600, "can't be opened"),
        (bytes(range(256)) * 20, "neither a table"),
        (b"<!DOCTYPE html><html><table></table></html>", "web page"),
        (b'<?xml version="1.0"?><clients><client>Anna</client></clients>', "web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table></table>", "web page"),
        (b'[{"name": "Anna Ozola", "phone": "29111222"}]', "neither"),
        (b"{\\rtf1 Anna}", "neither"),
        (b"\n ;;; \n", "empty"),
    ],
)
def test_what_is_no_table_is_answered_by_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        reading.read(data)


HTML = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=%s"><style>td {mso-number-format:0}</style>
</head><body><table><tr><td colspan=3>Klienti &amp; bērni</td></tr><tr><th>Vārds, uzvārds</th><th>Tālrunis<th>Grupa</tr>
<tr><td>Anna&nbsp;Ozola<td>29111222<br>29111224</td><td rowspan="2">vakari</td></tr>
<tr><td>Zane
Liepa</td><td>29 111 223</td></tr></table><script>"<td>no</td>"</script></body></html>"""
XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Klienti"><Table><Row><Cell><Data ss:Type="String">Vārds, uzvārds</Data></Cell>
<Cell><Data ss:Type="String">Tālrunis</Data></Cell><Cell><Data ss:Type="String">Dzim. datums</Data></Cell></Row>
<Row><Cell><Data>Anna Ozola</Data></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">1990-05-03T00:00:00.000</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data>Zane Liepa</Data></Cell><Cell><Data ss:Type="Number">29111223</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="Tukša"><Table></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1257", "utf-16"])
def test_a_web_page_saved_as_a_spreadsheet(encoding: str) -> None:
    anna, zane = drafts((HTML % encoding).encode(encoding))
    assert (anna.person.name.given, anna.person.name.family) == ("Anna", "Ozola")
    assert [point.value for point in anna.person.points] == ["+37129111222", "+37129111224"]
    assert zane.person.name.family == "Liepa"
    assert anna.values == {"deal.group": ["vakari"]}
    assert zane.values == {}, "what a merged cell says stands at its first row"


def test_xml_saved_as_a_spreadsheet() -> None:
    sheets = tables(XML.encode())
    assert [sheet.name for sheet in sheets] == ["Klienti"]
    anna, zane = drafts(XML.encode())
    assert (anna.number, str(anna.person.birthday), anna.person.points) == (2, "1990-05-03", [])
    assert (zane.number, zane.person.points[0].value) == (4, "+37129111223")


def test_an_old_workbook() -> None:
    anna, zane = drafts((FILES / "clients.xls").read_bytes())
    assert (anna.person.name.family, str(anna.person.birthday)) == ("Ozola", "1990-05-03")
    assert zane.person.points[0].value == "+37129111223"


def _locked_ods() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("content.xml", b"\x8f" * 300)
        archive.writestr(
            "META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
        )
    return held.getvalue()


def _locked_xls() -> bytes:
    whole, at = (FILES / "clients.xls").read_bytes(), 512
    bof = 4 + int.from_bytes(whole[at + 2 : at + 4], "little")
    return whole[: at + bof] + b"\x2f\x00\x06\x00" + b"\x8f" * (len(whole) - at - bof - 4)


@pytest.mark.parametrize("data", [(FILES / "locked.xlsx").read_bytes(), _locked_ods(), _locked_xls()])
def test_a_locked_file_says_so(data: bytes) -> None:
    with pytest.raises(Refused, match="password"):
        reading.read(data)


@pytest.mark.parametrize("name", ["clients.xls", "riga-language-school.xlsx"])
@pytest.mark.parametrize("kept", [100, 900, 3000])
def test_a_broken_file_says_so(name: str, kept: int) -> None:
    with pytest.raises(Refused, match="damaged"):
        reading.read((FILES / name).read_bytes()[:kept])


def test_an_archive_that_is_no_spreadsheet() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("photo.jpg", "x")
    with pytest.raises(Refused, match="archive is no spreadsheet"):
        reading.read(held.getvalue())


def test_too_many_rows() -> None:
    with pytest.raises(Refused, match="200,000 rows"):
        reading.read(b"Name;Phone\n" * 200_001)


def _ods(rows: list[list[str]]) -> bytes:
    """The least that is an OpenDocument spreadsheet."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Lapa">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return held.getvalue()


def test_open_document() -> None:
    (table,) = tables(_ods([["Vārds, uzvārds", "Tālrunis"], ["Anna Ozola", "29111222"], ["Jānis Kalns", "29111223"]]))
    assert (table.name, len(table.lines), table.holds_people) == ("Lapa", 2, True)


def test_the_sheets_of_the_register() -> None:
    clients, old, prices = tables((FILES / "riga-language-school.xlsx").read_bytes())
    assert (clients.heading_row, len(clients.lines), clients.by_default) == (4, 420, True)
    assert [text for _row, text in clients.skipped] == ["VASARA", "VASARA", "Pavasaris 2024", "Pavasaris 2024", "Kopā:"]
    assert list(by_heading(clients).values()) == [
        "", "name", "phone", "email", "birthday", "parent", "deal.program", "deal.group", "deal.price", "deal.paid",
        "deal.status", "source", "note", "deal.applied_on",
    ]  # fmt: skip
    assert (len(old.lines), old.by_default) == (60, True)
    assert (prices.holds_people, prices.by_default) == (False, False)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("budapest-workshop.csv", ["name", "phone", "email", "birthday", "deal.program", "deal.applied_on", "deal.status", "deal.price", "deal.paid", "source", "note"]),
        ("ulaanbaatar-training.xlsx", ["", "patronymic", "given_name", "phone", "phone", "email", "deal.program", "deal.applied_on", "deal.price", "deal.balance", "manager", "note"]),
        ("salon-visits.csv", ["deal.applied_on", "deal.time", "name", "phone", "deal.service", "deal.specialist", "deal.price", "deal.paid", "deal.method", "referred_by", "note"]),
    ],
)  # fmt: skip
def test_the_columns_of_files(name: str, fields: list[str]) -> None:
    (table,) = tables((FILES / name).read_bytes())
    assert list(by_heading(table).values()) == fields


RUSSIAN = """Школа «Радуга»;;;;;;;
;;;;;;;
№;ФИО ребёнка;Дата рождения;Телефон мамы;ФИО родителя;Курс;Оплачено;Статус
1;Иванова Анна Петровна;12.05.2015;8 (916) 123-45-67;Иванова Ольга;Робототехника;5 000 руб.;ходит
2;Петров Сергей;03.11.2014;+7 903 765 43 21;мама Елена;Робототехника;;думает
ГРУППА 2;;;;;;;
№;ФИО ребёнка;Дата рождения;Телефон мамы;ФИО родителя;Курс;Оплачено;Статус
3;Сидорова Мария;1 марта 2013;89161112233;;Рисование;половина;отказ (дорого)
Итого;;;;;;5 000;
"""


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-16"])
def test_a_russian_file_with_the_telephone_of_the_mother(encoding: str) -> None:
    anna, sergei, maria = drafts(RUSSIAN.encode(encoding))
    assert (anna.person.name.given, anna.person.name.family, anna.person.name.patronymic) == (
        "Анна",
        "Иванова",
        "Петровна",
    )
    assert [(r.person.name.given, r.person.points[0].value) for r in anna.relatives] == [("Ольга", "+79161234567")]
    assert [(r.person.name.given, r.person.points[0].value) for r in sergei.relatives] == [("Елена", "+79037654321")]
    assert [(point.value, bool(point.whose)) for point in maria.person.points] == [("+79161112233", True)]
    assert [draft.number for draft in (anna, sergei, maria)] == [4, 5, 8]


def test_a_hungarian_file_without_a_heading() -> None:
    text = "Kovács Anna\t06 30 123 4567\tkovacs.anna@mail.hu\t1984. 05. 12.\nNagy Péter\t06 20 765 4321\t\t1990. 01. 03.\nTóth Eszter\t06 70 111 2233\ttoth@mail.hu\t\n"
    anna, peter, _eszter = drafts(text.encode("utf-16"), "HU")
    assert (anna.person.name.given, anna.person.name.family) == ("Anna", "Kovács")
    assert str(anna.person.birthday) == "1984-05-12"
    assert [point.value for point in peter.person.points] == ["+36207654321"]


@pytest.mark.parametrize(
    ("text", "country", "phone"),
    [
        ("Jina;Simu;Bei (TZS)\nAsha Juma;0712345678;40000\nPeter Mushi;0712345679;40000\n", "TZ", "+255712345678"),
        ("Нэр;Утас\nБолормаа;99112233\nХулан;88112233\n", "MN", "+97699112233"),
        ("Név;Telefon\nKovács Anna;06 30 123 4567\nNagy Péter;06 20 765 4321\n", "HU", "+36301234567"),
        ("Name;Phone\nAnna Ozola;29111222\nJānis Kalns;29111223\n", "LV", "+37129111222"),
    ],
)
def test_the_country_of_the_phones_is_the_files_not_the_schools(text: str, country: str, phone: str) -> None:
    (table,) = tables(text.encode())
    reader = RowReader(table, table.mapping, country="LV", currency="EUR")
    assert reader.country == country
    assert reader.read(table.lines[0]).person.points[0].value == phone


def test_a_price_list_holds_no_people() -> None:
    (table,) = tables(b"Name,Price\nEnglish A2,220\nGerman A1,240\n")
    assert not table.holds_people


def test_an_unknown_column_goes_into_the_note_with_its_heading() -> None:
    (draft,) = drafts("Vārds, uzvārds;Tālrunis;Mīļākā krāsa\nAnna Ozola;29111222;zila\n".encode())
    assert draft.person.notes == ["Mīļākā krāsa: zila"]


def test_a_phone_in_the_column_of_e_mails_and_the_other_way() -> None:
    first, second, _third = drafts(
        b"Name;Phone;E-mail\nAnna Ozola;anna@o.lv;29111222\nZane Kalna;29111223 zane@k.lv;\nIeva;29111224;i@e.lv\n"
    )
    assert sorted(point.value for point in first.person.points) == ["+37129111222", "anna@o.lv"]
    assert sorted(point.value for point in second.person.points) == ["+37129111223", "zane@k.lv"]


def test_two_parents_in_a_cell() -> None:
    (draft,) = drafts("Bērns;Vecāki;Kurss\nEmīls Kalns;Anna Kalna 26111222, Jānis Kalns 26111333;Keramika\n".encode())
    assert [(r.person.name.given, r.person.points[0].value) for r in draft.relatives] == [
        ("Anna", "+37126111222"),
        ("Jānis", "+37126111333"),
    ]


CARDS = """BEGIN:VCARD
VERSION:3.0
FN:SIA Rota
ORG:SIA Rota;Noliktava
TEL;TYPE=WORK:67111222
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
 SkZJRgABAQ
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4B=61=6C=6E=
=69=C5=86=C5=A1;=4A=C4=81=6E=69=73
TEL;CELL:29111222
TEL;HOME:67222333
NOTE;ENCODING=QUOTED-PRINTABLE:rinda=0D=0Adivi
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Anna Ozola
N:Ozola;Anna;;;
TEL;VALUE=uri;TYPE="voice,cell":tel:+37129111333
item1.EMAIL:anna@o.lv
item1.X-ABLabel:darbs
BDAY:19840512
NOTE:pirmā\\, otrā\\nļoti gar
 a piezīme
CATEGORIES:VIP
END:VCARD
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_address_book(ending: str) -> None:
    rota, janis, anna = drafts(CARDS.replace("\n", ending).encode())
    assert (rota.person.name.given, [point.value for point in rota.person.points]) == ("SIA Rota", ["+37167111222"])
    assert (janis.person.name.given, janis.person.name.family) == ("Jānis", "Kalniņš")
    assert [point.value for point in janis.person.points] == ["+37129111222", "+37167222333"]
    assert janis.person.notes == ["rinda\ndivi"]
    assert [point.value for point in anna.person.points] == ["+37129111333", "anna@o.lv"]
    assert (str(anna.person.birthday), anna.tags) == ("1984-05-12", ["VIP"])
    assert anna.person.notes == ["pirmā, otrā\nļoti gara piezīme"]
