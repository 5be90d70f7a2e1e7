"""From rows to a file: XLSX with every text as text, CSV streamed as UTF-8 with a mark (so that Excel reads it) or as GB 18030."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from django.utils.translation import gettext as _

from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.kinds import Number
from shenyang_fao.core.tables.texts import defuse

# What a cell is, is decided here and never by what it holds; rows are written out as they come.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
# What the name of a sheet may not hold (ECMA-376 as Excel reads it); it has at most 31 signs.
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")
WIDEST, NARROWEST = 60, 10
# Excel's number for cells that stay as they are typed: 2019-05 must not turn into the first of May.
AS_TYPED = "@"

Cells = Sequence[str | float]


class _Echo:
    """A file that hands on what is written to it, for `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def csv_rows(columns: Sequence[Column], records: Iterable[dict[str, Any]], *, encoding: str) -> Iterator[bytes]:
    """Yield a CSV file row by row; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    writer: Any = csv.writer(_Echo())
    if encoding == "utf-8":
        yield codecs.BOM_UTF8
    yield writer.writerow([column.title for column in columns]).encode(encoding)
    for record in records:
        shown = (column.kind.show(record.get(column.key)) for column in columns)
        yield writer.writerow([defuse(cell) for cell in shown]).encode(encoding)


def workbook(columns: Sequence[Column], records: Iterable[dict[str, Any]], *, title: str) -> bytes:
    """Return the records as an XLSX file."""
    header = [column.title for column in columns]
    rows = ([_cell(column, record.get(column.key)) for column in columns] for record in records)
    return sheets([(title, header, rows)])


def template(columns: Sequence[Column], *, title: str) -> bytes:
    """Return an XLSX file to be filled in: a sheet with the header alone, and one that explains the columns."""
    about = [_("Column"), _("Short name"), _("Required"), _("What to write")]
    lines = [[column.title, column.key, _("yes") if column.is_required else "", str(column.help)] for column in columns]
    return sheets([(title, [column.title for column in columns], []), (_("Columns"), about, lines)])


def sheets(contents: Sequence[tuple[str, Sequence[str], Iterable[Cells]]]) -> bytes:
    """Return an XLSX file of sheets, each with a title, a header and rows."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    bold = book.add_format({"bold": True, "num_format": AS_TYPED, "bottom": 1, "text_wrap": True, "valign": "top"})
    typed = book.add_format({"num_format": AS_TYPED, "text_wrap": True, "valign": "top"})
    for title, header, rows in contents:
        sheet = book.add_worksheet(title.translate(NOT_IN_A_NAME)[:31])
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.set_column(place, place, _width(name), typed)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, 1):
            _write_row(sheet, number, row, typed)
    book.close()
    return file.getvalue()


def _write_row(sheet: Any, number: int, row: Cells, typed: Any) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, float):
            sheet.write_number(number, place, cell)
        elif cell:
            sheet.write_string(number, place, cell, typed)


def _cell(column: Column, value: Any) -> str | float:
    return float(value) if isinstance(column.kind, Number) and value is not None else column.kind.show(value)


def _width(name: str) -> int:
    """Return the width of a column in signs; a Chinese one takes two."""
    signs = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in name)
    return min(max(2 * signs, NARROWEST), WIDEST)
