"""How a trip is counted: its days, its countries, its transits. Pure; the table of cases stands in the tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shenyang_fao.core.countries import COUNTRIES_OF, Continent

# America south of the United States; the rules say Latin America.
_NORTH_AMERICA = frozenset({"US", "CA", "GL", "BM", "PM"})
LATIN_AMERICA = COUNTRIES_OF[Continent.AMERICAS] - _NORTH_AMERICA
FAR_REGIONS = LATIN_AMERICA | COUNTRIES_OF[Continent.AFRICA]
# Where the calendar is a day behind China's for a flight of less than a day; from anywhere else nobody arrives here before they left.
_BEYOND_DATE_LINE = COUNTRIES_OF[Continent.AMERICAS] | frozenset({"AS", "CK", "NU", "PF", "PN"})
# From where the line is crossed eastwards: Asia, the rest of Oceania, the Russian Far East, and home.
_BEFORE_DATE_LINE = (COUNTRIES_OF[Continent.ASIA] | COUNTRIES_OF[Continent.OCEANIA] | {"RU"}) - _BEYOND_DATE_LINE
# The longest flight takes less than a day, and the date line adds one.
GAP_DAYS_AT_MOST = 2
# A change of planes may pass one midnight; who stays longer has visited the country.
TRANSIT_NIGHTS_AT_MOST = 1
HOME = "CN"


@dataclass(frozen=True)
class Leg:
    """A stay in a country or region, by the local dates there; ``country`` is an ISO 3166-1 code.

    ``leaves_airport`` matters in transit: who passes the border has visited.
    """

    country: str
    arrives_on: date
    departs_on: date
    is_transit: bool = False
    leaves_airport: bool = False

    @property
    def nights(self) -> int:
        return (self.departs_on - self.arrives_on).days

    @property
    def is_visit(self) -> bool:
        """Tell whether the leg counts as a country: every stay, and a transit that is more than a change of planes."""
        return not self.is_transit or self.leaves_airport or self.nights > TRANSIT_NIGHTS_AT_MOST


def days_abroad(leaves_on: date, returns_on: date) -> int:
    """Count the days outside the mainland; the days of leaving and of re-entering both count (中办发〔2013〕16号).

    Both dates are those of the border stamps, so what midnight or time zone is passed on the way makes no difference.
    Raises ValueError when the return comes first.
    """
    if returns_on < leaves_on:
        raise ValueError("The return lies before the departure.")
    return (returns_on - leaves_on).days + 1


def countries_of(legs: Iterable[Leg]) -> list[str]:
    """Return each country or region visited, once, in the order of the journey; mere transits are none."""
    return list(dict.fromkeys(leg.country for leg in legs if leg.is_visit and leg.country != HOME))


def is_far(countries: Iterable[str]) -> bool:
    """Tell whether the whole journey goes to Latin America or Africa."""
    found = list(countries)
    return bool(found) and all(country in FAR_REGIONS for country in found)


def is_in_order(legs: Iterable[Leg], leaves_on: date, returns_on: date) -> bool:
    """Tell whether the legs follow one another within the trip.

    Whoever crosses the date line eastwards may arrive a day before they left, by the calendar on the wall; nobody else may.
    """
    found = list(legs)
    if any(leg.departs_on < leg.arrives_on for leg in found):
        return False
    left = [(HOME, leaves_on), *((leg.country, leg.departs_on) for leg in found)]
    follow = all(
        (leg.arrives_on - left_on).days >= _earliest(start, leg.country)
        for (start, left_on), leg in zip(left, found, strict=False)
    )
    return follow and all(leg.departs_on <= returns_on for leg in found)


def days_unaccounted(legs: Iterable[Leg], leaves_on: date, returns_on: date) -> int:
    """Count the days between stays that no flight explains: each could hide a stop that the notice does not show."""
    found = list(legs)
    left = [leaves_on, *(leg.departs_on for leg in found)]
    reached = [*(leg.arrives_on for leg in found), returns_on]
    gaps = ((after - before).days for before, after in zip(left, reached, strict=True))
    return sum(gap - GAP_DAYS_AT_MOST for gap in gaps if gap > GAP_DAYS_AT_MOST)


def _earliest(start: str, end: str) -> int:
    """Return the first day of arrival after the day of departure, -1 across the date line."""
    return -1 if start in _BEFORE_DATE_LINE and end in _BEYOND_DATE_LINE else 0
