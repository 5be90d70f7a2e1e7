"""The dials of the friendship compass, drawn from ties and partners."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sister_cities.compass import dial
from sister_cities.compass.small_dial import SmallDial, draw_small
from sister_cities.enums import CITY_LEVELS, TieStatus
from sister_cities.models import Partner, Tie

# Half the Earth's girth is 20,015 km on the sphere, 20,004 km along a meridian: the world dial ends a hair farther.
_WORLD_KM = 20_016
_NEAR_KM = 2_000
# How far a small dial reaches, and its rings.
_SCALES = {
    500: (250, 500),
    1_000: (500, 1_000),
    2_000: (1_000, 2_000),
    5_000: (2_500, 5_000),
    10_000: (5_000, 10_000),
    _WORLD_KM: (10_000, 20_000),
}


def world(ties: Iterable[Tie]) -> dial.Dial:
    """All partners; those within 2,000 km are dots, for their names stand on the other dial."""
    return dial.draw(_points(ties), reach_km=_WORLD_KM, rings_km=(5_000, 10_000, 15_000, 20_000), inner_km=_NEAR_KM)


def near(ties: Iterable[Tie]) -> dial.Dial:
    """The partners within 2,000 km."""
    return dial.draw(_points(ties), reach_km=_NEAR_KM, rings_km=(500, 1_000, 1_500, 2_000))


def single(partner: Partner, *, level: str = CITY_LEVELS[0]) -> SmallDial | None:
    """The small dial of one partner, marked as its level is; None where nobody knows where it lies."""
    point = _point(partner, level)
    if point is None:
        return None
    reach = next(reach for reach in _SCALES if point.distance_km <= reach)
    return draw_small(point, reach_km=reach, rings_km=_SCALES[reach])


def _points(ties: Iterable[Tie]) -> list[dial.Point]:
    """One point for each partner of the city whose tie has not ended, at the highest of its levels."""
    drawn = [tie for tie in ties if tie.level in CITY_LEVELS and tie.status != TieStatus.ENDED]
    drawn.sort(key=lambda tie: CITY_LEVELS.index(tie.level), reverse=True)
    highest = {tie.partner_id: tie for tie in drawn}
    points = (_point(tie.partner, tie.level) for tie in highest.values())
    return [point for point in points if point]


def _point(partner: Partner, level: str) -> dial.Point | None:
    distance, bearing, direction = partner.distance_km, partner.bearing, partner.direction
    if distance is None or bearing is None or direction is None:
        return None
    title = _("%(city)s, %(country)s: %(km)s km to the %(direction)s") % {
        "city": partner.name,
        "country": partner.country.name,
        "km": number_format(round(distance), force_grouping=True),
        "direction": direction.label,
    }
    return dial.Point(
        name=partner.name,
        level=level,
        title=title,
        url=partner.get_absolute_url(),
        distance_km=distance,
        bearing=bearing,
    )
