"""The compass of one city: Shenyang in the middle, the city at its bearing and distance. Pure; lengths in drawing units."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign

from sister_cities.compass import name_columns
from sister_cities.compass.dial import DIAL_RADIUS, Point, Ring, place, rings

HALF_WIDTH = 350.0
# The size of type in compass.css: the drawing is about 340 px wide, on a phone as at a desk.
TYPE = 29.0
_LINE = 34.0
_MARGIN_NORTH, _MARGIN_SOUTH = 46.0, 12.0
_HOME_LABEL = 44.0
_OFF_THE_MARK = 38.0
# What "19,242 km" takes, and how far its middle keeps from the letter of the north.
_DISTANCE_WIDTH = 6.0
_NORTH_Y = -324.0
_BESIDE_NORTH = 105.0
_RING_LABEL_CLEARANCE = 200.0


@dataclass(frozen=True)
class SmallDial:
    """One drawing; its centre is the origin, north is up."""

    point: Point
    rings: list[Ring]
    x: float
    y: float

    @property
    def is_north(self) -> bool:
        return self.y < 0

    @property
    def home_y(self) -> float:
        """Where Shenyang's name stands: on the side of its star that the line does not take."""
        return _HOME_LABEL if self.is_north else -_HOME_LABEL

    @property
    def name_width(self) -> float | None:
        """The room a name must be drawn into if it would pass the edges."""
        return 2 * HALF_WIDTH if name_columns.width(self.point.name) * TYPE > 2 * HALF_WIDTH else None

    @property
    def name_x(self) -> float:
        """The middle of the name and of the distance: at the mark, or as near as the edges and the north's letter allow."""
        least = _BESIDE_NORTH if abs(self.distance_y - _NORTH_Y) < _LINE else 0.0
        wanted = copysign(max(abs(self.x), least), self.x)
        most = max(0.0, HALF_WIDTH - max(name_columns.width(self.point.name), _DISTANCE_WIDTH) * TYPE / 2)
        return round(max(-most, min(wanted, most)), 1)

    @property
    def name_y(self) -> float:
        """Outside of the mark, seen from the middle; the distance follows one line below."""
        return round(self.y - _OFF_THE_MARK - _LINE if self.is_north else self.y + _OFF_THE_MARK, 1)

    @property
    def distance_y(self) -> float:
        return round(self.name_y + _LINE, 1)

    @property
    def view_box(self) -> str:
        top = min(-DIAL_RADIUS - _MARGIN_NORTH, self.name_y - _LINE / 2 - 4)
        bottom = max(DIAL_RADIUS + _MARGIN_SOUTH, self.distance_y + _LINE / 2 + 4)
        return f"{-HALF_WIDTH:g} {top:.1f} {2 * HALF_WIDTH:g} {bottom - top:.1f}"


def draw_small(point: Point, *, reach_km: int, rings_km: Sequence[int]) -> SmallDial:
    """Draw one point on a dial that reaches at least as far; the labels of the rings keep to the other side."""
    spot = place(point, reach_km)
    clear = rings(rings_km, reach_km=reach_km, avoid=[(spot.x, spot.y)], clearance=_RING_LABEL_CLEARANCE)
    return SmallDial(point=point, rings=clear, x=spot.x, y=spot.y)
