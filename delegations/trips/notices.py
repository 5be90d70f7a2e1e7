"""Which trips the public sees, from when and until when: by what stands in the database at the moment of asking.

Before filing the notice shows what must be shown (names, units, posts, countries, task, itinerary, route, invitation,
budget and its source); after the return the real execution and the report. Both are taken off after their time.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from delegations.trips.enums import MADE, TripState
from delegations.trips.limits import limits_on
from delegations.trips.models import Trip
from delegations.trips.querysets import TripQuerySet
from shenyang_fao.core.workdays import add_working_days


@dataclass(frozen=True)
class Shown:
    """The days on which something stands on the portal, both included."""

    since: date
    until: date

    @property
    def is_today(self) -> bool:
        return self.since <= timezone.localdate() <= self.until


def running() -> TripQuerySet:
    """Return the trips on public notice before they are filed, the newest first."""
    first = timezone.localdate() - timedelta(days=settings.TRIP_NOTICE_SHOWN_DAYS - 1)
    return _real().filter(state=TripState.NOTICED, noticed_on__gte=first).order_by("-noticed_on", "-pk")


def reported() -> TripQuerySet:
    """Return the trips whose report is on show, the newest first."""
    first = timezone.localdate() - timedelta(days=settings.TRIP_REPORT_SHOWN_DAYS - 1)
    return _real().filter(state__in=MADE, reported_on__gte=first).order_by("-reported_on", "-pk")


def was_shown(slug: str) -> bool:
    """Tell whether a trip was on show once."""
    once = Q(noticed_on__isnull=False) | Q(reported_on__isnull=False)
    return _real().exclude(state=TripState.DRAFT).filter(once, slug=slug).exists()


def shown(trip: Trip) -> Shown:
    """Return from when and until when the notice or the report of a trip stands on the portal."""
    if trip.state in MADE and trip.reported_on:
        return Shown(trip.reported_on, trip.reported_on + timedelta(days=settings.TRIP_REPORT_SHOWN_DAYS - 1))
    since = trip.noticed_on or timezone.localdate()
    return Shown(since, since + timedelta(days=settings.TRIP_NOTICE_SHOWN_DAYS - 1))


def noticed_until(trip: Trip) -> date | None:
    """Return the last of the working days that the notice has to stand; None before it appears."""
    if trip.noticed_on is None:
        return None
    return add_working_days(trip.noticed_on, limits_on(trip.leaves_on).notice_working_days)


def _real() -> TripQuerySet:
    return Trip.objects.filter(is_demonstration=False)
