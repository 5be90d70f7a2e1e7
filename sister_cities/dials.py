"""The two dials of the friendship compass, drawn from ties."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sister_cities import compass
from sister_cities.models import Tie

# Half the Earth's girth is 20,015 km: nothing lies beyond the world dial. The neighbours end at Irkutsk and Kawasaki.
_WORLD_KM = 20_000
_NEAR_KM = 2_000


def world(ties: Iterable[Tie]) -> compass.Dial:
    """All partners; those within 2,000 km are dots, for their names stand on the other dial."""
    return compass.draw(_points(ties), reach_km=_WORLD_KM, rings_km=(5_000, 10_000, 15_000, 20_000), inner_km=_NEAR_KM)


def near(ties: Iterable[Tie]) -> compass.Dial:
    """The partners within 2,000 km."""
    return compass.draw(_points(ties), reach_km=_NEAR_KM, rings_km=(500, 1_000, 1_500, 2_000))


def _points(ties: Iterable[Tie]) -> list[compass.Point]:
    return [_point(tie) for tie in ties]


def _point(tie: Tie) -> compass.Point:
    city = tie.city
    title = _("%(city)s, %(country)s: %(km)s km to the %(direction)s") % {
        "city": city.name,
        "country": city.country.name,
        "km": number_format(round(city.distance_km), force_grouping=True),
        "direction": city.direction.label,
    }
    return compass.Point(
        name=city.name,
        level=tie.level,
        title=title,
        url=city.get_absolute_url(),
        distance_km=city.distance_km,
        bearing=city.bearing,
    )
