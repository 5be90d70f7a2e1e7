"""What officers should know of a partner before a visit: ties, former visits, what is open, plans and links."""

from dataclasses import dataclass

from django.db.models import Q

from delegations.visits.models import Visit, VisitOutcome
from sister_cities.models import CounterpartLink, Partner, PlanAction, Tie


@dataclass(frozen=True)
class Briefing:
    """The records of a partner, those that wait for somebody first."""

    ties: list[Tie]
    visits: list[Visit]
    outcomes: list[VisitOutcome]
    actions: list[PlanAction]
    links: list[CounterpartLink]


def briefing_on(partner: Partner) -> Briefing:
    """Return everything on record of a partner, public or not; no contact's personal data."""
    return Briefing(
        ties=list(partner.ties.select_related("local").prefetch_related("agreements")),
        visits=list(partner.visits.newest_first().prefetch_related("host_units")),  # type: ignore[attr-defined]
        outcomes=_outcomes(partner),
        actions=list(
            PlanAction.objects.filter(plan__partner=partner)
            .select_related("plan__programme", "unit", "officer")
            .order_by("done_on", "due_on")
        ),
        links=list(
            CounterpartLink.objects.with_last_activity()
            .filter(partner=partner)
            .select_related("local", "officer")
            .defer("contacts")
        ),
    )


def _outcomes(partner: Partner) -> list[VisitOutcome]:
    """Return what came of its visits, the open ones first and those due soonest first among them."""
    mine = Q(partner=partner) | Q(visit__partners=partner)
    found = VisitOutcome.objects.filter(mine).select_related("visit", "officer").distinct()
    return sorted(found, key=lambda outcome: (outcome.done_on is not None, str(outcome.due_on or "9999"), outcome.pk))
