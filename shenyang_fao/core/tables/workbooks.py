"""XLSX files, opened only after their parts have been unpacked under a limit and every cell was found within bounds.

A workbook is a ZIP of XML files. The reader behind it unpacks whatever the ZIP holds and makes room for every cell up to the
last one, so that a small file could ask for more memory than there is.
"""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import NoReturn
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shenyang_fao.core.tables.limits import COLUMNS_AT_MOST, refuse_columns, refuse_rows, rows_at_most

Cell = str | int | float | bool | date | time | datetime | timedelta

UNPACKED_AT_MOST = 100 * 1024 * 1024
PARTS_AT_MOST = 2000
WORKBOOK = "xl/workbook.xml"
# What a sheet is read from; pictures, charts and macros stay unopened.
WANTED = re.compile(r"(\[Content_Types\]\.xml|.*\.rels|xl/[^/]+\.xml|xl/worksheets/[^/]+\.xml)", re.IGNORECASE)
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Beyond this a whole number in Excel is no longer exact (IEEE 754).
EXACT = 2**53


def read_workbook(data: bytes) -> list[list[str]]:
    """Return the cells of the first visible sheet as texts, from its first row on. Raises ValidationError."""
    parts = _unpack(data)
    for text in parts.values():
        _survey(text)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_pack(parts)))
        sheets = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        sheet = book.get_sheet_by_name(sheets[0])
        rows, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges
    except (CalamineError, IndexError, ValueError, OverflowError):
        raise _broken() from None
    if merged:
        _refuse_merged(*merged[0])
    return [[as_text(cell) for cell in row] for row in rows]


def as_text(value: Cell) -> str:
    """Return a cell as a person would type it: whole numbers without a point, dates as ISO 8601."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return str(value).strip()


def _unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts that matter. What they unpack to is counted, not believed: a ZIP may say what it likes."""
    parts: dict[str, bytes] = {}
    room = UNPACKED_AT_MOST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > PARTS_AT_MOST:
                raise _too_large()
            for name in filter(WANTED.fullmatch, package.namelist()):
                with package.open(name) as part:
                    parts[name] = part.read(room + 1)
                room -= len(parts[name])
                if room < 0:
                    raise _too_large()
    except RuntimeError:  # so zipfile calls a part under a password
        raise ValidationError(
            _("The workbook is protected by a password. Save it without one."), code="locked"
        ) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise _broken() from None
    if WORKBOOK not in parts:
        raise _broken()
    return parts


def _pack(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP of what was counted, so that the reader opens these very bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return packed.getvalue()


def _survey(text: bytes) -> None:
    """Walk through a part and refuse a cell that lies out of bounds, and definitions that could unfold."""
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.enter
    parser.StartDoctypeDeclHandler = _refuse_definitions
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError):
        raise _broken() from None


class _Extent:
    """Where the cells with a value lie; cells that only carry a format do not count."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self._place(attributes.get("r", ""))
            if attributes.get("t") == "e":
                self._refuse_error()
        elif tag in {"v", "is"} and self.row:
            self._judge()

    def _place(self, reference: str) -> None:
        found = REFERENCE.fullmatch(reference)
        if found:
            self.column, self.row = _number_of(found[1]), int(found[2])
        elif reference:
            raise ValueError(reference)
        else:
            self.column += 1

    def _judge(self) -> None:
        if self.row > rows_at_most() + 1:
            refuse_rows()
        if self.column > COLUMNS_AT_MOST:
            refuse_columns()

    def _refuse_error(self) -> None:
        """The reader gives an error as an empty cell, and importing that would empty a field."""
        raise ValidationError(
            _("Row %(row)s, column %(column)s shows an error such as #N/A. Mend its formula first."),
            code="formula_error",
            params={"row": self.row, "column": self.column},
        )


def _number_of(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_merged(first: tuple[int, int], last: tuple[int, int]) -> NoReturn:
    """Only the first cell of such a group holds the value; importing the others would empty fields."""
    raise ValidationError(
        _("The cells %(first)s to %(last)s are merged. Undo that, so that each row has its own cells."),
        code="merged",
        params={"first": _reference(*first), "last": _reference(*last)},
    )


def _reference(row: int, column: int) -> str:
    """Return how a spreadsheet calls a cell, counted from 0: A1 is (0, 0), AA2 is (1, 26)."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _refuse_definitions(*declaration: object) -> None:
    raise _broken()


def _broken() -> ValidationError:
    return ValidationError(_("The file says it is an XLSX workbook but cannot be read as one."), code="broken")


def _too_large() -> ValidationError:
    return ValidationError(
        _("The workbook unpacks to more than a table needs. Copy the table to a new one."), code="bomb"
    )
