"""What the database holds about cities and ties, each rule from both sides."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from sister_cities.models import Tie
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["name_zh_hans", "name_en"])
@pytest.mark.parametrize("value", ["", None])
def test_a_city_needs_both_names(column: str, value: str | None) -> None:
    with pytest.raises(IntegrityError):
        make_partner(**{column: value})


@pytest.mark.parametrize("place", [{"latitude": 91.0}, {"longitude": -181.0}])
def test_a_city_lies_on_the_globe(place: dict[str, float]) -> None:
    with pytest.raises(IntegrityError):
        make_partner(**place)


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
        make_tie(partner=tie.partner)


def test_a_city_may_rise_in_level() -> None:
    tie = make_tie(level="friendly_cooperation")

    assert make_tie(partner=tie.partner, level="sister").pk


def test_a_level_is_a_known_one() -> None:
    with pytest.raises(IntegrityError):
        make_tie(level="twin")


def test_a_tie_needs_a_source() -> None:
    with pytest.raises(IntegrityError):
        make_tie(source="")


def test_an_unpublished_tie_may_wait_for_its_source() -> None:
    assert make_tie(source="", source_grade="", is_public=False).pk


@pytest.mark.parametrize("status", ["proposed", "under_approval"])
def test_a_tie_that_is_not_signed_is_not_public(status: str) -> None:
    with pytest.raises(IntegrityError):
        make_tie(status=status, signed_on=None, signed_precision="")


def test_a_tie_of_unclear_level_is_not_public() -> None:
    with pytest.raises(IntegrityError):
        make_tie(level="unclear")


def test_a_proposed_tie_has_no_date_of_signature() -> None:
    with pytest.raises(IntegrityError):
        make_tie(status="proposed", is_public=False)


def test_the_database_refuses_a_signature_in_the_future() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(IntegrityError):
        make_tie(signed_on=tomorrow)


def test_a_tie_may_be_signed_today() -> None:
    assert make_tie(signed_on=timezone.localdate()).pk


@pytest.mark.parametrize(
    ("start", "end"), [("signed", "proposed"), ("proposed", "dormant"), ("dormant", "under_approval")]
)
def test_the_database_refuses_a_step_off_the_table(start: str, end: str) -> None:
    tie = make_tie(status=start, is_public=False, signed_on=None, signed_precision="")

    with pytest.raises(DatabaseError):
        Tie.objects.filter(pk=tie.pk).update(status=end)


def test_the_database_lets_a_signed_tie_rest() -> None:
    tie = make_tie()

    Tie.objects.filter(pk=tie.pk).update(status="dormant")

    assert Tie.objects.get().status == "dormant"


@pytest.mark.parametrize("slug", ["plans", "timeline", "anniversaries"])
def test_a_partner_takes_no_address_of_a_page(slug: str) -> None:
    with pytest.raises(IntegrityError):
        make_partner(slug=slug)


@pytest.mark.parametrize("place", [{"latitude": None}, {"longitude": None}])
def test_coordinates_come_in_pairs(place: dict[str, None]) -> None:
    with pytest.raises(IntegrityError):
        make_partner(**place)
