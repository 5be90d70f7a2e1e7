"""Loading the sourced ties and figures."""

import pytest
from django.conf import settings

from shenyang_fao.core import sources
from shenyang_fao.core.models import PublishedFigure
from shenyang_fao.portal import facts as figures
from sister_cities import facts
from sister_cities.models import Partner, Tie

pytestmark = pytest.mark.django_db


def test_the_register_holds_23_sister_and_6_friendly_cities() -> None:
    facts.load(settings.FACTS_DIR)

    assert Tie.objects.public().count_by_level() == {
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
