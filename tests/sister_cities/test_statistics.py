"""The register in numbers, beside what was published."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shenyang_fao.portal import facts as figures
from sister_cities import facts, overview, statistics
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

PAGE = {"en": "/en/sister-cities/statistics/", "zh-hans": "/zh-hans/sister-cities/statistics/"}


def content(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def register() -> None:
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)


@pytest.mark.usefixtures("register")
def test_each_published_figure_stands_beside_what_the_register_holds() -> None:
    found = statistics.all_figures(overview.facets())

    assert [(row.key, row.published.value, row.published.as_of, row.held) for row in found] == [
        ("friend_cities_total", "100", "2022-10", 29),
        ("sister_cities", "23", "2022-10", 23),
        ("friendly_cooperation_cities", "77", "2022-10", 6),
        ("friend_countries", "43", "2022-10", 19),
        ("province_rank_city_ties", "1", "2022-10", None),
        ("awarded_sister_cities", "4", "2022-10", 4),
        ("plan_start_year", "2023", "2022-10", 2023),
        ("plan_end_year", "2025", "2022-10", 2025),
        ("plan_length_years", "3", "2022-10", 3),
    ]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["The two are different things.", "October 2022", "cannot be counted here", "1980s", "Africa"]),
        ("zh-hans", ["两者口径不同", "2022年10月", "本名录无法统计", "1980年代", "非洲"]),
    ],
)
def test_the_page_says_why_they_differ(client: Client, language: str, words: list[str]) -> None:
    text = content(client, PAGE[language])

    assert [word for word in words if word not in text] == []


def test_decades_are_counted_and_unknown_dates_come_last() -> None:
    for signed_on in (date(1989, 12, 31), date(1990, 1, 1), date(1999, 1, 1), None):
        make_tie(signed_on=signed_on, signed_precision="day" if signed_on else "")

    found = statistics.by_decade(overview.facets())

    assert [(bar.query, bar.total) for bar in found.bars] == [("decade=1980", 1), ("decade=1990", 2), ("", 1)]


def test_ties_of_districts_are_counted_apart() -> None:
    make_tie()
    make_tie(level="district")

    (found,) = statistics.by_continent(overview.facets()).bars

    assert [(part.count, part.begins, part.share) for part in found.parts] == [(1, 0, 50), (1, 50, 50)]


def test_countries_with_most_ties_stand_first() -> None:
    for country in ("FR", "KR", "KR"):
        make_tie(partner=make_partner(country=country))

    found = statistics.by_country(overview.facets())

    assert [(bar.query, bar.total) for bar in found.bars] == [("country=KR", 2), ("country=FR", 1)]


@pytest.mark.usefixtures("register")
def test_every_count_leads_to_the_ties_it_counts(client: Client) -> None:
    for chart in statistics.charts(overview.facets()):
        for bar in chart.bars:
            if bar.query:
                response: Any = client.get(f"/en/sister-cities/?{bar.query}")
                assert len(response.context["lines"]) == bar.total, bar.query


@pytest.mark.parametrize(("language", "heading"), [("en", "By continent,"), ("zh-hans", "按大洲,")])
def test_a_chart_is_given_out_as_a_file(client: Client, language: str, heading: str) -> None:
    make_tie()

    response = client.get(PAGE[language] + "continent.csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert (response["Content-Type"], len(lines), lines[1].split(",")[1:]) == ("text/csv; charset=utf-8", 2, ["1", "0"])
    assert lines[0].startswith(heading)


def test_a_chart_that_there_is_not_is_not_found(client: Client) -> None:
    make_tie()

    assert client.get(PAGE["en"] + "weather.csv").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "No figure has been"), ("zh-hans", "尚未公布数据")])
def test_without_anything_it_says_so(client: Client, language: str, words: str) -> None:
    assert words in content(client, PAGE[language])


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_it_takes_five_queries(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    for _number in range(rows):
        make_tie()

    with django_assert_num_queries(5):
        content(client, PAGE["en"])


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "International Friendship City Work Contribution Award",
                "Won by Shenyang",
                "China Daily, 2022-10-17",
                '<a href="/en/sister-cities/belfast/">Belfast</a>',
            ],
        ),
        (
            "zh-hans",
            ["国际友好城市工作贡献奖", "沈阳市获奖", '<a href="/zh-hans/sister-cities/belfast/">贝尔法斯特市</a>'],
        ),
    ],
)
def test_awards_of_shenyang_and_of_its_partners_are_named(client: Client, language: str, words: list[str]) -> None:
    text = content(client, PAGE[language])

    assert [word for word in words if word not in text] == []
