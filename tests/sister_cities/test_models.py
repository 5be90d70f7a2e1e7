"""What the database holds about cities and ties, each rule from both sides."""

from datetime import date

import pytest
from django.db import IntegrityError

from tests.sister_cities.factories import make_city, make_tie

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["name_zh_hans", "name_en"])
@pytest.mark.parametrize("value", ["", None])
def test_a_city_needs_both_names(column: str, value: str | None) -> None:
    with pytest.raises(IntegrityError):
        make_city(**{column: value})


@pytest.mark.parametrize("place", [{"latitude": 91.0}, {"longitude": -181.0}])
def test_a_city_lies_on_the_globe(place: dict[str, float]) -> None:
    with pytest.raises(IntegrityError):
        make_city(**place)


@pytest.mark.parametrize(
    ("signed_on", "precision"), [(date(2014, 1, 1), ""), (None, "year"), (date(2014, 1, 1), "era")]
)
def test_a_date_comes_with_its_precision(signed_on: date | None, precision: str) -> None:
    with pytest.raises(IntegrityError):
        make_tie(signed_on=signed_on, signed_precision=precision)


def test_a_tie_may_have_no_date() -> None:
    assert make_tie(signed_on=None, signed_precision="").signed_text == ""


def test_a_city_has_a_level_once() -> None:
    tie = make_tie()

    with pytest.raises(IntegrityError):
        make_tie(city=tie.city)


def test_a_city_may_rise_in_level() -> None:
    tie = make_tie(level="friendly_cooperation")

    assert make_tie(city=tie.city, level="sister").pk


def test_a_level_is_a_known_one() -> None:
    with pytest.raises(IntegrityError):
        make_tie(level="twin")


def test_a_tie_needs_a_source() -> None:
    with pytest.raises(IntegrityError):
        make_tie(source="")
