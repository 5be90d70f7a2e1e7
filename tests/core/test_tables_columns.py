"""Which column is which, and what a cell may say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shenyang_fao.core.dates import Precision
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.tables import kinds
from shenyang_fao.core.tables.columns import Column, parse, place
from shenyang_fao.core.tables.reading import Line

NAME = Column("name", _("name"), is_required=True)
STATE = Column("state", _("state"), kinds.Choice(PromiseState), default="done")
COLUMNS = (NAME, STATE)


def codes(error: ValidationError) -> list[str]:
    return [fault.code for fault in error.error_list]


@pytest.mark.parametrize(
    "header",
    [
        ["name", "state"],
        ["名称", "状态"],
        ["NAME *", "状态 / state"],
        ["\N{FULLWIDTH LATIN CAPITAL LETTER N}ame", "x/State"],
    ],
)
def test_a_column_is_known_by_its_key_and_its_name_in_any_language(header):
    assert place(header, COLUMNS) == {0: NAME, 1: STATE}


def test_columns_stand_in_any_order():
    assert place(["state", "name"], COLUMNS) == {0: STATE, 1: NAME}


def test_everything_wrong_with_a_header_is_said_at_once():
    with pytest.raises(ValidationError) as caught:
        place(["state", "colour", "state"], COLUMNS)

    with override("en"):
        messages = caught.value.messages
    assert codes(caught.value) == ["unknown_columns", "doubled_columns", "missing_columns"]
    assert messages == [
        "The file has columns that this table does not know: colour.",
        "The file has columns twice: state.",
        "The file lacks columns: name.",
    ]


def test_a_header_without_any_known_name_is_none():
    with pytest.raises(ValidationError) as caught:
        place(["Sapporo", "1980"], COLUMNS)

    assert codes(caught.value) == ["no_header"]


def test_a_row_holds_the_values_of_its_columns():
    row = parse(Line(7, ["Sapporo", "失败"]), place(["name", "state"], COLUMNS))

    assert (row.number, row.values) == (7, {"name": "Sapporo", "state": "failed"})


def test_an_empty_cell_stands_for_the_default():
    assert parse(Line(2, ["Sapporo"]), place(["name", "state"], COLUMNS)).values["state"] == "done"


def test_a_column_that_is_left_out_has_no_value():
    assert parse(Line(2, ["Sapporo"]), place(["name"], COLUMNS)).values == {"name": "Sapporo"}


def test_every_fault_of_a_row_is_found():
    with pytest.raises(ValidationError) as caught:
        parse(Line(2, ["", "purple", "stray"]), place(["name", "state"], COLUMNS))

    found = {column: faults[0].code for column, faults in caught.value.error_dict.items()}
    assert found == {"name": "required", "state": "choice", "__all__": "stray"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1980", (date(1980, 1, 1), Precision.YEAR)),
        ("1980年", (date(1980, 1, 1), Precision.YEAR)),
        ("1980-11", (date(1980, 11, 1), Precision.MONTH)),
        ("1980年11月", (date(1980, 11, 1), Precision.MONTH)),
        ("1980-11-18", (date(1980, 11, 18), Precision.DAY)),
        ("1980/1/8", (date(1980, 1, 8), Precision.DAY)),
        ("１９８０年１月８日", (date(1980, 1, 8), Precision.DAY)),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(cell, value):
    assert kinds.PartialDate().read(cell) == value


@pytest.mark.parametrize("value", ["1980", "1980-11", "1980-11-18"])
def test_a_date_is_written_as_precisely_as_it_is_known(value):
    kind = kinds.PartialDate()

    assert kind.show(kind.read(value)) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (kinds.PartialDate(), "18.11.1980", "date"),
        (kinds.PartialDate(), "1980-13", "date"),
        (kinds.PartialDate(), "1980-02-30", "date"),
        (kinds.PartialDate(), "0000", "date"),
        (kinds.Number(least=-90, most=90), "91", "range"),
        (kinds.Number(least=-90, most=90), "nan", "range"),
        (kinds.Number(least=-90, most=90), "1_0", "number"),
        (kinds.Number(least=-90, most=90), "ten", "number"),
        (kinds.YesNo(), "perhaps", "yes_no"),
        (kinds.Country(), "Atlantis", "country"),
        (kinds.Text(at_most=3), "four", "too_long"),
    ],
)
def test_what_a_cell_may_not_say(kind, cell, code):
    with pytest.raises(ValidationError) as caught:
        kind.read(cell)

    assert caught.value.code == code


@pytest.mark.parametrize("cell", ["KR", "kr", "Republic of Korea", "韩国"])
def test_a_country_is_known_by_code_and_name(cell):
    assert kinds.Country().read(cell) == "KR"


@pytest.mark.parametrize(("cell", "value"), [("是", True), ("Yes", True), ("1", True), ("否", False), ("false", False)])
def test_yes_and_no(cell, value):
    assert kinds.YesNo().read(cell) is value


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.Choice(PromiseState), "failed"),
        (kinds.Country(), "TW"),
        (kinds.YesNo(), False),
        (kinds.Number(least=-180, most=180), -76.1234567),
    ],
)
def test_what_is_shown_and_what_is_stored_can_be_read_again(kind, value, language):
    with override(language):
        assert (kind.read(kind.show(value)), kind.read(kind.plain(value))) == (value, value)
