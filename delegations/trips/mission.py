"""A trip of the tables as the rules read it, and what they find, to be shown or frozen."""

from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from delegations.trips.enums import Companion, Finding, TripLane, TripPaperRole, TripWork
from delegations.trips.itinerary import HOME, Leg
from delegations.trips.limits import limits_on
from delegations.trips.models import Trip
from delegations.trips.rules import Mission, Verdict, verdicts
from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.enums import CountryGroupKind
from shenyang_fao.core.models import CountryGroup

# To these members goes the same-day lane.
PRIORITY_GROUPS = (CountryGroupKind.RCEP, CountryGroupKind.BELT_AND_ROAD)


def judged(trip: Trip) -> list[Verdict]:
    """Return what every rule says of a trip as it stands, as if it were filed today; takes five queries."""
    return verdicts(mission_of(trip, files_on=timezone.localdate()), limits_on(trip.leaves_on))


def mission_of(trip: Trip, *, files_on: date) -> Mission:
    """Return a trip as the rules read it."""
    legs = [leg_of(row) for row in trip.legs.all()]
    return Mission(
        leaves_on=trip.leaves_on,
        returns_on=trip.returns_on,
        legs=tuple(legs),
        companions=tuple(Companion(member.part) for member in trip.members.all()),
        work=TripWork(trip.work),
        has_poor_flights=trip.has_poor_flights,
        inviter=trip.inviter,
        inviter_country=trip.inviter_country.code or "",
        has_invitation=any(paper.role == TripPaperRole.INVITATION for paper in trip.papers.all()),
        has_route=bool(trip.route.strip()),
        stays_without_agenda=sum(
            leg.is_visit and not row.agenda for leg, row in zip(legs, trip.legs.all(), strict=True)
        ),
        budget=bool(trip.budget),
        budget_source=bool(trip.budget_source),
        is_in_annual_plan=trip.planned_id is not None,
        is_same_day=trip.lane == TripLane.SAME_DAY,
        priority_countries=CountryGroup.objects.holding_on(files_on).codes(*PRIORITY_GROUPS) - {HOME},
        noticed_on=trip.noticed_on,
        files_on=files_on,
    )


def leg_of(row: Any) -> Leg:
    """Return a stay of the tables as the counting reads it."""
    return Leg(row.country.code, row.arrives_on, row.departs_on, row.is_transit, row.leaves_airport)


def frozen(found: list[Verdict]) -> list[dict[str, Any]]:
    """Return findings as they are kept with the trip: codes, numbers, and the words of that day in every language."""
    return [
        {
            "rule": verdict.rule,
            "finding": verdict.finding.value,
            "saw": verdict.saw,
            "title": in_each(verdict.title),
            "reason": in_each(partial(_reason, verdict)),
            "source": in_each(verdict.source),
        }
        for verdict in found
    ]


def is_priority(found: list[Verdict]) -> bool:
    """Tell whether the same-day lane was asked for and goes to every destination."""
    lane = next(verdict for verdict in found if verdict.rule == "lane")
    return bool(lane.saw["asked"]) and lane.finding == Finding.PASS


def _reason(verdict: Verdict) -> str:
    return verdict.reason
