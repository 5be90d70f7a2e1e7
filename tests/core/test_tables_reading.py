"""Files become header and rows, or a sentence about what is wrong with them."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shenyang_fao.core.tables import texts, workbooks
from shenyang_fao.core.tables.reading import Line, read
from tests.core.spreadsheets import csv, with_part, xlsx

ROWS = (["城市", "国家"], ["札幌", "日本"], ["大邱", "韩国"])
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes) -> str:
    """The code of the one thing that is wrong with a file."""
    with pytest.raises(ValidationError) as caught:
        read(data)
    return caught.value.code


def first_row(data: bytes) -> list[str]:
    return read(data).lines[0].cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_csv_file_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    sheet = read(csv(*ROWS, encoding=encoding, delimiter=delimiter))

    assert (sheet.header, sheet.lines) == (ROWS[0], [Line(2, ROWS[1]), Line(3, ROWS[2])])


def test_how_a_file_was_read_is_told():
    assert read(csv(*ROWS, encoding="gbk", delimiter=";")).form == "CSV · GB 18030 · ;"


def test_a_workbook_is_read():
    assert read(xlsx(*ROWS)).lines == [Line(2, ROWS[1]), Line(3, ROWS[2])]


def test_rows_are_counted_as_the_spreadsheet_counts_them():
    assert [line.number for line in read(xlsx(["a"], [], ["x"], [], ["y"])).lines] == [3, 5]


def test_a_table_that_does_not_begin_in_the_first_cell_keeps_its_numbers():
    assert read(xlsx(["", "a"], [], ["", "x"])).lines == [Line(3, ["", "x"])]


def test_lines_inside_a_cell_are_one_row():
    assert read(b'a,b\n"one\ntwo",x\n\ny,z\n').lines == [Line(2, ["one\ntwo", "x"]), Line(4, ["y", "z"])]


def test_cells_become_what_a_person_would_type():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["a", "b", "c", "d", "e"])
        sheet.write_number(1, 0, 1980)
        sheet.write_number(1, 1, 43.062)
        sheet.write_datetime(1, 2, datetime.datetime(1980, 11, 18), day)
        sheet.write_boolean(1, 3, True)
        sheet.write_formula(1, 4, "=1+1", None, 2)

    assert first_row(file.getvalue()) == ["1980", "43.062", "1980-11-18", "true", "2"]


def test_a_text_that_looks_like_a_formula_stays_a_text():
    assert first_row(xlsx(["a"], ["=1+1"])) == ["=1+1"]


def test_a_formula_that_shows_an_error_is_named():
    workbook = with_part(xlsx(["a"], [1]), SHEET, b'<c r="A2">', b'<c r="A2" t="e">')

    with override("en"), pytest.raises(ValidationError, match="Row 2, column 1 shows an error"):
        read(workbook)


def test_merged_cells_are_named():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, ["x", "y"])
        sheet.merge_range(1, 26, 3, 27, "z")

    with override("en"), pytest.raises(ValidationError, match="The cells AA2 to AB4 are merged"):
        read(file.getvalue())


def test_only_the_first_visible_sheet_is_read():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        hidden, shown, other = (book.add_worksheet() for _ in range(3))
        shown.activate()
        hidden.hide()
        for sheet, word in ((hidden, "hidden"), (shown, "shown"), (other, "other")):
            sheet.write_column(0, 0, ["a", word])

    assert first_row(file.getvalue()) == ["shown"]


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(file, "PNG")
    return file.getvalue()


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (png(), "type"),
        (b"%PDF-1.7\n\x00", "type"),
        (b"%PDF-1.7\n1 0 obj, <<>>\nendobj", "type"),
        (b"\xff\xfe\xff", "type"),
        (zipped(**{"word/document.xml": b"<a/>"}), "broken"),
        (xlsx(["a"], ["b"])[:-40], "broken"),
        (b"PK\x03\x04 is no workbook", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b",,\nx,y,z\n", "no_header"),
        (b"a,b\n,\n", "no_rows"),
        (b"a,b\nx," + b"y" * 5001, "too_long"),
        (b'a,b\nx,"y\nz,z\n', "quotes"),
        (b",".join(b"x" for _ in range(101)) + b"\nx", "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(data, code):
    assert refusal(data) == code


def test_a_file_above_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1024**2

    assert refusal(b"a\n" + b"x\n" * 1024**2) == "too_large"


def test_two_hundred_thousand_rows_are_refused():
    assert refusal(b"a\n" + b"x\n" * 200_000) == "too_many_rows"


def test_as_many_rows_as_allowed_are_read(settings):
    settings.IMPORT_MAX_ROWS = 3

    assert len(read(b"a\nx\ny\nz\n").lines) == 3
    assert refusal(b"a\nx\ny\nz\nz\n") == "too_many_rows"


def test_a_workbook_with_too_many_rows_is_refused(settings):
    settings.IMPORT_MAX_ROWS = 3

    assert refusal(xlsx(["a"], *(["x"] for _ in range(4)))) == "too_many_rows"


def test_cells_that_only_carry_a_format_do_not_count(settings):
    settings.IMPORT_MAX_ROWS = 3
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["a", "x"])
        sheet.write_blank(5000, 0, None, book.add_format({"bold": True}))

    assert len(read(file.getvalue()).lines) == 1


@pytest.mark.parametrize(
    ("cell", "code"),
    [("XFD2", "too_many_columns"), ("A1048576", "too_many_rows"), ("a2", "broken"), ("A9999999999", "broken")],
)
def test_a_cell_far_away_asks_for_no_memory(cell, code):
    """The library makes room for every cell up to the last: two cells in a file of 5 KB are half a terabyte."""
    workbook = with_part(xlsx(["a"], ["x"]), SHEET, b'r="A2"', f'r="{cell}"'.encode())

    assert refusal(workbook) == code


def test_a_cell_far_away_hides_in_no_other_part():
    sheet = b'<worksheet><sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    workbook = xlsx(["a"], ["x"])
    file = io.BytesIO(workbook)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/elsewhere.xml", sheet)

    assert refusal(file.getvalue()) == "too_many_rows"


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "UNPACKED_AT_MOST", 1024**2)
    bomb = with_part(xlsx(["a"], ["x"]), SHEET, b"<sheetData>", b" " * 1024**2 + b"<sheetData>")

    assert (len(bomb) < 20_000, refusal(bomb)) == (True, "bomb")


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "UNPACKED_AT_MOST", 1024**2)
    bomb = bytearray(with_part(xlsx(["a"], ["x"]), SHEET, b"<sheetData>", b" " * 1024**2 + b"<sheetData>"))
    with zipfile.ZipFile(io.BytesIO(bomb)) as package:
        true_size = package.getinfo(SHEET).file_size
    place = bomb.rindex(true_size.to_bytes(4, "little"))
    bomb[place : place + 4] = (10).to_bytes(4, "little")

    assert refusal(bytes(bomb)) in {"bomb", "broken"}


def test_definitions_that_could_unfold_are_refused():
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    workbook = with_part(xlsx(["a"], ["x"]), SHEET, head, head + b'<!DOCTYPE w [<!ENTITY a "aaaa">]>')

    assert refusal(workbook) == "broken"


def test_the_message_is_in_the_readers_language():
    with pytest.raises(ValidationError) as caught:
        read(b"")

    with override("zh-hans"):
        assert caught.value.messages == ["该文件是空文件。"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_what_is_defused_comes_back(cell):
    assert texts.undefuse(texts.defuse(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+86 24 2345", "-x", "@SUM(A1)", "'=1", "''=1", "\uff1d1+1", "\uff20SUM(A1)"])
def test_what_excel_would_run_begins_with_an_apostrophe(cell):
    assert texts.defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-76.5", "+3", "1", "'quoted'", "札幌", ""])
def test_numbers_and_words_stay_as_they_are(cell):
    assert texts.defuse(cell) == cell
