"""Great circles from Shenyang, on a sphere of the Earth's mean radius."""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True)
class Place:
    """A point in degrees; north and east are positive."""

    latitude: float
    longitude: float


# GeoNames (domain.md, section 1).
SHENYANG = Place(41.79222, 123.43278)


def distance_km(start: Place, end: Place) -> float:
    """Length of the great circle in kilometres (haversine: exact for near and far points alike)."""
    half_lat = radians(end.latitude - start.latitude) / 2
    half_lon = radians(end.longitude - start.longitude) / 2
    share = sin(half_lat) ** 2 + cos(radians(start.latitude)) * cos(radians(end.latitude)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(share)))


def bearing(start: Place, end: Place) -> float:
    """Direction in which the great circle leaves `start`: degrees clockwise from north, 0 <= bearing < 360."""
    lat, other = radians(start.latitude), radians(end.latitude)
    turn = radians(end.longitude - start.longitude)
    east = sin(turn) * cos(other)
    north = cos(lat) * sin(other) - sin(lat) * cos(other) * cos(turn)
    # Twice: a hair west of north, the first remainder is rounded up to 360 itself.
    return degrees(atan2(east, north)) % 360 % 360
