"""Loading the sourced ties and figures."""

from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from shenyang_fao.core import sources
from shenyang_fao.core.models import PublishedFigure
from shenyang_fao.portal import facts as figures
from sister_cities import facts
from sister_cities.models import Award, CounterpartLink, Exchange, Partner, Tie

pytestmark = pytest.mark.django_db


def test_the_register_holds_23_sister_and_6_friendly_cities() -> None:
    facts.load(settings.FACTS_DIR)

    levels = Counter(Tie.objects.public().values_list("level", flat=True))
    assert levels == {
        "sister": 23,
        "friendly_cooperation": 6,
        "district": 1,
        "zone": 1,
    }


def test_loading_twice_changes_nothing() -> None:
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)
    before = [list(model.objects.order_by("pk").values()) for model in (Partner, Tie, PublishedFigure)]

    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)

    assert [list(model.objects.order_by("pk").values()) for model in (Partner, Tie, PublishedFigure)] == before


def test_an_officer_who_hides_a_tie_is_not_overruled() -> None:
    facts.load(settings.FACTS_DIR)
    Tie.objects.filter(partner__slug="rabat").update(is_public=False)

    facts.load(settings.FACTS_DIR)

    assert not Tie.objects.get(partner__slug="rabat").is_public


@pytest.mark.parametrize(
    ("slug", "grade"),
    [
        ("sapporo", "official"),
        ("kawasaki", "official"),
        ("daegu", "official"),
        ("gumi", "press"),
        ("rabat", "secondary"),
    ],
)
def test_sources_are_graded_by_who_answers_for_them(slug: str, grade: str) -> None:
    facts.load(settings.FACTS_DIR)

    assert Tie.objects.get(partner__slug=slug).source_grade == grade


def test_a_source_is_taken_apart() -> None:
    text = (
        "source: https://a.gov.cn/x (May 2016; 19th); exact day: http://city.eeju.com/y | coords: https://geonames.org"
    )

    assert [(link.host, str(link.grade)) for link in sources.links(text)] == [
        ("a.gov.cn", "official"),
        ("city.eeju.com", "secondary"),
    ]
    assert sources.remark(text) == "(May 2016 19th) exact day:"


def test_a_lookalike_host_is_not_official() -> None:
    assert sources.best_grade("source: https://evilgov.cn/") == "press"


def test_no_link_is_to_be_confirmed() -> None:
    assert sources.best_grade("source: hearsay") == "secondary"


def test_candidates_of_unclear_level_stay_in_the_back_office() -> None:
    facts.load(settings.FACTS_DIR)

    found = Tie.objects.filter(level="unclear").values_list("partner__slug", "status", "is_public")
    assert sorted(found) == [
        ("greifswald", "proposed", False),
        ("kursk", "proposed", False),
        ("zrenjanin", "proposed", False),
    ]


@pytest.mark.parametrize(
    ("partner", "local", "is_public"),
    [
        ("yongsan-gu-seoul", "Heping District, Shenyang", True),
        ("gwanak-gu-seoul", "Tiexi District, Shenyang", False),
        (
            "special-technology-zones-authority-pakistan",
            "Shenyang Economic and Technological Development Area",
            True,
        ),
    ],
)
def test_districts_and_zones_have_ties_of_their_own(partner: str, local: str, is_public: bool) -> None:
    facts.load(settings.FACTS_DIR)

    tie = Tie.objects.select_related("local").get(partner__slug=partner)
    assert (tie.local.name_en, tie.is_public) == (local, is_public)


def test_each_tie_begins_its_history() -> None:
    facts.load(settings.FACTS_DIR)

    facts.load(settings.FACTS_DIR)

    assert list(Tie.objects.get(partner__slug="sapporo").steps.values_list("status", "happened_on")) == [
        ("signed", date(1980, 11, 18))
    ]


def test_all_exchanges_are_documented_with_their_partners() -> None:
    facts.load(settings.FACTS_DIR)

    tokyo = Exchange.objects.get(happened_on=date(2023, 6, 20))
    assert Exchange.objects.public().count() == 41
    assert sorted(tokyo.partners.values_list("slug", flat=True)) == ["hamamatsu", "kawasaki", "sapporo", "sasebo"]


def test_links_are_kept_as_what_they_are() -> None:
    facts.load(settings.FACTS_DIR)

    stages = dict(CounterpartLink.objects.order_by("pk").values_list("foreign_en", "stage"))
    assert stages["University Medicine Greifswald"] == "contact"
    assert stages["Busoga, Jinja"] == "intention"
    assert CounterpartLink.objects.public().count() == 7


def test_four_cities_won_the_award_and_two_are_shenyangs_own() -> None:
    facts.load(settings.FACTS_DIR)

    winners = Award.objects.get(slug="exchange-and-cooperation-award").partners
    assert sorted(winners.values_list("slug", flat=True)) == ["belfast", "chicago", "daejeon", "sapporo"]
    assert Award.objects.filter(partners=None).count() == 2
