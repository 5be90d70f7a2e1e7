"""Great circles and the drawing of the compass."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sister_cities.compass import DIAL_RADIUS, Dial, Point, draw
from sister_cities.enums import Direction
from sister_cities.sphere import SHENYANG, Place, bearing, distance_km

HALF_ROUND_KM = 20_015.2


def points(*places: tuple[float, float]) -> list[Point]:
    return [Point(f"{n}", "sister", "", "", km, angle) for n, (km, angle) in enumerate(places)]


def dial(*places: tuple[float, float]) -> Dial:
    return draw(points(*places), reach_km=20_000, rings_km=(10_000, 20_000))


@pytest.mark.parametrize(
    ("place", "km", "angle"),
    [(Place(90, 0), 5360, 0), (Place(-41.79222, -56.56722), 20015, None), (Place(43.06667, 141.35), 1475, 78)],
)
def test_distance_and_bearing(place: Place, km: float, angle: float | None) -> None:
    assert distance_km(SHENYANG, place) == pytest.approx(km, abs=2)
    if angle is not None:
        assert bearing(SHENYANG, place) == pytest.approx(angle, abs=1)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_no_place_is_farther_than_half_round_the_globe(latitude: float, longitude: float) -> None:
    place = Place(latitude, longitude)

    assert 0 <= distance_km(SHENYANG, place) <= HALF_ROUND_KM
    assert 0 <= bearing(SHENYANG, place) < 360


@pytest.mark.parametrize(("angle", "wind"), [(0, "n"), (359, "n"), (22, "n"), (23, "ne"), (180, "s"), (315, "nw")])
def test_a_bearing_has_its_wind(angle: float, wind: str) -> None:
    assert Direction.of(angle) == wind


def test_a_point_lies_at_its_bearing_and_distance() -> None:
    mark = dial((10_000, 90)).marks[0]

    assert (mark.x, mark.y) == (DIAL_RADIUS / 2, 0)


def test_points_beyond_the_reach_are_left_out_and_near_ones_have_no_name() -> None:
    drawing = draw(points((500, 10), (1500, 20), (3000, 30)), reach_km=2_000, rings_km=(2_000,), inner_km=1_000)

    assert [mark.point.name for mark in drawing.dots] == ["0"]
    assert [mark.point.name for mark in drawing.marks] == ["1"]


@given(st.lists(st.tuples(st.floats(0, 20_000), st.floats(0, 359)), max_size=12))
def test_names_never_overlap_nor_leave_the_drawing(places: list[tuple[float, float]]) -> None:
    marks = dial(*places).marks

    for side in (-1, 1):
        heights = sorted(mark.label_y for mark in marks if mark.label_x * side > 0)
        assert all(below - above >= 24.7 for above, below in pairwise(heights))
        assert all(abs(height) <= DIAL_RADIUS + 0.1 for height in heights)
