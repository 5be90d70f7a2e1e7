"""Names of countries and regions, and partial dates."""

from datetime import date

import pytest
from django.utils.translation import override
from django_countries import countries

from shenyang_fao.core.countries import Continent, by_sound, continent_of
from shenyang_fao.core.dates import Precision, parse_partial, partial_text

NAMES = [
    ("HK", "Hong Kong, China", "中国香港"),
    ("MO", "Macao, China", "中国澳门"),
    ("TW", "Taiwan, China", "中国台湾"),
    ("KR", "Republic of Korea", "韩国"),
]


@pytest.mark.parametrize(("code", "english", "chinese"), NAMES)
def test_regions_and_countries_carry_the_right_names(code: str, english: str, chinese: str) -> None:
    with override("en"):
        assert countries.name(code) == english
    with override("zh-hans"):
        assert countries.name(code) == chinese


def test_every_country_lies_in_one_continent() -> None:
    left_out = {"AQ", "BV", "CC", "CX", "GS", "HM", "IO", "TF", "UM"}

    without = {code for code, _name in countries if continent_of(code) is None}

    assert without == left_out


def test_korea_is_in_asia() -> None:
    assert continent_of("KR") is Continent.ASIA


def test_chinese_names_sort_by_sound() -> None:
    assert sorted(["札幌市", "北九州", "大邱", "城南市"], key=by_sound) == ["北九州", "城南市", "大邱", "札幌市"]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("1980-11-18", "18 November 1980", "1980年11月18日"),
        ("2022-10", "October 2022", "2022年10月"),
        ("2014", "2014", "2014年"),
        ("", "", ""),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(text: str, english: str, chinese: str) -> None:
    value, precision = parse_partial(text)

    with override("en"):
        assert partial_text(value, precision) == english
    with override("zh-hans"):
        assert partial_text(value, precision) == chinese


def test_a_year_keeps_its_precision() -> None:
    assert parse_partial("2014") == (date(2014, 1, 1), Precision.YEAR)


@pytest.mark.parametrize("text", ["spring 2014", "2014-5-6-7", "2014-13"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parse_partial(text)
