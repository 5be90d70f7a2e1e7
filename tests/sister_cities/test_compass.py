"""Great circles and the drawing of the compass."""

from itertools import combinations, pairwise
from math import hypot
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sister_cities.compass import name_columns
from sister_cities.compass.dial import DIAL_RADIUS, HALF_WIDTH, Dial, Mark, Point, draw
from sister_cities.compass.small_dial import TYPE, draw_small
from sister_cities.compass.sphere import SHENYANG, Place, bearing, distance_km
from sister_cities.enums import Direction

HALF_ROUND_KM = 20_015.2
EUROPE_AND_MORE = st.lists(
    st.tuples(st.floats(0, 20_000), st.one_of(st.floats(0, 359), st.floats(300, 330))), max_size=70
)


def points(*places: tuple[float, float]) -> list[Point]:
    return [Point(f"{n}", "sister", "", "", km, angle) for n, (km, angle) in enumerate(places)]


def dial(*places: tuple[float, float]) -> Dial:
    return draw(points(*places), reach_km=20_000, rings_km=(10_000, 20_000))


def named(name: str, km: float = 9_000, angle: float = 90) -> Point:
    return Point(name, "sister", "", "", km, angle)


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

    assert [spot.point.name for spot in drawing.dots] == ["0"]
    assert [mark.point.name for mark in drawing.marks] == ["1"]


def test_numbers_run_clockwise_from_the_north() -> None:
    marks = dial((9_000, 280), (9_000, 170), (9_000, 10), (9_000, 200)).marks

    assert [(mark.number, mark.point.bearing) for mark in marks] == [(1, 10), (2, 170), (3, 200), (4, 280)]


@given(EUROPE_AND_MORE)
def test_names_keep_apart_and_stay_in_the_drawing(places: list[tuple[float, float]]) -> None:
    drawing = dial(*places)

    for side in (drawing.east, drawing.west):
        heights = sorted(mark.label_y for mark in side)
        assert all(below - above >= 25.5 for above, below in pairwise(heights))
        assert all(abs(height) <= drawing.half_height - 12 for height in heights)


@given(EUROPE_AND_MORE)
def test_leaders_do_not_cross(places: list[tuple[float, float]]) -> None:
    for one, two in combinations(dial(*places).marks, 2):
        assert not crossing(one, two)


def crossing(one: Mark, two: Mark) -> bool:
    """Whether two leaders cross clearly: not where they touch, nor by the rounding of the drawing."""
    ends = [(mark.x, mark.y, mark.label_x, mark.label_y) for mark in (one, two)]
    return all(split(ends[first], ends[second]) for first, second in ((0, 1), (1, 0)))


def split(line: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether the ends of the other line lie on both sides of this one, each more than half a unit away."""
    x, y, end_x, end_y = line
    length = hypot(end_x - x, end_y - y)
    sides = [
        ((end_x - x) * (b - y) - (end_y - y) * (a - x)) / length
        for a, b in ((other[0], other[1]), (other[2], other[3]))
    ]
    return min(sides) < -0.5 and max(sides) > 0.5


def test_a_crowd_on_one_side_is_shared_by_both_columns() -> None:
    drawing = dial(*((9_000, 280 + number / 2) for number in range(60)))

    assert {len(drawing.east), len(drawing.west)} == {27, 33}


def test_a_hundred_and_twenty_points_are_drawn_within_50_ms() -> None:
    crowd = [(5_000 + 37 * number, 280 + number * 7 % 50) for number in range(120)]

    started = process_time()
    dial(*crowd)

    assert process_time() - started < 0.05


def test_a_long_name_breaks_between_words() -> None:
    mark = draw([named("San Pedro Garza García")], reach_km=20_000, rings_km=(20_000,)).marks[0]

    assert [(line.text, line.y - mark.label_y, line.squeezed) for line in mark.lines] == [
        ("San Pedro", -12, None),
        ("Garza García", 12, None),
    ]


def test_a_long_chinese_name_breaks_where_it_must() -> None:
    assert name_columns.lines("圣佩德罗加尔萨加西亚市", 8.6) == ("圣佩德罗加尔萨加", "西亚市")


def test_a_word_too_long_for_the_margin_is_drawn_closer() -> None:
    (line,) = draw([named("Thiruvananthapuram")], reach_km=20_000, rings_km=(20_000,)).marks[0].lines

    assert line.squeezed == HALF_WIDTH - 318 - 2


def test_labels_of_the_rings_keep_clear_of_the_points() -> None:
    places = [(km, angle) for km in (10_000, 20_000) for angle in (203, 157)]

    drawing = dial(*places)

    for ring in drawing.rings:
        assert min(hypot(mark.x - ring.label_x, mark.y - ring.label_y) for mark in drawing.marks) > 30


def test_the_name_of_shenyang_gives_way_to_near_neighbours() -> None:
    assert dial((1_500, 180)).home_y == -24
    assert dial((1_500, 0)).home_y == 24


@given(st.floats(500, 20_000), st.floats(0, 359), st.sampled_from(["Ufa", "叶卡捷琳堡市", "Petropavlovsk-Kamchatsky"]))
def test_the_small_compass_holds_its_words(km: float, angle: float, name: str) -> None:
    drawing = draw_small(named(name, km, angle), reach_km=20_000, rings_km=(10_000, 20_000))

    left, top, width, height = map(float, drawing.view_box.split())
    assert left + 3 * TYPE <= drawing.name_x <= left + width - 3 * TYPE
    assert top + TYPE / 2 <= drawing.name_y < drawing.distance_y <= top + height - TYPE / 2
