"""Files of every kind become rows, or a sentence about what is wrong with them; the template can be filled in and sent back."""

import io
from datetime import datetime

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from enterprises.invitations.batches import columns
from enterprises.invitations.batches.template import template
from tests.core.spreadsheets import csv, xlsx
from tests.enterprises.guided import pdf
from tests.enterprises.lists import HEADER, KEYS, as_csv, as_xlsx, cells, guest
from tests.enterprises.test_mrz import zone


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        columns.read(data)
    return refused.value.error_list[0].code


def rows(data: bytes) -> list[dict[str, str]]:
    return [{key: row[key] for key in KEYS} for _number, row in columns.read(data).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_csv_list_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    guests = [guest(1, employer="汉光机器人"), guest(2)]

    assert rows(as_csv(*guests, encoding=encoding, delimiter=delimiter)) == guests


@pytest.mark.parametrize("header", [HEADER, KEYS, [name + "*" for name in HEADER]])
def test_columns_are_known_by_their_names_in_any_language(header):
    assert rows(xlsx(header, list(guest(1).values()))) == [guest(1)]


def test_rows_keep_the_numbers_of_the_spreadsheet():
    said = columns.read(xlsx(list(KEYS), [], list(guest(1).values()), [], list(guest(2).values())))

    assert [number for number, _row in said.rows] == [3, 5]


def test_real_dates_and_numbers_of_excel_are_read():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, KEYS)
        sheet.write_row(1, 0, guest(1, passport_number="").values())
        sheet.write_datetime(
            1,
            KEYS.index("born_on"),
            datetime(1985, 11, 2),
            book.add_format({"num_format": "d/m/yyyy"}),
        )
        sheet.write_number(1, KEYS.index("passport_number"), 751234567)

    assert rows(file.getvalue()) == [guest(1, passport_number="751234567")]


def test_a_formula_gives_the_value_it_showed():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, KEYS)
        sheet.write_row(1, 0, guest(1).values())
        sheet.write_formula(1, 0, '=UPPER("kim")', None, "KIM")

    assert rows(file.getvalue()) == [guest(1)]


def test_strange_columns_and_remarks_are_passed_over_and_told():
    keys = (*KEYS, "备注")

    said = columns.read(as_xlsx(guest(1), {"surname": "# remark"}, keys=keys))

    assert (len(said.rows), said.strange, said.remarks) == (1, ["备注"], 1)


def test_what_the_zone_says_needs_no_column():
    keys = ("mrz", "employer", "job_title", "visa_post_country", "visa_post_city")

    said = columns.read(as_xlsx(guest(0) | {"mrz": zone()}, keys=keys))

    assert said.rows[0][1]["surname"] == "KIM"


def test_five_thousand_rows_are_refused_with_the_number():
    data = as_csv(*(guest(index) for index in range(5000)))

    with pytest.raises(ValidationError) as refused:
        columns.read(data)

    with override("en"):
        assert refused.value.messages == [
            "The file has 5,000 rows; a request may name 200 invitees at most. Split the list into several requests."
        ]


def test_two_hundred_rows_are_read_and_one_more_is_not():
    guests = [guest(index) for index in range(201)]

    assert len(columns.read(as_xlsx(*guests[:200])).rows) == 200
    assert refusal(as_xlsx(*guests)) == "too_many_rows"


def merged() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(cells(guest(1), guest(2))):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, KEYS.index("employer"), 2, KEYS.index("employer"), "Hanbit Robotics")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(), "type"),
        (merged(), "merged"),
        (csv(["surname", "given_names"], ["KIM", "MIN"]), "missing_columns"),
        (xlsx(["surname", "姓"], ["KIM", "LEE"]), "doubled_columns"),
        (xlsx(["被邀请人名单"], list(KEYS)), "no_header"),
        (as_xlsx(), "no_rows"),
        (as_xlsx({"surname": "#"}), "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    ],
)
def test_what_is_no_list_is_refused(data, code):
    assert refusal(data) == code


def test_merged_cells_are_named():
    with override("en"), pytest.raises(ValidationError, match="The cells H2 to H3 are merged"):
        columns.read(merged())


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_itself_holds_nobody(form):
    assert refusal(template(form)) == "no_rows"


def test_the_template_of_excel_comes_back_filled_in():
    header, sample = CalamineWorkbook.from_filelike(io.BytesIO(template("xlsx"))).get_sheet_by_index(0).to_python()[:2]
    names = [column.key for column in columns.COLUMNS]
    filled = xlsx(header, sample, [guest(1).get(name, "") for name in names])

    said = columns.read(filled)

    assert (rows(filled), said.strange, said.remarks) == ([guest(1)], [], 1)


def test_the_csv_template_comes_back_filled_in():
    line = ",".join(guest(1).get(column.key, "") for column in columns.COLUMNS)
    filled = template("csv") + f"{line}\r\n".encode()

    said = columns.read(filled)

    assert (rows(filled), said.strange, said.remarks) == ([guest(1)], [], 2)


def test_the_template_explains_every_column_in_both_languages():
    book = CalamineWorkbook.from_filelike(io.BytesIO(template("xlsx")))

    lines = book.get_sheet_by_index(1).to_python()[1:]

    assert [line[0] for line in lines][1] == "姓 / Surname"
    assert len(lines) == len(columns.COLUMNS)
    assert ["DE", "DEU", "德国 / Germany"] in book.get_sheet_by_index(2).to_python()


def test_the_sample_is_nobody_but_would_be_a_right_row():
    sample = CalamineWorkbook.from_filelike(io.BytesIO(template("xlsx"))).get_sheet_by_index(0).to_python()[1]

    assert sample[0].startswith("#")
    assert "SAMPLE" in sample
