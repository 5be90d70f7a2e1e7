"""How often units and people went abroad in a year. A trip made is one whose report is published; invented ones count nowhere.

A person is a name in a unit (`models.person_index`): two people of one name in one unit are counted as one, and somebody
who changes units as two. The page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.trips.enums import DECIDED, MADE
from delegations.trips.itinerary import countries_of, days_abroad
from delegations.trips.mission import leg_of
from delegations.trips.models import Trip, TripMember
from delegations.trips.querysets import TripQuerySet
from shenyang_fao.core.charts import Chart, chart
from shenyang_fao.core.countries import by_sound

SERIES = [gettext_lazy("made and reported"), gettext_lazy("signed off")]


@dataclass(frozen=True)
class PersonYear:
    """What somebody travelled in a year."""

    name: str
    unit: str
    trips: int
    days: int


@dataclass(frozen=True)
class Figures:
    """The trips of a year; ``trips`` are signed off or made, by the day of leaving."""

    year: int
    years: list[int]
    trips: list[Trip]
    left_out: int

    @property
    def made(self) -> list[Trip]:
        return [trip for trip in self.trips if trip.state in MADE]

    @property
    def people(self) -> int:
        return sum(len(trip.members.all()) for trip in self.trips)

    @property
    def days(self) -> int:
        return sum(days_of(trip) for trip in self.made)

    @property
    def charts(self) -> list[Chart]:
        units = Counter(trip.unit.name for trip in self.trips)
        visited = Counter(name for trip in self.trips for name in _countries(trip))
        return [
            chart("unit", _("Trips by sending unit"), self._rows(units, lambda trip: [trip.unit.name]), series=SERIES),
            chart("country", _("Trips by country or region"), self._rows(visited, _countries), series=SERIES),
        ]

    @property
    def persons(self) -> list[PersonYear]:
        """Everybody who travelled, most trips first."""
        trips: dict[str, list[Trip]] = defaultdict(list)
        named: dict[str, TripMember] = {}
        for trip in self.trips:
            for member in trip.members.all():
                trips[member.person_index].append(trip)
                named[member.person_index] = member
        found = [
            PersonYear(named[key].name, named[key].unit, len(made), sum(map(days_of, made)))
            for key, made in trips.items()
        ]
        return sorted(found, key=lambda person: (-person.trips, -person.days, by_sound(person.name)))

    def _rows(self, counts: Counter[str], of: Callable[[Trip], list[str]]) -> list[tuple[str, str, list[int]]]:
        made = Counter(name for trip in self.made for name in of(trip))
        names = sorted(counts, key=lambda name: (-counts[name], by_sound(name)))
        return [(name, "", [made[name], counts[name] - made[name]]) for name in names]


def figures(year: str) -> Figures:
    """Return the figures of a year; one without trips asks for this year. Takes five queries."""
    today = timezone.localdate().year
    years = sorted({today, *(day.year for day in _decided().dates("leaves_on", "year"))}, reverse=True)
    asked = next((each for each in years if str(each) == year), today)
    trips = list(_decided().filter(_in(asked)).select_related("unit").prefetch_related("members", "legs"))
    return Figures(asked, years, trips, Trip.objects.filter(_in(asked), is_demonstration=True).count())


def days_of(trip: Trip) -> int:
    """Return the days abroad: the real ones once they are known, else those approved."""
    return days_abroad(trip.left_on or trip.leaves_on, trip.returned_on or trip.returns_on)


def trips_of_people(indexes: Iterable[str], year: int) -> Counter[str]:
    """Count how often each of these people was sent abroad in a year, by their index; one query."""
    rows = TripMember.objects.filter(person_index__in=list(indexes), trip__in=_decided().filter(_in(year)))
    return Counter(rows.values_list("person_index", flat=True))


def _decided() -> TripQuerySet:
    return Trip.objects.filter(state__in=DECIDED, is_demonstration=False)


def _in(year: int) -> Q:
    return Q(leaves_on__range=(date(year, 1, 1), date(year, 12, 31)))


def _countries(trip: Trip) -> list[str]:
    names = {row.country.code: row.country.name for row in trip.legs.all()}
    return [names[code] for code in countries_of(leg_of(row) for row in trip.legs.all())]
