"""The friendship compass: every partner at its true bearing and great-circle distance from Shenyang.

An azimuthal equidistant diagram without borders or coastlines (domain.md, section 3). Two dials share the work,
because the near neighbours would fall upon each other on a dial that reaches round the globe. Pure: points in, drawing out.

Lengths are in drawing units. The middle, the radius and the width of a dial are the same in every drawing, and compass.css
counts on it: on a phone it shows the dial with numbers in place of the names, and cuts the empty margins off.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, radians, sin

from sister_cities.compass import name_columns

DIAL_RADIUS = 300.0
HALF_WIDTH = 510.0
LABEL_X = DIAL_RADIUS + 18.0
# The size of type in compass.css: at 1,440 px two dials stand side by side and a unit is 0.57 px.
TYPE = 22.0
LINE = 24.0
_ROOM = HALF_WIDTH - LABEL_X - 2
_GAP_LEAST, _GAP_MOST = 2.0, 8.0
# Of all names, in one of the two columns.
_LARGEST_SHARE = 0.55
_ELBOW = 8.0
# For the letter of the north above the dial, and as much below.
_MARGIN_END = 34.0
# The labels of the rings stand along the first of these bearings that lies clear: between two axes and far from the names.
# South-south-west of Shenyang is open sea.
_RING_LABEL_BEARINGS = (203.0, 157.0, 337.0, 23.0, 192.0, 168.0, 348.0, 12.0)
_RING_LABEL_CLEARANCE = 32.0
# Half the room of Shenyang's name below its star, or above where neighbours lie there.
_HOME_LABEL = 24.0
_HOME_HALF_WIDTH, _HOME_HALF_HEIGHT = 52.0, 14.0
# Common faces are narrower than the width estimated; a word too long for the margin is drawn no closer than it must be.
_SQUEEZE = 0.87


@dataclass(frozen=True)
class Point:
    """A partner: where it lies from Shenyang (kilometres, degrees) and what is written beside it."""

    name: str
    level: str
    title: str
    url: str
    distance_km: float
    bearing: float


@dataclass(frozen=True)
class Ring:
    """A circle of equal distance and where its label stands."""

    radius: float
    km: int
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Spot:
    """A point on the drawing."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A line of a name: its height, and its length where it must be drawn closer to fit the margin."""

    text: str
    y: float
    squeezed: float | None


@dataclass(frozen=True)
class Mark(Spot):
    """A point with its name beside the dial, a leader between them, and a number for where there is no room for names."""

    number: int
    label_x: float
    label_y: float

    @property
    def leader(self) -> str:
        """The path from the point to its name."""
        elbow = self.label_x - (_ELBOW if self.label_x > 0 else -_ELBOW)
        return f"M{self.x:g} {self.y:g}L{elbow:g} {self.label_y:g}"

    @property
    def lines(self) -> list[Line]:
        texts = _lines(self.point)
        top = self.label_y - (len(texts) - 1) * LINE / 2
        return [Line(text, round(top + index * LINE, 1), _squeezed(text)) for index, text in enumerate(texts)]


@dataclass(frozen=True)
class Dial:
    """One drawing; its centre is the origin, north is up. Names in the east stand first: that is clockwise."""

    reach_km: int
    rings: list[Ring]
    east: list[Mark]
    west: list[Mark]
    dots: list[Spot]
    inner_radius: float
    home_y: float
    half_height: float

    @property
    def marks(self) -> list[Mark]:
        """All that have a name, in the order of their numbers: clockwise from the north."""
        return [*self.east, *self.west]

    @property
    def outer_km(self) -> int:
        return self.rings[-1].km

    @property
    def bare_view_box(self) -> str:
        """The dial alone, without names beside it."""
        half = DIAL_RADIUS + _MARGIN_END
        return f"{-half:g} {-half:g} {2 * half:g} {2 * half:g}"

    @property
    def view_box(self) -> str:
        return f"{-HALF_WIDTH:g} {-self.half_height:g} {2 * HALF_WIDTH:g} {2 * self.half_height:g}"


def draw(points: Iterable[Point], *, reach_km: int, rings_km: Sequence[int], inner_km: int = 0) -> Dial:
    """Draw the points within `reach_km`. Those nearer than `inner_km` become dots without a name."""
    spots = [place(point, reach_km) for point in points if point.distance_km <= reach_km]
    named = [spot for spot in spots if spot.point.distance_km > inner_km]
    west, east = _sides(named)
    column = max(_height(east), _height(west), DIAL_RADIUS)
    clockwise = _column(east, LABEL_X, column, first=1)
    return Dial(
        reach_km=reach_km,
        rings=rings(
            rings_km, reach_km=reach_km, avoid=[(spot.x, spot.y) for spot in spots], clearance=_RING_LABEL_CLEARANCE
        ),
        east=clockwise,
        west=_column(west, -LABEL_X, column, first=len(clockwise) + 1),
        dots=[spot for spot in spots if spot.point.distance_km <= inner_km],
        inner_radius=_radius(inner_km, reach_km),
        home_y=_home_label(spots),
        half_height=round(max(column + LINE / 2, DIAL_RADIUS + _MARGIN_END)),
    )


def rings(
    rings_km: Sequence[int], *, reach_km: int, avoid: Sequence[tuple[float, float]], clearance: float
) -> list[Ring]:
    """The rings, with their labels along a bearing that keeps them clear of the places to avoid, or as clear as can be."""
    radii = [_radius(km, reach_km) for km in rings_km]

    def nearest(bearing: float) -> float:
        labels = [_at(radius, bearing) for radius in radii]
        return min((hypot(x - label_x, y - label_y) for x, y in avoid for label_x, label_y in labels), default=inf)

    best = max(_RING_LABEL_BEARINGS, key=lambda bearing: min(nearest(bearing), clearance))
    return [Ring(radius, km, *_at(radius, best)) for radius, km in zip(radii, rings_km, strict=True)]


def _radius(km: float, reach_km: int) -> float:
    return round(km / reach_km * DIAL_RADIUS, 1)


def _at(radius: float, bearing: float) -> tuple[float, float]:
    return round(radius * sin(radians(bearing)), 1), round(-radius * cos(radians(bearing)), 1)


def place(point: Point, reach_km: int) -> Spot:
    """Where a point lies on a dial that reaches this far."""
    x, y = _at(point.distance_km / reach_km * DIAL_RADIUS, point.bearing)
    return Spot(point=point, x=x, y=y)


def _sides(spots: list[Spot]) -> tuple[list[Spot], list[Spot]]:
    """West and east of the axis; if one column would pass the dial's ends by far, its nearest to the axis change over.

    A vertical line still parts them, so that no leader to the west crosses one to the east.
    """
    ordered = sorted(spots, key=lambda spot: spot.x)
    most = max(2 * DIAL_RADIUS, sum(map(_size, spots)) * _LARGEST_SHARE)
    parted = bisect_left(ordered, 0.0, key=lambda spot: spot.x)
    while 2 * _height(ordered[:parted]) > most:
        parted -= 1
    while 2 * _height(ordered[parted:]) > most:
        parted += 1
    return ordered[:parted], ordered[parted:]


def _home_label(spots: list[Spot]) -> float:
    """The height of Shenyang's name: below its star unless fewer points lie above."""

    def covered(height: float) -> int:
        return sum(abs(spot.x) < _HOME_HALF_WIDTH and abs(spot.y - height) < _HOME_HALF_HEIGHT for spot in spots)

    return min((_HOME_LABEL, -_HOME_LABEL), key=covered)


def _lines(point: Point) -> tuple[str, ...]:
    return name_columns.lines(point.name, _ROOM / TYPE)


def _squeezed(text: str) -> float | None:
    needed = name_columns.width(text) * TYPE
    return round(min(_ROOM, needed * _SQUEEZE), 1) if needed > _ROOM else None


def _size(spot: Spot) -> float:
    return len(_lines(spot.point)) * LINE + _GAP_LEAST


def _height(spots: list[Spot]) -> float:
    """Half the height of a column that holds these names as close as they may stand."""
    return sum(map(_size, spots)) / 2


def _column(spots: list[Spot], x: float, half_height: float, *, first: int) -> list[Mark]:
    """Stand the names under each other beside the dial; the eastern ones count down, the western ones up."""
    spare = (half_height - _height(spots)) * 2 / max(len(spots), 1)
    more = min(spare, _GAP_MOST - _GAP_LEAST)
    placed = name_columns.arrange(
        [(spot.x, spot.y) for spot in spots], [_size(spot) + more for spot in spots], x=x, half_height=half_height
    )
    clockwise = placed if x > 0 else placed[::-1]
    return [
        Mark(spots[index].point, spots[index].x, spots[index].y, number, x, round(height, 1))
        for number, (index, height) in enumerate(clockwise, first)
    ]
