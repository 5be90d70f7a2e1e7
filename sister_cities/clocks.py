"""Local time of the partners: the time zone of a place, and its distance from the clock of Shenyang."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.utils import timezone

from sister_cities.compass import sphere

_SHENYANG = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class LocalTime:
    """The time at a partner's, and how many hours its clock is ahead of Shenyang's (negative: behind)."""

    at: datetime
    hours_ahead: float

    @property
    def hours_apart(self) -> str:
        """How far the two clocks stand apart, either way: 1, 2.5 or 5.75."""
        return f"{abs(self.hours_ahead):g}"

    @property
    def is_other_day(self) -> bool:
        return self.at.date() != timezone.now().astimezone(_SHENYANG).date()


def local_time(zone: str) -> LocalTime | None:
    """Return the time now in a zone; None for a partner whose zone nobody has found out."""
    if not zone:
        return None
    now = timezone.now()
    there, here = now.astimezone(ZoneInfo(zone)), now.astimezone(_SHENYANG)
    offset = (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())
    return LocalTime(at=there, hours_ahead=offset.total_seconds() / 3600)


def zone_of(country: str, latitude: float | None = None, longitude: float | None = None) -> str:
    """Return the time zone of a place: of its country's zones the one whose main town is nearest.

    Empty when the country has none, or several and the place is not known. Source: IANA zone.tab.
    """
    zones = _zones().get(country, {})
    if len(zones) == 1:
        return next(iter(zones))
    if not zones or latitude is None or longitude is None:
        return ""
    here = sphere.Place(latitude, longitude)
    nearest = min(zones, key=lambda zone: sphere.distance_km(here, zones[zone]))
    # A country's first zone with that clock is its main one: Berlin, and not the exclave of Büsingen.
    year = timezone.now().year
    return next(zone for zone in zones if _clock(zone, year) == _clock(nearest, year))


@cache
def _clock(zone: str, year: int) -> tuple[timedelta | None, ...]:
    """Return how far a zone is from UTC in winter and in summer of a year."""
    return tuple(datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))


@cache
def _zones() -> dict[str, dict[str, sphere.Place]]:
    """Return the zones of each country, in the order of the file: the most populous first."""
    found: dict[str, dict[str, sphere.Place]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, place, zone, *_comment = line.split("\t")
            found.setdefault(country, {})[zone] = _place(place)
    return found


def _place(text: str) -> sphere.Place:
    """Read degrees, minutes and perhaps seconds, as in +4304+14121."""
    split = max(text.rfind("+"), text.rfind("-"))
    return sphere.Place(_degrees(text[:split], 2), _degrees(text[split:], 3))


def _degrees(text: str, digits: int) -> float:
    sign = -1 if text[0] == "-" else 1
    degrees, minutes, seconds = text[1 : 1 + digits], text[1 + digits : 3 + digits], text[3 + digits :] or "0"
    return sign * (int(degrees) + int(minutes) / 60 + int(seconds) / 3600)
