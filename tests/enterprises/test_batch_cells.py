"""What people write into cells is understood, or refused in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from enterprises.invitations.batches import cells
from enterprises.invitations.batches.words import PASSPORT_TYPE, SEX
from enterprises.invitations.forms.batch_rows import NATIONALITY, VISA_POST
from tests.enterprises.lists import guest, wide
from tests.enterprises.test_mrz import zone


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026/1/31",
        "2026.1.31",
        "2026年1月31日",
        "31.01.2026",
        "20260131",
        "2026-01-31 00:00",
        "31/01/2026",
        "01/31/2026",
        "31-01-2026",
        "31 Jan 2026",
        "31-JAN-2026",
        "31 January 2026",
        wide("2026-01-31"),
    ],
)
def test_a_day_is_understood_as_people_write_it(text):
    assert cells.day(text) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01/02/2026", "ambiguous"),
        ("1-2-2026", "ambiguous"),
        ("31/31/2026", "date"),
        ("2026-02-30", "date"),
        ("31.01.26", "date"),
        ("46053", "date"),
        ("31 Foo 2026", "date"),
        ("soon", "date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        cells.day(text)

    assert refused.value.code == code


def test_the_same_number_twice_is_not_ambiguous():
    assert cells.day("02/02/2026") == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("name", "text", "tidied"),
    [
        ("surname", f"  {wide('KIM')}\u3000 LEE ", "KIM LEE"),
        ("passport_number", f"\u200b{wide('M123')} ", "M123"),
        ("native_name", "金　敏俊 ", "金 敏俊"),
        ("native_name", "\uf90a", "\uf90a"),
        ("employer", f"沈阳（{wide('T')}est）公司， {wide('N')}o{wide('1')}", "沈阳（Test）公司， No1"),
        ("earlier_visas", " 2019  F \r\n 2020 M ", "2019 F\n2020 M"),
    ],
)
def test_slips_of_the_keyboard_are_no_fault(name, text, tidied):
    # A rare form of a character decomposes to today's under any normal form but the one it is written in.
    expected = "金" if text == "\uf90a" else tidied

    assert cells.tidy({name: text})[name] == expected


def test_an_empty_passport_type_is_an_ordinary_one():
    assert cells.tidy({"passport_type": " "})["passport_type"] == "ordinary"


@pytest.mark.parametrize("word", ["男", "M", "m", "male", wide("M"), "先生"])
def test_a_sex_is_understood(word):
    assert SEX.read(word) == "M"


@pytest.mark.parametrize("word", ["DE", "de", "DEU", "Germany", "德国", "D", wide("DE")])
def test_a_country_is_understood_by_its_codes_and_names(word):
    assert NATIONALITY.read(word) == "DE"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("韩国", "KR"),
        ("Republic of Korea", "KR"),
        ("朝鲜", "KP"),
        ("尼泊尔", "NP"),
        ("萨摩亚", "WS"),
        ("英国", "GB"),
        ("UK", "GB"),
    ],
)
def test_countries_with_several_names_are_not_mixed_up(word, code):
    assert NATIONALITY.read(word) == code


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        (NATIONALITY, "Germny", "country"),
        (NATIONALITY, "中国", "left_out"),
        (NATIONALITY, "Antarctica", "country"),
        (VISA_POST, "HK", None),
        (VISA_POST, "CN", "left_out"),
    ],
)
def test_other_countries_are_refused_in_words(kind, word, code):
    if code is None:
        assert kind.read(word) == word
        return
    with override("en"), pytest.raises(ValidationError) as refused:
        kind.read(word)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("word", "key"),
    [("普通护照", "ordinary"), ("P", "ordinary"), ("公务", "service"), ("Diplomatic passport", "diplomatic")],
)
def test_a_passport_type_is_understood(word, key):
    assert PASSPORT_TYPE.read(word) == key


def test_a_pasted_zone_fills_what_is_empty_and_nothing_else():
    row = dict.fromkeys(guest(), "") | {"mrz": zone(), "given_names": "MIN-JUN"}

    filled = cells.with_zone(row)

    assert [filled[name] for name in ("surname", "given_names", "nationality", "passport_number", "born_on", "sex")] == [
        "KIM", "MIN-JUN", "KR", "M12345678", "1985-11-02", "M",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [zone(), zone().replace("\n", ""), zone().replace("<", wide("<")).lower()])
def test_a_zone_is_found_in_any_cell(text):
    filled = cells.with_zone({"mrz": "", "surname": "", "passport_number": text})

    assert (filled["surname"], filled["passport_number"]) == ("KIM", "M12345678")
    assert filled["mrz"] == text
