import contextlib
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enterprises.invitations import mrz

# The specimen of ICAO 9303-4, appendix B.
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TODAY = date(2026, 7, 1)
FIELDS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<", min_size=1, max_size=14)


def zone(surname="KIM", given_names="MIN JUN", number="M12345678", born="851102", expires="300101", sex="M") -> str:
    """Two lines with digits that fit."""
    first = f"P<KOR{surname.replace(' ', '<')}<<{given_names.replace(' ', '<')}".ljust(44, "<")
    number = number.ljust(9, "<")
    parts = [
        number,
        mrz.check_digit(number),
        "KOR",
        born,
        mrz.check_digit(born),
        sex,
        expires,
        mrz.check_digit(expires),
    ]
    second = "".join(map(str, parts)) + "<" * 14 + "0"
    return f"{first}\n{second}{mrz.check_digit(second[0:10] + second[13:20] + second[21:43])}"


def fault(text: str) -> str:
    with pytest.raises(mrz.MrzError) as refused:
        mrz.read(text, today=TODAY)
    return refused.value.field


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", 6), ("740812", 2), ("120415", 9), ("<<<<<<", 0)])
def test_the_samples_of_the_standard(field, digit):
    assert mrz.check_digit(field) == digit


def test_the_specimen_is_read():
    assert mrz.read(f"{FIRST}\n{SECOND}", today=TODAY) == mrz.Passport(
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        nationality="UTO",
        number="L898902C3",
        sex="F",
        born_on=date(1974, 8, 12),
        expires_on=date(2012, 4, 15),
    )


def test_small_letters_and_spaces_of_a_pasted_text_do_not_matter():
    assert mrz.read(f"  {FIRST.lower()} \r\n\r\n {SECOND.lower()}  ", today=TODAY).surname == "ERIKSSON"


def test_a_single_name_stands_as_the_surname():
    passport = mrz.read(zone(surname="SUHARTINI", given_names=""), today=TODAY)

    assert (passport.surname, passport.given_names) == ("SUHARTINI", "")


def test_an_unspecified_sex_is_kept_as_such():
    assert mrz.read(zone(sex="<"), today=TODAY).sex == "X"


@pytest.mark.parametrize(("born", "year"), [("260630", 2026), ("260702", 1926), ("000229", 2000), ("991231", 1999)])
def test_nobody_is_born_in_the_future(born, year):
    assert mrz.read(zone(born=born), today=TODAY).born_on.year == year


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (SECOND.replace("L898902C36", "L898902C37"), "passport_number"),
        (SECOND.replace("7408122", "7408132"), "born_on"),
        (SECOND.replace("1204159", "1204158"), "passport_expires_on"),
        (SECOND[:-1] + "1", "mrz"),
        (SECOND.replace("ZE184226B", "ZE184227B"), "mrz"),
    ],
)
def test_a_digit_that_does_not_fit_names_its_field(changed, field):
    assert fault(f"{FIRST}\n{changed}") == field


@pytest.mark.parametrize("born", ["851301", "850230", "85<<<<"])
def test_a_day_that_does_not_exist_names_its_field(born):
    assert fault(zone(born=born)) == "born_on"


@pytest.mark.parametrize(
    "text",
    ["", "hello", FIRST, SECOND, f"{SECOND}\n{FIRST}", f"I{FIRST[1:]}\n{SECOND}", f"{FIRST}\n{SECOND}<"],
    ids=["empty", "words", "first line", "second line", "exchanged", "identity card", "too long"],
)
def test_what_is_no_passport_zone_is_called_so(text):
    assert fault(text) == "mrz"


@pytest.mark.parametrize("digit", "²٣Ⅷ中*")
def test_a_digit_of_another_script_is_no_digit(digit):
    fault(f"{FIRST}\n{SECOND[:9]}{digit}{SECOND[10:]}")


@given(FIELDS, st.integers(0, 13), st.integers(0, 9))
def test_one_changed_digit_is_always_noticed(field, place, digit):
    place %= len(field)
    assume(field[place].isdigit() and field[place] != str(digit))

    assert mrz.check_digit(field[:place] + str(digit) + field[place + 1 :]) != mrz.check_digit(field)


@given(FIELDS)
def test_fillers_at_the_end_do_not_matter(field):
    assert mrz.check_digit(field + "<<<") == mrz.check_digit(field)


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading(text):
    with pytest.raises(mrz.MrzError):
        mrz.read(text, today=TODAY)


@given(st.text(min_size=44, max_size=44))
def test_no_second_line_breaks_the_reading(second):
    with contextlib.suppress(mrz.MrzError):
        mrz.read(FIRST + second, today=TODAY)
