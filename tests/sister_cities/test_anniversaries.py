"""Anniversaries: the days of each year, the years that are marked, and the page in both languages."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from sister_cities.anniversaries import in_year, next_of, without_day
from sister_cities.models import Tie
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

PAGE = {"en": "/en/sister-cities/anniversaries/", "zh-hans": "/zh-hans/sister-cities/anniversaries/"}
TODAY = date(2026, 11, 23)


def tie(signed_on: date | None, precision: str = "day", status: str = "signed") -> Tie:
    return Tie(pk=1, signed_on=signed_on, signed_precision=precision, status=status)


def content(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 2, 29)), (2025, date(2025, 2, 28)), (2100, date(2100, 2, 28)), (2000, date(2000, 2, 29))],
)
def test_29_february_falls_on_the_28th_where_there_is_none(year: int, day: date) -> None:
    found = in_year([tie(date(1996, 2, 29))], year)

    assert [anniversary.falls_on for anniversary in found] == [day]


@pytest.mark.parametrize(("year", "marked"), [(1984, False), (1985, True), (1990, True), (2026, False), (2030, True)])
def test_every_fifth_year_is_marked(year: int, marked: bool) -> None:
    found = in_year([tie(date(1980, 11, 18))], year)

    assert found[0].is_round is marked


@pytest.mark.parametrize(
    "unfit",
    [
        tie(None, ""),
        tie(date(2014, 1, 1), "year"),
        tie(date(2014, 3, 1), "month"),
        tie(date(2026, 3, 1)),
        tie(date(1990, 3, 1), status="ended"),
    ],
)
def test_no_day_no_age_or_no_tie_makes_no_anniversary(unfit: Tie) -> None:
    assert in_year([unfit], 2026) == []


def test_a_month_stands_before_a_year_among_those_without_a_day() -> None:
    year, month = tie(date(2014, 1, 1), "year"), tie(date(2014, 3, 1), "month")

    found = without_day([year, month], 2026)

    assert [anniversary.tie.signed_precision for anniversary in found] == ["month", "year"]


@pytest.mark.parametrize(
    ("signed_on", "precision", "expected"),
    [
        (date(1980, 11, 23), "day", date(2026, 11, 23)),
        (date(1980, 11, 22), "day", date(2027, 11, 22)),
        (date(1980, 11, 1), "month", date(2026, 11, 1)),
        (date(1980, 10, 1), "month", date(2027, 10, 1)),
        (date(1980, 1, 1), "year", date(2026, 1, 1)),
        (date(2026, 5, 1), "day", date(2027, 5, 1)),
    ],
)
def test_the_next_anniversary_is_not_past(signed_on: date, precision: str, expected: date) -> None:
    found = next_of(tie(signed_on, precision), TODAY)

    assert found is not None
    assert found.falls_on == expected


def test_only_a_known_day_can_be_counted_down_to() -> None:
    with_day, with_year = next_of(tie(date(1980, 11, 25)), TODAY), next_of(tie(date(1980, 1, 1), "year"), TODAY)

    assert with_day is not None
    assert with_year is not None
    assert (with_day.days_from(TODAY), with_year.days_from(TODAY)) == (2, None)


@time_machine.travel("2026-11-23T04:00Z")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["48 years", "round year", "18 December 2026", "in 25 days", "Only the month or the year", "2027"]),
        ("zh-hans", ["48周年", "逢五逢十", "2026年12月18日", "还有25天", "仅知签署年份或月份", "2027"]),
    ],
)
def test_the_page_lists_both_years(client: Client, language: str, words: list[str]) -> None:
    make_tie(signed_on=date(1978, 12, 18))
    make_tie(signed_on=date(1986, 1, 1), signed_precision="year")

    text = content(client, PAGE[language])

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No anniversary falls into this year."), ("zh-hans", "本年度没有周年纪念。")]
)
def test_without_any_the_page_says_so(client: Client, language: str, words: str) -> None:
    assert content(client, PAGE[language]).count(words) == 2


@pytest.mark.parametrize("hidden", [{"is_public": False}, {"status": "ended"}])
def test_hidden_and_ended_ties_are_not_listed(client: Client, hidden: dict[str, Any]) -> None:
    make_tie(partner=make_partner(slug="gone"), **hidden)

    assert "/gone/" not in content(client, PAGE["en"])


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_page_takes_one_query(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    for _number in range(rows):
        make_tie()

    with django_assert_num_queries(1):
        content(client, PAGE["en"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_links_calendar_and_feed_of_its_language(client: Client, language: str) -> None:
    text = content(client, PAGE[language])

    for kind in ("ics", "atom"):
        assert text.count(f'href="/feeds/sister-cities/anniversaries.{language}.{kind}"') == 2
