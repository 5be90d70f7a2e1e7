"""The filters of the directory: each of them, together, and values that do not exist."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.translation import override

from shenyang_fao.core.models import Unit
from sister_cities import overview
from sister_cities.forms import DirectoryFilters, offers
from sister_cities.models import Award
from tests.sister_cities.factories import make_partner, make_tie

pytestmark = pytest.mark.django_db

AWARDS = [("best-friend", "Best Friend")]


@pytest.fixture(autouse=True)
def register() -> None:
    """One tie of each level; Kawasaki has won an award, Yongsan's position is not known."""
    sapporo = make_partner(slug="sapporo", name_en="Sapporo", latitude=43.07, longitude=141.35)
    kawasaki = make_partner(slug="kawasaki", name_en="Kawasaki", latitude=35.52, longitude=139.72)
    lyon = make_partner(slug="lyon", name_en="Lyon", country="FR", latitude=45.75, longitude=4.85)
    yongsan = make_partner(slug="yongsan", country="KR", kind="district", latitude=None, longitude=None)
    heping = Unit.objects.create(slug="heping", kind="district", name_zh_hans="和平区", name_en="Heping District")
    make_tie(partner=sapporo, signed_on=date(1980, 11, 18))
    make_tie(partner=kawasaki, signed_on=date(1990, 1, 1), signed_precision="year")
    make_tie(partner=lyon, level="friendly_cooperation", signed_on=None, signed_precision="")
    make_tie(partner=yongsan, local=heping, level="district", signed_on=date(1989, 12, 31))
    _award("best-friend").partners.add(kawasaki)
    _award("a-secret", is_public=False).partners.add(sapporo)


def _award(slug: str, *, is_public: bool = True) -> Award:
    names = {"name_en": slug, "name_zh_hans": slug}
    return Award.objects.create(slug=slug, source="paper", source_grade="press", is_public=is_public, **names)


def form(query: str = "") -> DirectoryFilters:
    return DirectoryFilters(QueryDict(query), offers=offers(overview.facets(), AWARDS))


def slugs(query: str) -> list[str]:
    return [tie.partner.slug for tie in form(query).ties()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["sapporo", "kawasaki", "lyon", "yongsan"]),
        ("level=sister", ["sapporo", "kawasaki"]),
        ("level=district", ["yongsan"]),
        ("continent=europe", ["lyon"]),
        ("country=JP", ["sapporo", "kawasaki"]),
        ("decade=1980", ["sapporo", "yongsan"]),
        ("decade=1990", ["kawasaki"]),
        ("award=best-friend", ["kawasaki"]),
        ("country=JP&decade=1980", ["sapporo"]),
        ("continent=europe&award=best-friend", []),
    ],
)
def test_each_filter_finds_its_ties(query: str, expected: list[str]) -> None:
    assert slugs(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "level=unclear",
        "level=twin",
        "continent=atlantis",
        "country=ZZ",
        "country=CN",
        "decade=1850",
        "decade=1985",
        "decade=abc",
        "award=a-secret",
        "award=%00",
        "nothing=else",
    ],
)
def test_a_value_that_does_not_exist_filters_nothing(query: str) -> None:
    asked = form(query)

    assert len(asked.ties()) == 4
    assert not asked.is_filtered


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=name&level=sister", ["kawasaki", "sapporo"]),
        ("sort=distance&level=sister", ["sapporo", "kawasaki"]),
        ("sort=date", ["sapporo", "kawasaki", "lyon", "yongsan"]),
        ("sort=rubbish", ["sapporo", "kawasaki", "lyon", "yongsan"]),
        ("sort=distance", ["sapporo", "kawasaki", "lyon", "yongsan"]),
    ],
)
def test_the_order_is_the_readers_within_each_level(query: str, expected: list[str]) -> None:
    with override("en"):
        assert slugs(query) == expected


def test_only_what_the_register_holds_is_offered() -> None:
    fields = form().fields

    assert [value for value, _label in fields["decade"].choices] == ["", "1980", "1990"]
    assert {value for value, _label in fields["country"].choices} == {"", "JP", "FR", "KR"}
    assert [value for value, _label in fields["level"].choices] == [
        "",
        "sister",
        "friendly_cooperation",
        "district",
        "zone",
    ]


def test_sorting_is_no_filter() -> None:
    assert not form("sort=name").is_filtered
