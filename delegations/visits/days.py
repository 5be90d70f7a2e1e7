"""A programme day by day, each stop by the clock of the place where it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from delegations.visits.enums import Duty
from delegations.visits.models import Booking, Stop, Visit
from shenyang_fao.core.dates import day_text

NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One stop as a table shows it; ``zone`` only where the clock is another than Shenyang's."""

    stop: Stop
    bookings: list[Booking]
    is_outside: bool = False

    @property
    def starts(self) -> datetime:
        return self.stop.starts_at.astimezone(self.stop.zone)

    @property
    def ends(self) -> datetime:
        return self.stop.ends_at.astimezone(self.stop.zone)

    @property
    def time(self) -> str:
        """From when to when; an end on a later day says how many days later."""
        nights = (self.ends.date() - self.starts.date()).days
        later = f" (+{nights})" if nights else ""
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}{later}"

    @property
    def zone(self) -> str:
        return self.stop.time_zone if self.stop.is_abroad else ""

    def booked_for(self, duty: Duty) -> list[Booking]:
        return [booking for booking in self.bookings if booking.duty == duty]


@dataclass(frozen=True)
class Day:
    on: date
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return day_text(self.on)


def with_bookings(stops: QuerySet[Stop]) -> QuerySet[Stop]:
    """Let stops come with who and what is booked for them, in one query more."""
    return stops.prefetch_related(Prefetch("bookings", Booking.objects.select_related("resource")))


def days_of(visit: Visit) -> list[Day]:
    """Return the programme of a visit by the local day on which each stop begins."""
    found: dict[date, Day] = {}
    for stop in with_bookings(visit.stops.all()):
        line = Line(stop, list(stop.bookings.all()), _is_outside(stop, visit))
        found.setdefault(line.starts.date(), Day(line.starts.date())).lines.append(line)
    return [found[on] for on in sorted(found)]


def calendar_of(stops: Iterable[Stop], first: date, last: date) -> list[Day]:
    """Return every day from first to last, each with the stops that touch it by the clock of Shenyang."""
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    for stop in stops:
        line = Line(stop, list(stop.bookings.all()))
        starts = timezone.localtime(stop.starts_at).date()
        # What ends at midnight does not touch the day that begins then.
        ends = timezone.localtime(stop.ends_at - timedelta(microseconds=1)).date()
        for on in (starts + timedelta(days=n) for n in range((ends - starts).days + 1)):
            if on in days:
                days[on].lines.append(line)
    return list(days.values())


def _is_outside(stop: Stop, visit: Visit) -> bool:
    """Tell whether a stop lies outside the days of its visit, a night's journey before and after counted in."""
    if not (visit.arrives_on and visit.departs_on):
        return False
    starts, ends = (timezone.localtime(moment).date() for moment in (stop.starts_at, stop.ends_at))
    return starts < visit.arrives_on - NIGHT or ends > visit.departs_on + NIGHT
