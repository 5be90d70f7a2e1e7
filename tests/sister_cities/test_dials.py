"""The compass drawn from the register: true to an independent judge, legible in a crowd, light on the wire."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from geographiclib.geodesic import Geodesic

from sister_cities.compass import dials, sphere
from sister_cities.compass.dial import DIAL_RADIUS, HALF_WIDTH, TYPE, Dial
from sister_cities.compass.name_columns import width
from sister_cities.enums import CITY_LEVELS
from sister_cities.models import Tie
from tests.sister_cities.crowd import crowd
from tests.sister_cities.factories import make_partner, make_tie

FACTS = list(csv.DictReader(Path("facts/sister_cities.csv").read_text(encoding="utf-8").splitlines()))
LANGUAGES = ["zh-hans", "en"]
HEAVIEST = 60_000
pytestmark = pytest.mark.django_db


class Box(NamedTuple):
    """Left, top, right, bottom in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@pytest.fixture
def register() -> list[Tie]:
    """The real ties of the city."""
    call_command("load_facts", verbosity=0)
    return list(Tie.objects.public().select_related("partner").by_rank())


@pytest.fixture
def crowded() -> list[Tie]:
    """A hundred and twenty."""
    levels = ("sister", "friendly_cooperation")
    return [make_tie(partner=make_partner(**fields), level=levels[n % 2]) for n, fields in enumerate(crowd())]


def both(ties: list[Tie]) -> list[Dial]:
    return [dials.world(ties), dials.near(ties)]


def boxes(dial: Dial) -> Iterator[Box]:
    """The room of each line of each name, by widths that no common face passes."""
    for mark in dial.marks:
        for line in mark.lines:
            room = line.squeezed or width(line.text) * TYPE
            left = mark.label_x if mark.label_x > 0 else mark.label_x - room
            yield Box(left, line.y - TYPE / 2, left + room, line.y + TYPE / 2)


@pytest.mark.parametrize("row", FACTS, ids=[row["name_en"] for row in FACTS])
def test_each_city_lies_where_a_library_of_the_ellipsoid_says(row: dict[str, str]) -> None:
    """WGS-84 by geographiclib. The sphere differs most for La Plata, near the antipode: by 0.44 degrees."""
    place = sphere.Place(float(row["latitude"]), float(row["longitude"]))
    start = sphere.SHENYANG

    judge = Geodesic.WGS84.Inverse(start.latitude, start.longitude, place.latitude, place.longitude)

    turn = sphere.bearing(start, place) - judge["azi1"]
    assert abs((turn + 180) % 360 - 180) < 0.5
    assert sphere.distance_km(start, place) * 1000 == pytest.approx(judge["s12"], rel=0.005)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ties", ["register", "crowded"])
def test_names_overlap_neither_each_other_nor_the_dial_nor_the_edge(
    request: pytest.FixtureRequest, ties: str, language: str
) -> None:
    drawn: list[Tie] = request.getfixturevalue(ties)

    with translation.override(language):
        drawings = both(drawn)

        for drawing in drawings:
            found = list(boxes(drawing))
            assert [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])] == []
            assert [box for box in found if box.left < DIAL_RADIUS and box.right > -DIAL_RADIUS] == []
            assert [box for box in found if max(-box.left, box.right) > HALF_WIDTH] == []
            assert [box for box in found if max(-box.top, box.bottom) > drawing.half_height] == []


@pytest.mark.parametrize("ties", ["register", "crowded"])
def test_every_partner_has_one_name_on_one_dial(request: pytest.FixtureRequest, ties: str) -> None:
    drawn: list[Tie] = request.getfixturevalue(ties)

    urls = [mark.point.url for drawing in both(drawn) for mark in drawing.marks]

    assert sorted(urls) == sorted(tie.partner.get_absolute_url() for tie in drawn if tie.level in CITY_LEVELS)


def test_a_city_of_both_levels_is_drawn_once_at_the_higher() -> None:
    city = make_partner()
    ties = [make_tie(partner=city, level="friendly_cooperation"), make_tie(partner=city)]

    marks = dials.near(ties).marks

    assert [mark.point.level for mark in marks] == ["sister"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_tie(status="ended"),
        lambda: make_tie(partner=make_partner(kind="district"), level="district"),
        lambda: make_tie(partner=make_partner(latitude=None, longitude=None)),
    ],
    ids=["an ended tie", "a district", "a city nobody has placed"],
)
def test_is_not_drawn(make: Callable[[], Tie]) -> None:
    assert dials.near([make()]).marks == []


@pytest.mark.parametrize(
    ("place", "outer_km"),
    [((37.45646, 126.70515), 1_000), ((43.06667, 141.35), 2_000), ((-34.92126, -57.95442), 20_000)],
    ids=["Incheon", "Sapporo", "La Plata"],
)
def test_the_small_dial_reaches_just_far_enough(place: tuple[float, float], outer_km: int) -> None:
    partner = make_partner(latitude=place[0], longitude=place[1])

    dial = dials.single(partner)

    assert dial is not None
    assert dial.rings[-1].km == outer_km


def test_words_on_the_small_dial_keep_clear_of_the_letter_of_the_north() -> None:
    la_plata = make_partner(latitude=-34.92126, longitude=-57.95442)

    dial = dials.single(la_plata)

    assert dial is not None
    assert (dial.x, dial.name_x) == (47.3, 105.0)


def test_even_the_antipode_has_a_small_dial() -> None:
    start = sphere.SHENYANG

    dial = dials.single(make_partner(latitude=-start.latitude, longitude=start.longitude - 180))

    assert dial is not None
    assert dial.point.distance_km == pytest.approx(20_015, abs=1)


def test_without_coordinates_there_is_no_small_dial() -> None:
    assert dials.single(make_partner(latitude=None, longitude=None)) is None


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_directory_with_120_ties_weighs_less_than_60_kb(client: Client, language: str) -> None:
    page = client.get(f"/{language}/sister-cities/").content

    assert len(re.findall(rb'class="compass-leader"', page)) == 120
    assert len(gzip.compress(page)) < HEAVIEST
