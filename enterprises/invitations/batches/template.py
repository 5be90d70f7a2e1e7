"""The empty list to be filled in: one file for both languages, with explanations, the words allowed and an invented sample."""

import codecs
import csv
import io
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries

from enterprises.invitations.batches.columns import COLUMNS, NUMBER
from enterprises.invitations.forms.batch_rows import RowForm
from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.writing import sheets

NAME = "invitees"
XLSX, CSV = "xlsx", "csv"
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
# Nobody: the name and the number say so, and the first cell keeps the row from being read.
SAMPLE = {
    NUMBER: _("# sample, not read"),
    "surname": "SAMPLE",
    "given_names": "NOBODY",
    "sex": "F",
    "born_on": "1990-01-31",
    "nationality": "DE",
    "passport_number": "X00000000",
    "passport_expires_on": "2099-12-31",
    "employer": "Example GmbH",
    "job_title": "Engineer",
    "visa_post_country": "DE",
    "visa_post_city": "Berlin",
}


@lru_cache(maxsize=len(MEDIA_TYPES))
def template(form: str) -> bytes:
    """Return the file in one of the `MEDIA_TYPES`; it is the same for every reader."""
    return _workbook() if form == XLSX else _text()


def _workbook() -> bytes:
    titles = [_("Column"), _("Required"), _("What to write")]
    return sheets(
        [
            (_both(_("Invitees"), " "), _header(), [_sample()]),
            (_both(_("Explanation"), " "), [_both(title) for title in titles], _explanations()),
            (_both(_("Countries and regions"), " "), [_both(_("Code")), "ISO 3", _both(_("Name"))], _countries()),
        ]
    )


def _text() -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_header())
    # Excel keeps a text that begins so as it is, and the upload passes over the row.
    writer.writerow(["# " + _help(COLUMNS[0]), *(_help(column) for column in COLUMNS[1:])])
    writer.writerow(_sample())
    return codecs.BOM_UTF8 + file.getvalue().encode()


def _header() -> list[str]:
    return [_both(column.label) + ("*" if column.is_required else "") for column in COLUMNS]


def _sample() -> list[str]:
    return [_both(SAMPLE.get(column.key, "")) for column in COLUMNS]


def _explanations() -> Iterator[list[str]]:
    for column in COLUMNS:
        is_required = pgettext_lazy("column of a list", "yes") if column.is_required else ""
        yield [_both(column.label), _both(is_required), _help(column)]


def _help(column: Column) -> str:
    return _both(column.help, "\n")


def _countries() -> Iterator[list[str]]:
    for code, _name in RowForm.base_fields["nationality"].choices:  # type: ignore[attr-defined]
        if code:
            yield [code, countries.alpha3(code), _both(lambda code=code: countries.name(code))]


def _both(text: object, between: str = " / ") -> str:
    """Return a text in every language, once where they agree."""
    return between.join(dict.fromkeys(in_each(text).values()))
