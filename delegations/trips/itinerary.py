"""How a trip is counted: its days, its countries, its transits. Pure; the table of cases stands in the tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from shenyang_fao.core.countries import COUNTRIES_OF, Continent

# America south of the United States; the rules say Latin America.
_NORTH_AMERICA = frozenset({"US", "CA", "GL", "BM", "PM"})
LATIN_AMERICA = COUNTRIES_OF[Continent.AMERICAS] - _NORTH_AMERICA
FAR_REGIONS = LATIN_AMERICA | COUNTRIES_OF[Continent.AFRICA]
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

    Whoever crosses the date line eastwards arrives a day before they left, by the calendar on the wall.
    """
    found = list(legs)
    if any(leg.departs_on < leg.arrives_on for leg in found):
        return False
    within = all((leg.arrives_on - leaves_on).days >= -1 and (returns_on - leg.departs_on).days >= 0 for leg in found)
    return within and all((after.arrives_on - before.departs_on).days >= -1 for before, after in pairwise(found))
