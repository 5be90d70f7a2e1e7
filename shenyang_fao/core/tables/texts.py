"""CSV files as they come: UTF-8 with or without a mark, UTF-16 or GB 18030; commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.tables.limits import rows_at_most

DELIMITERS = (",", ";", "\t")
# GB 18030 contains GBK and GB 2312, which Chinese office programs write.
ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GB 18030"))
MARKS = ((codecs.BOM_UTF8, "utf-8-sig", "UTF-8"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"), (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"))  # fmt: skip
NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Excel takes such a beginning for a formula; `writing` put an apostrophe before it. A number may begin with its sign.
# The wide signs of a Chinese keyboard begin one as well.
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


class Text(NamedTuple):
    """The cells of a file and how it was read."""

    rows: list[list[str]]
    encoding: str
    delimiter: str


def read_text(data: bytes) -> Text:
    """Return the cells of a CSV file, one row a record, at most one more than allowed. Raises ValidationError."""
    text, encoding = _decode(data)
    if NOT_IN_A_TEXT.search(text):
        raise no_table()
    delimiter = _delimiter(text)
    rows = _records(text, delimiter, at_most=rows_at_most() + 2)
    return Text([[undefuse(cell.strip()) for cell in row] for row in rows], encoding, delimiter)


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `undefuse` gives the cell back."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def undefuse(cell: str) -> str:
    """Return what stood in a cell before `defuse`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _decode(data: bytes) -> tuple[str, str]:
    marked = [(codec, name) for mark, codec, name in MARKS if data.startswith(mark)]
    for codec, name in marked or ENCODINGS:
        text = _decoded(data, codec)
        if text is not None:
            return text, name
    raise no_table()


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    """Return what parts the first record into most cells."""

    def cells(delimiter: str) -> int:
        return max((len(row) for row in _records(text, delimiter, at_most=1)), default=0)

    return max(DELIMITERS, key=cells)


def _records(text: str, delimiter: str, *, at_most: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(islice(reader, at_most))
    except csv.Error:
        raise ValidationError(
            _("Line %(line)s of the file cannot be read: check its quotation marks."),
            code="quotes",
            params={"line": reader.line_num},
        ) from None


def no_table() -> ValidationError:
    """Return what is said of a file that is no table at all."""
    return ValidationError(_("Choose an XLSX workbook or a CSV file. This file is neither."), code="type")
