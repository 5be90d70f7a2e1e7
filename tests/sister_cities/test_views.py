"""The public directory, in both languages."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shenyang_fao.portal import facts as figures
from sister_cities import bench, facts
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

INDEX = {"en": "/en/sister-cities/", "zh-hans": "/zh-hans/sister-cities/"}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def register() -> None:
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            INDEX["en"],
            [
                *("Sapporo", "18 November 1980", "Republic of Korea", "date not confirmed", "to be confirmed"),
                *("as of October 2022", "the register holds 23 records", "the register holds 6 records", ">77<"),
                *("GeoNames", "CC BY 4.0", "<svg"),
            ],
        ),
        (
            INDEX["zh-hans"],
            [
                *("札幌市", "1980年11月18日", "韩国", "2014年", "待核实"),
                *("截至2022年10月", "名录收录有来源的记录23条", "名录收录有来源的记录6条"),
            ],
        ),
        ("/en/sister-cities/katowice/", ["Katowice", "卡托维兹市", "2007", "official source", "7,429 km"]),
        ("/zh-hans/sister-cities/katowice/", ["卡托维兹市", "Katowice", "2007年", "官方来源", "西北"]),
    ],
)
def test_a_page_says_what_is_known(client: Client, address: str, words: list[str]) -> None:
    text = page(client, address)

    assert [word for word in words if word not in text] == []


@pytest.mark.usefixtures("register")
def test_internal_remarks_are_not_public(client: Client) -> None:
    text = "".join(page(client, f"/en/sister-cities/{slug}/") for slug in ("karachi", "jinja", "monterrey"))

    assert [word for word in ("by elimination", "22nd", "(8th)", "(letter") if word in text] == []


def test_the_address_filters_and_sorts(client: Client) -> None:
    make_tie(partner=make_partner(slug="belfast", name_en="Belfast"))
    make_tie(partner=make_partner(slug="antwerp", name_en="Antwerp"))
    make_tie(partner=make_partner(slug="aachen", name_en="Aachen"), level="friendly_cooperation")

    response: Any = client.get(f"{INDEX['en']}?sort=name&level=sister&continent=atlantis")

    assert [line.tie.partner.slug for line in response.context["lines"]] == ["antwerp", "belfast"]


def test_no_match_says_so(client: Client) -> None:
    make_tie()

    assert "No city matches these filters." in page(client, INDEX["en"] + "?continent=africa")


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_directory_takes_four_queries(client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(rows):
        make_tie()

    with django_assert_max_num_queries(4):
        page(client, INDEX["en"])


def test_previous_and_next_follow_the_list(client: Client) -> None:
    first, second, third = (make_tie(partner=make_partner(slug=slug)) for slug in ("a", "b", "c"))

    response: Any = client.get(second.partner.get_absolute_url())

    assert (response.context["previous"], response.context["next"]) == (first.partner, third.partner)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_unknown_or_hidden_city_is_not_found(client: Client, language: str) -> None:
    hidden = make_tie(is_public=False).partner

    assert client.get(f"/{language}/sister-cities/atlantis/").status_code == 404
    assert client.get(f"/{language}/sister-cities/{hidden.slug}/").status_code == 404
    assert hidden.slug not in page(client, INDEX["en"])


@pytest.mark.usefixtures("register")
def test_the_directory_needs_four_queries_at_most() -> None:
    lines = list(bench.directory())

    assert int(lines[0].split()[0]) <= bench.QUERIES_AT_MOST


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("language", "parties"),
    [("en", "Heping District, Shenyang – <a"), ("zh-hans", "沈阳市和平区 – <a")],
)
def test_a_tie_of_a_district_names_both_parties(client: Client, language: str, parties: str) -> None:
    text = page(client, INDEX[language] + "?level=district")

    assert parties in text
    assert text.count("<svg") == 1  # the mark of its level: no compass without a place


@pytest.mark.usefixtures("register")
def test_the_compass_shows_the_cities_found(client: Client) -> None:
    response: Any = client.get(INDEX["en"] + "?country=RU")

    assert sorted(mark.point.name for mark in response.context["dials"][0].marks) == ["Novosibirsk", "Ufa"]
    assert [mark.point.name for mark in response.context["dials"][1].marks] == ["Irkutsk"]


@pytest.mark.usefixtures("register")
def test_winners_of_an_award_are_marked(client: Client) -> None:
    response: Any = client.get(INDEX["en"])

    awarded = [line.tie.partner.slug for line in response.context["lines"] if line.is_awarded]
    assert awarded == ["sapporo", "chicago", "daejeon", "belfast"]
    assert response.content.decode().count("tag--award") == 4


@pytest.mark.parametrize(("language", "word"), [("en", "dormant"), ("zh-hans", "休眠")])
def test_a_dormant_tie_is_marked_in_the_directory(client: Client, language: str, word: str) -> None:
    make_tie(status="dormant")

    assert f">{word}</span>" in page(client, INDEX[language])


@pytest.mark.parametrize(("language", "words"), [("en", "No tie has been published"), ("zh-hans", "尚未公布结好信息")])
def test_an_empty_register_says_so(client: Client, language: str, words: str) -> None:
    assert words in page(client, INDEX[language])


def test_the_page_in_another_language_keeps_the_filters(client: Client) -> None:
    assert 'href="/zh-hans/sister-cities/?level=sister&amp;sort=name"' in page(
        client, INDEX["en"] + "?level=sister&sort=name"
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_site_map_leads_to_every_page_of_the_section(client: Client, language: str) -> None:
    text = page(client, f"/{language}/site-map/")

    names = ["", "timeline/", "anniversaries/", "exchanges/", "plans/", "links/", "statistics/"]
    assert [name for name in names if f'href="/{language}/sister-cities/{name}"' not in text] == []
