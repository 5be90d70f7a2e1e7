"""Files that people take away: texts stay texts, and what was exported can be imported."""

import io

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from shenyang_fao.core.tables import kinds, writing
from shenyang_fao.core.tables.columns import Column, parse, place
from shenyang_fao.core.tables.reading import read

COLUMNS = (
    Column("name", "Name", is_required=True, help="As it is called there."),
    Column("place", "Latitude", kinds.Number(least=-90, most=90)),
    Column("since", "Since", kinds.PartialDate()),
    Column("is_public", "Public", kinds.YesNo()),
)
NASTY = [
    "=1+1",
    "+86 24",
    "-x",
    "@SUM(A1)",
    "'=1",
    "a,b;c",
    'say "x"',
    "two\nlines",
    "沈阳 Größe 김",
    "https://x.example/",
]


def records() -> list[dict]:
    return [
        {"name": name, "place": -43.0625, "since": kinds.PartialDate().read("1980-11"), "is_public": True}
        for name in NASTY
    ]


def files() -> dict[str, bytes]:
    return {
        "xlsx": writing.workbook(COLUMNS, records(), title="Ties: [all]"),
        "csv": b"".join(writing.csv_rows(COLUMNS, records(), encoding="utf-8")),
        "csv-gbk": b"".join(writing.csv_rows(COLUMNS, records(), encoding="gb18030")),
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv", "csv-gbk"])
def test_what_was_exported_is_read_as_it_was(form, language):
    with override(language):
        sheet = read(files()[form])

    places = place(sheet.header, COLUMNS)
    assert [parse(line, places).values for line in sheet.lines] == records()


def test_a_csv_file_runs_nothing_in_a_spreadsheet():
    lines = files()["csv"].decode("utf-8-sig").splitlines()

    assert [line.partition(",")[0] for line in lines[1:6]] == ["'=1+1", "'+86 24", "'-x", "'@SUM(A1)", "''=1"]


def test_a_csv_file_for_excel_begins_with_a_mark():
    assert files()["csv"].startswith(b"\xef\xbb\xbfName,")


def test_a_workbook_holds_texts_and_numbers_and_no_formula():
    with override("zh-hans"):
        data = files()["xlsx"]

    row = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1]

    assert row == ["=1+1", -43.0625, "1980-11", "是"]


def test_a_template_has_the_header_and_explains_its_columns():
    with override("en"):
        data = writing.template(COLUMNS, title="Ties")

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_name("Ties").to_python() == [["Name", "Latitude", "Since", "Public"]]
    assert book.get_sheet_by_name("Columns").to_python()[:2] == [
        ["Column", "Short name", "Required", "What to write"],
        ["Name", "name", "yes", "As it is called there."],
    ]
