"""A file as sheets of rows of cells, whatever kind it is; what it is shows in its content, not in its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Never

import python_calamine
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zvans.core.commands import Refused
from zvans.people.imports import encodings, markup, vcards
from zvans.people.imports.cells.plain import Cell, text_of

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
_MOST_UNPACKED = 1024 * 1024 * 1024
_MOST_CELLS = 8_000_000
_MANIFEST = "META-INF/manifest.xml"
_BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")


@dataclass(frozen=True)
class Sheet:
    """Rows of cells as they stand in the file, empty ones too.

    Args:
        first: the number that a person sees at the first row.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    first: int = 1
    is_hidden: bool = False


@dataclass(frozen=True)
class Book:
    sheets: Sequence[Sheet]

    def beginning(self, rows: int = 1000) -> Book:
        """The first rows of each sheet, enough to tell what it holds."""
        return Book([replace(sheet, rows=sheet.rows[:rows]) for sheet in self.sheets])


def read(data: bytes) -> Book:
    """The sheets of the file.

    Raises:
        Refused: when it is no table and no address book, is encrypted, broken or too large.
    """
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is larger than 50 MB. Cut it into parts and bring them in one after another."))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused(_("The file is empty."))
    if data.startswith(b"PK"):
        _refuse_other_archives(data)
        return _workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(data)
    if vcards.is_address_book(data):
        return _limited(Book([Sheet("vCard", vcards.read(encodings.decode(data)), first=0)]))
    if markup.is_markup(data):
        return _limited(_marked_up(data))
    _refuse_other_kinds(data)
    return _limited(Book([Sheet("", encodings.split(encodings.decode(data)))]))


def _refuse_other_archives(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
            locked = _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(_("The file is damaged: it ends too early or was changed on its way. Save it again.")) from None
    if locked:
        _refuse_locked()
    if unpacked > _MOST_UNPACKED:
        raise Refused(_("The file is too large when unpacked. Cut it into parts."))
    if not names & {*_WORKBOOKS, "content.xml"}:
        raise Refused(_("This archive is no spreadsheet. Unpack it first, or save the table as xlsx, ods or csv."))


def _workbook(data: bytes) -> Book:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            wanted = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return _limited(Book([_sheet(workbook, sheet.name, sheet.visible) for sheet in wanted]))
    except python_calamine.PasswordError:
        _refuse_locked()
    except Refused:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        said = str(error).lower()
        if (
            "password" in said
            or "encrypt" in said
            or b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data
            or _is_locked_xls(data)
        ):
            _refuse_locked()
        raise Refused(
            _(
                "This spreadsheet can't be opened: it is damaged or of an unknown kind. Save it as xlsx or csv and try again."
            )
        ) from None


def _is_locked_xls(data: bytes) -> bool:
    """Whether the workbook begins (BOF) with the record of its encryption (FILEPASS, 2Fh) among its first few."""
    at = data.find(_BOF)
    for _record in range(5) if at >= 0 else ():
        if data[at : at + 2] == b"\x2f\x00":
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


def _refuse_locked() -> Never:
    raise Refused(_("The file is locked with a password. Save it without one and try again."))


def _sheet(workbook: CalamineWorkbook, name: str, visible: SheetVisibleEnum) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.height > MOST_ROWS or sheet.height * max(sheet.width, 1) > _MOST_CELLS:
        _refuse_length()
    rows = sheet.to_python(skip_empty_area=False)
    return Sheet(name, rows, is_hidden=visible != SheetVisibleEnum.Visible)


def _marked_up(data: bytes) -> Book:
    """The tables of a web page or XML, which programs save as .xls too."""
    try:
        text = data.decode(markup.charset_of(data) or "utf-8")
    except (LookupError, UnicodeError):
        text = encodings.decode(data)
    found = markup.tables(text)
    if not found:
        raise Refused(_("This is a web page or XML. Open it in a spreadsheet program and save it as xlsx or csv."))
    return Book([Sheet(name, rows) for name, rows in found])


def _refuse_other_kinds(data: bytes) -> None:
    start = data[:1000]
    if start.startswith(b"%PDF"):
        raise Refused(_("This is a PDF. Clients come in from a table: xlsx, xls, ods, csv, or an address book (vcf)."))
    if start.startswith(b"{\\rtf") or re.match(rb"\s*(\[\s*)?\{\s*[\"}]", start):
        raise Refused(_("This is neither a table nor an address book. Save your list as xlsx, ods, csv or vcf."))
    if start.lstrip()[:13].lower() == b"mime-version:":
        raise Refused(_("This is a web page or XML. Open it in a spreadsheet program and save it as xlsx or csv."))
    text = encodings.decode(data[:20_000])
    strange = sum(not (c.isprintable() or c in "\r\n\t\f\ufeff") for c in text)
    if strange * 50 > len(text):
        raise Refused(_("This is neither a table nor an address book. Save your list as xlsx, ods, csv or vcf."))


def _limited(book: Book) -> Book:
    if any(len(sheet.rows) > MOST_ROWS for sheet in book.sheets):
        _refuse_length()
    if not any(cell is not None and text_of(cell) for sheet in book.sheets for row in sheet.rows for cell in row):
        raise Refused(_("There is nothing in the file: every sheet is empty."))
    return book


def _refuse_length() -> None:
    raise Refused(_("The file has more than 200,000 rows. Cut it into parts and bring them in one after another."))
