"""The timeline of all ties, in both languages."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sister_cities import chronicle, facts
from sister_cities.models import Tie
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

PAGE = {"en": "/en/sister-cities/timeline/", "zh-hans": "/zh-hans/sister-cities/timeline/"}


def content(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_public_tie_stands_in_it_once(client: Client) -> None:
    facts.load(settings.FACTS_DIR)

    shown = [tie for decade in chronicle.decades() for year in decade.years for tie in year.ties]

    assert len(shown) == Tie.objects.public().count()
    assert set(shown) == set(Tie.objects.public())


def test_decades_and_years_follow_each_other_and_unknown_dates_come_last() -> None:
    for signed_on in (date(1999, 12, 31), date(2000, 1, 1), date(1991, 5, 5), None):
        make_tie(signed_on=signed_on, signed_precision="day" if signed_on else "")

    found = chronicle.decades()

    assert [decade.first for decade in found] == ["1990", "2000", ""]
    assert [year.number for decade in found for year in decade.years] == [1991, 1999, 2000, None]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["1980s", "18 November 1980", "Date not confirmed", "Friendly district", "Heping District, Shenyang"]),
        ("zh-hans", ["1980年代", "1980年11月18日", "日期待核实", "友好城区", "沈阳市和平区"]),
    ],
)
def test_the_page_names_date_level_and_both_parties(client: Client, language: str, words: list[str]) -> None:
    facts.load(settings.FACTS_DIR)

    text = content(client, PAGE[language])

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(("language", "words"), [("en", "No tie has been published"), ("zh-hans", "尚未公布结好信息")])
def test_without_ties_it_says_so(client: Client, language: str, words: str) -> None:
    make_tie(is_public=False)

    assert words in content(client, PAGE[language])


@pytest.mark.parametrize(("status", "label"), [("dormant", "dormant"), ("ended", "ended")])
def test_a_tie_out_of_force_says_so(client: Client, status: str, label: str) -> None:
    make_tie(partner=make_partner(), status=status)

    assert f">{label}</span>" in content(client, PAGE["en"])


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_it_takes_one_query(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    for _number in range(rows):
        make_tie()

    with django_assert_num_queries(1):
        content(client, PAGE["en"])
