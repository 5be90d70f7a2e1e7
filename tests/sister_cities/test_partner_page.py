"""The page of one partner, in both languages: what is public of it, and nothing else."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from sister_cities import facts
from sister_cities.models import Agreement, Award, Edition, Exchange, Partner, Tie
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

SOURCED = {"source": "https://www.shenyang.gov.cn/y", "source_grade": "official", "is_public": True}


def page(client: Client, partner: Partner, language: str = "en") -> str:
    response = client.get(f"/{language}/sister-cities/{partner.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def agree(tie: Tie, **fields: Any) -> Agreement:
    values = {
        "name_en": "Agreement on friendship",
        "name_zh_hans": "友好协议",
        "signed_on": date(1980, 11, 18),
        "signed_precision": "day",
        "signatories_en": "The mayors",
        "signatories_zh_hans": "两市市长",
        "summary_en": "Both cities exchange students.",
        "summary_zh_hans": "两市互派学生。",
    }
    return Agreement.objects.create(tie=tie, **(SOURCED | values | fields))


def won(partner: Partner, **fields: Any) -> Award:
    values = {"slug": "prize", "name_en": "Prize of Friendship", "name_zh_hans": "友谊奖"}
    award = Award.objects.create(**(SOURCED | values | fields))
    award.partners.add(partner)
    return award


def happened(partner: Partner, name: str, **fields: Any) -> Exchange:
    values = {"name_en": name, "name_zh_hans": name, "happened_on": date(2020, 1, 1), "happened_precision": "day"}
    exchange = Exchange.objects.create(**(SOURCED | values | fields))
    exchange.partners.add(partner)
    return exchange


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Agreement on friendship", "The mayors", "Both cities exchange students.", "Prize of Friendship"]),
        ("zh-hans", ["友好协议", "两市市长", "两市互派学生。", "友谊奖"]),
    ],
)
def test_agreements_and_awards_are_shown(client: Client, language: str, words: list[str]) -> None:
    tie = make_tie()
    agree(tie)
    won(tie.partner)

    text = page(client, tie.partner, language)

    assert [word for word in words if word not in text] == []


def test_what_is_not_public_stays_inside(client: Client) -> None:
    tie = make_tie(note="an internal remark")
    agree(tie, is_public=False, name_en="Hidden paper")
    won(tie.partner, is_public=False, name_en="Hidden prize")
    happened(tie.partner, "Hidden exchange", is_public=False)
    make_tie(partner=tie.partner, level="friendly_cooperation", is_public=False)

    text = page(client, tie.partner)

    assert [word for word in ("Hidden", "internal", "Friendly-cooperation") if word in text] == []


@pytest.mark.parametrize(
    ("language", "status", "words"),
    [
        ("en", "dormant", "This tie is dormant"),
        ("en", "ended", "This tie has ended"),
        ("zh-hans", "dormant", "目前处于休眠状态"),
        ("zh-hans", "ended", "该结好关系已终止"),
    ],
)
def test_a_tie_out_of_force_says_so(client: Client, language: str, status: str, words: str) -> None:
    tie = make_tie(status=status)

    assert words in page(client, tie.partner, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Yongsan-gu, Seoul", "Heping District, Shenyang", "Friendly district", "Local time", "5 years"]),
        ("zh-hans", ["首尔特别市龙山区", "沈阳市和平区", "友好城区", "当地时间", "5周年"]),
    ],
)
@time_machine.travel("2026-11-23T04:00Z")
def test_a_district_without_a_place_has_its_page(client: Client, language: str, words: list[str]) -> None:
    facts.load(settings.FACTS_DIR)

    text = page(client, Partner.objects.get(slug="yongsan-gu-seoul"), language)

    assert [word for word in words if word not in text] == []
    assert "compass--small" not in text


@time_machine.travel("2026-11-23T04:00Z")
@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("Asia/Tokyo", "en", ["13:00", "1 h ahead of Shenyang"]),
        ("Asia/Karachi", "zh-hans", ["09:00", "比沈阳晚3小时"]),
        ("Asia/Kolkata", "en", ["09:30", "2.5 h behind Shenyang"]),
        ("Asia/Manila", "en", ["12:00", "the same as in Shenyang"]),
        ("America/Chicago", "en", ["22:00", "22 November 2026", "14 h behind Shenyang"]),
    ],
)
def test_the_local_time_is_that_of_its_zone(client: Client, zone: str, language: str, words: list[str]) -> None:
    tie = make_tie(partner=make_partner(time_zone=zone))

    text = page(client, tie.partner, language)

    assert [word for word in words if word not in text] == []


@time_machine.travel("2026-11-23T04:00Z")
def test_the_next_anniversary_counts_the_days(client: Client) -> None:
    tie = make_tie(signed_on=date(1986, 11, 25))

    text = page(client, tie.partner)

    assert [word for word in ("40 years", "25 November 2026", "in 2 days", "round year") if word not in text] == []


def test_the_timeline_runs_from_new_to_old(client: Client) -> None:
    tie = make_tie(signed_on=date(1980, 11, 18))
    agree(tie, signed_on=date(1990, 1, 1))
    happened(tie.partner, "Students sing")
    won(tie.partner, awarded_on=date(2000, 5, 1), awarded_precision="month")
    names = {"name_en": "First edition", "name_zh_hans": "第一届"}
    edition = Edition.objects.create(slug="first", number=1, year=2021, **names, **SOURCED)
    edition.partners.add(tie.partner)

    response: Any = client.get(f"/en/sister-cities/{tie.partner.slug}/")

    assert [(entry.title, entry.happened_text) for entry in response.context["timeline"]] == [
        ("First edition", "2021"),
        ("Students sing", "1 January 2020"),
        ("Prize of Friendship", "May 2000"),
        ("Agreement on friendship", "1 January 1990"),
        (f"Shenyang and {tie.partner.name_en} establish ties: Sister city", "18 November 1980"),
    ]


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_page_takes_the_same_few_queries(client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
    ties = [make_tie() for _number in range(rows)]
    for number in range(rows):
        agree(ties[0])
        won(ties[0].partner, slug=f"prize-{number}")
        happened(ties[0].partner, f"Exchange {number}")

    with django_assert_max_num_queries(12):
        page(client, ties[0].partner)


def test_a_long_name_is_shown_whole(client: Client) -> None:
    name = "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat"
    tie = make_tie(partner=make_partner(name_en=name))

    assert page(client, tie.partner).count(name) >= 2
