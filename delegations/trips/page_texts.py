"""A trip's state, its traffic light and its findings in words and colours, for the back office."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from delegations.trips.enums import Finding, TripState, TripVerb
from delegations.trips.models import Trip, TripEvent
from delegations.trips.rules import Verdict
from shenyang_fao.core.admin_base import tag
from shenyang_fao.core.bilingual import in_own
from shenyang_fao.core.dates import day_text
from shenyang_fao.core.workdays import working_days_between

STATE_TONES = {
    TripState.NOTICED: "info",
    TripState.FILED: "warn",
    TripState.REVIEWED: "warn",
    TripState.APPROVED: "ok",
    TripState.REPORTED: "ok",
    TripState.CLOSED: "plain",
    TripState.REFUSED: "stop",
}
FINDING_TONES = {Finding.PASS: "ok", Finding.WARN: "warn", Finding.REFUSE: "stop"}
# Within so many working days of the deadline the light turns yellow.
YELLOW_DAYS = 1


@dataclass(frozen=True)
class Line:
    """A rule in the table of verdicts."""

    title: str
    finding: SafeString
    reason: str
    source: str


def state_tag(state: str) -> SafeString:
    """Return a state in words, with the colour that repeats them."""
    return tag(TripState(state).label, STATE_TONES.get(TripState(state), "plain"))


def light_tag(trip: Trip) -> SafeString | str:
    """Return the traffic light of a trip that waits for a decision; nothing for any other."""
    if trip.due_on is None or trip.state not in (TripState.FILED, TripState.REVIEWED):
        return ""
    today = timezone.localdate()
    words = {"date": day_text(trip.due_on)}
    if trip.due_on < today:
        return tag(_("overdue since %(date)s") % words, "stop")
    is_near = working_days_between(today, trip.due_on) <= YELLOW_DAYS
    return tag(_("due on %(date)s") % words, "warn" if is_near else "ok")


def lines_of(found: Iterable[Verdict]) -> list[Line]:
    """Return live findings as lines."""
    return [Line(str(each.title), _finding(each.finding), each.reason, str(each.source)) for each in found]


def lines_of_frozen(kept: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the findings as they were frozen on filing, in the words of that day."""
    return [
        Line(in_own(each["title"]), _finding(each["finding"]), in_own(each["reason"]), in_own(each["source"]))
        for each in kept
    ]


def event_title(event: TripEvent) -> str:
    """Return what was done, in words."""
    if event.verb in TripVerb.values:
        return str(TripVerb(event.verb).label)
    return _("travel documents handed in")


def _finding(finding: str) -> SafeString:
    return tag(Finding(finding).label, FINDING_TONES[Finding(finding)])
