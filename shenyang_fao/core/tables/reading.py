"""From the bytes of a file to a header and its rows. The content decides what a file is, never its name."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.tables.limits import CELL_AT_MOST, COLUMNS_AT_MOST, refuse_columns, refuse_rows, rows_at_most
from shenyang_fao.core.tables.texts import no_table, read_text
from shenyang_fao.core.tables.workbooks import read_workbook

# Under a name that ends in .csv, one may well hold nothing but readable signs.
PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
# The container of the old binary formats, and of workbooks under a password ([MS-OFFCRYPTO], 2.3.4).
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNDER_PASSWORD = "EncryptedPackage".encode("utf-16-le")
# The usual separator goes without saying.
SEPARATED = {",": "", ";": " · ;", "\t": " · Tab"}


class Line(NamedTuple):
    """A row as the spreadsheet counts it: the header is row 1."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    """What a file holds. ``form`` says how it was read, so that a wrong guess is seen: "CSV · GB 18030 · ;"."""

    header: list[str]
    lines: list[Line]
    form: str


def read(data: bytes) -> Sheet:
    """Return header and rows; rows without a value are left out. Raises ValidationError for the person who chose the file."""
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(limit)s MB."),
            code="too_large",
            params={"limit": settings.UPLOAD_MAX_BYTES // 1024**2},
        )
    if not data.strip():
        raise ValidationError(_("The file is empty."), code="empty")
    rows, form = _cells(data)
    return _sheet(rows, form)


def _cells(data: bytes) -> tuple[list[list[str]], str]:
    if data.startswith(COMPOUND):
        _refuse_old(data)
    if data.lstrip().startswith(PDF):
        raise no_table()
    if data.startswith(ZIP):
        return read_workbook(data), "XLSX"
    text = read_text(data)
    return text.rows, f"CSV · {text.encoding}{SEPARATED[text.delimiter]}"


def _refuse_old(data: bytes) -> None:
    if UNDER_PASSWORD in data:
        raise ValidationError(_("The workbook is protected by a password. Save it without one."), code="locked")
    raise ValidationError(_("This is the old format XLS. Save the table as XLSX or CSV."), code="old_format")


def _sheet(rows: list[list[str]], form: str) -> Sheet:
    header = _trimmed(rows[0]) if rows else []
    if not any(header):
        raise ValidationError(_("The first row has to name the columns; it is empty."), code="no_header")
    if len(header) > COLUMNS_AT_MOST:
        refuse_columns()
    if len(rows) - 1 > rows_at_most():
        refuse_rows()
    lines = list(_lines(rows))
    if not lines:
        raise ValidationError(_("The file has a header but no rows."), code="no_rows")
    return Sheet(header, lines, form)


def _lines(rows: list[list[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows[1:], 2):
        cells = _trimmed(row)
        if any(len(cell) > CELL_AT_MOST for cell in cells):
            raise ValidationError(
                _("A cell of row %(row)s has more than %(limit)s characters."),
                code="too_long",
                params={"row": number, "limit": CELL_AT_MOST},
            )
        if cells:
            yield Line(number, cells)


def _trimmed(row: list[str]) -> list[str]:
    """Return the cells up to the last one with a value."""
    length = max((place for place, cell in enumerate(row, 1) if cell), default=0)
    return row[:length]
