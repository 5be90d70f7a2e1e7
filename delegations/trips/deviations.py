"""How a trip differed from what was approved, in the reader's language, and what is due after the return."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.trips.enums import TripState
from delegations.trips.itinerary import countries_of, days_abroad
from delegations.trips.mission import leg_of
from delegations.trips.models import Trip
from shenyang_fao.core.dates import day_text

# Days after the return until the travel documents are handed in.
DOCUMENT_DAYS = 7


def deviations(trip: Trip) -> list[str]:
    """Name each way in which the trip really went otherwise than approved; nothing before it is reported."""
    if not (trip.left_on and trip.returned_on):
        return []
    return [*_of_days(trip, trip.left_on, trip.returned_on), *_of_countries(trip)]


def report_due_on(returned_on: date) -> date:
    """Return the day within a month after the return, the last day of a shorter month."""
    year, month = returned_on.year + returned_on.month // 12, returned_on.month % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=returned_on.day - 1), first_after - timedelta(days=1))


def documents_due_on(returned_on: date) -> date:
    """Return the last day for handing in the travel documents."""
    return returned_on + timedelta(days=DOCUMENT_DAYS)


def back_on(trip: Trip) -> date:
    """Return the day of the return, as far as it is known."""
    return trip.returned_on or trip.returns_on


def awaits_report(trip: Trip) -> bool:
    return trip.state == TripState.APPROVED and back_on(trip) < timezone.localdate()


def _of_days(trip: Trip, left: date, returned: date) -> list[str]:
    found = []
    if left != trip.leaves_on:
        found.append(_("Left on %(real)s instead of %(approved)s.") % _pair(left, trip.leaves_on))
    if returned != trip.returns_on:
        found.append(_("Returned on %(real)s instead of %(approved)s.") % _pair(returned, trip.returns_on))
    days = days_abroad(left, returned)
    if days > trip.days:
        found.append(_("%(real)s days abroad instead of %(approved)s.") % {"real": days, "approved": trip.days})
    return found


def _pair(real: date, approved: date) -> dict[str, str]:
    return {"real": day_text(real), "approved": day_text(approved)}


def _of_countries(trip: Trip) -> list[str]:
    approved = countries_of(leg_of(row) for row in trip.legs.all())
    real = {country.code: country.name for country in trip.visited}
    planned = {row.country.code: row.country.name for row in trip.legs.all() if row.country.code in approved}
    added = [name for code, name in real.items() if code not in planned]
    left_out = [name for code, name in planned.items() if code not in real]
    found = [_("Not approved, but visited: %(country)s.") % {"country": name} for name in added]
    return [*found, *(_("Approved, but not visited: %(country)s.") % {"country": name} for name in left_out)]
