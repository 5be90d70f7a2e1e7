"""The friendship compass: every partner at its true bearing and great-circle distance from Shenyang.

An azimuthal equidistant diagram without borders or coastlines (domain.md, section 3). Two dials share the work,
because the near neighbours would fall upon each other on a dial that reaches round the globe. Pure: points in, drawing out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians, sin
from statistics import fmean

DIAL_RADIUS = 300.0
MARGIN_SIDE = 175.0
MARGIN_END = 34.0
_LABEL_GAP = 25.0
# South-south-west of Shenyang lies open sea, and between two axes.
_RING_LABELS = 203.0
_LABEL_X = DIAL_RADIUS + 22.0


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
    """A circle of equal distance; its label stands where few partners lie."""

    radius: float
    km: int

    @property
    def label_x(self) -> float:
        return round(self.radius * sin(radians(_RING_LABELS)), 1)

    @property
    def label_y(self) -> float:
        return round(-self.radius * cos(radians(_RING_LABELS)), 1)


@dataclass(frozen=True)
class Mark:
    """A point on the drawing, with its name on the nearer edge and a leader between them."""

    point: Point
    x: float
    y: float
    label_x: float
    label_y: float

    @property
    def elbow_x(self) -> float:
        return self.label_x - 8 if self.label_x > 0 else self.label_x + 8

    @property
    def anchor(self) -> str:
        return "start" if self.label_x > 0 else "end"


@dataclass(frozen=True)
class Dial:
    """One drawing; its centre is the origin, north is up, lengths are in drawing units."""

    reach_km: int
    rings: list[Ring]
    marks: list[Mark]
    dots: list[Mark]
    inner_radius: float

    @property
    def view_box(self) -> str:
        half_width, half_height = DIAL_RADIUS + MARGIN_SIDE, DIAL_RADIUS + MARGIN_END
        return f"{-half_width:g} {-half_height:g} {2 * half_width:g} {2 * half_height:g}"


def draw(points: Iterable[Point], *, reach_km: int, rings_km: Sequence[int], inner_km: int = 0) -> Dial:
    """Draw the points within `reach_km`. Those nearer than `inner_km` become dots without a name."""
    within = [point for point in points if point.distance_km <= reach_km]
    placed = [_place(point, reach_km) for point in within]
    return Dial(
        reach_km=reach_km,
        rings=[Ring(radius=round(_radius(km, reach_km), 1), km=km) for km in rings_km],
        marks=_label([mark for mark in placed if mark.point.distance_km > inner_km]),
        dots=[mark for mark in placed if mark.point.distance_km <= inner_km],
        inner_radius=round(_radius(inner_km, reach_km), 1),
    )


def _radius(km: float, reach_km: int) -> float:
    return km / reach_km * DIAL_RADIUS


def _place(point: Point, reach_km: int) -> Mark:
    radius, angle = _radius(point.distance_km, reach_km), radians(point.bearing)
    x, y = round(radius * sin(angle), 1), round(-radius * cos(angle), 1)
    return Mark(point=point, x=x, y=y, label_x=x, label_y=y)


def _label(marks: list[Mark]) -> list[Mark]:
    west = [mark for mark in marks if mark.x < 0]
    east = [mark for mark in marks if mark.x >= 0]
    return [*_column(west, -_LABEL_X), *_column(east, _LABEL_X)]


def _column(marks: list[Mark], x: float) -> list[Mark]:
    """Stand the names under each other beside the dial, as near to their points' height as the gap allows."""
    ordered = sorted(marks, key=lambda mark: mark.y)
    heights = _spread([mark.y for mark in ordered])
    _uncross(ordered, heights, x)
    return [
        Mark(point=mark.point, x=mark.x, y=mark.y, label_x=x, label_y=round(height, 1))
        for mark, height in zip(ordered, heights, strict=True)
    ]


def _spread(wanted: Sequence[float]) -> list[float]:
    """Heights at least a gap apart and as near as can be to the sorted heights wanted, kept beside the dial."""
    # Less the gaps below it, a height only has to be no lower than the one before: neighbours out of order share a mean.
    pools: list[list[float]] = []
    for index, height in enumerate(wanted):
        pools.append([height - index * _LABEL_GAP])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    lowest = DIAL_RADIUS - (len(wanted) - 1) * _LABEL_GAP
    bases = [max(-DIAL_RADIUS, min(fmean(pool), lowest)) for pool in pools for _member in pool]
    return [base + index * _LABEL_GAP for index, base in enumerate(bases)]


def _uncross(marks: list[Mark], heights: list[float], x: float) -> None:
    """Swap two names while their leaders cross. Each swap shortens the leaders' sum, so this comes to an end."""
    swapped = True
    while swapped:
        swapped = False
        for one, two in combinations(range(len(marks)), 2):
            if _length(marks, heights, one, two, x) - _length(marks, heights, two, one, x) > 1e-6:
                marks[one], marks[two] = marks[two], marks[one]
                swapped = True


def _length(marks: list[Mark], heights: list[float], one: int, two: int, x: float) -> float:
    """Length of both leaders when the marks `one` and `two` take the heights of the first and second of the pair."""
    first, second = sorted((one, two))
    return _leader(marks[one], heights[first], x) + _leader(marks[two], heights[second], x)


def _leader(mark: Mark, height: float, x: float) -> float:
    return float(((x - mark.x) ** 2 + (height - mark.y) ** 2) ** 0.5)
