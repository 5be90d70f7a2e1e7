"""What happens to an official trip, from the notice to the closing: lock, check, write, and an entry in its timeline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.trips.enums import TRIP_STEPS, Finding, TripPaperRole, TripState, TripVerb
from delegations.trips.mission import frozen, is_priority, judged
from delegations.trips.models import Trip, TripEvent, TripPaper
from delegations.trips.rules import Verdict
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, files
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.files import Scan
from shenyang_fao.core.numbering import next_number
from shenyang_fao.core.workdays import add_working_days, is_working_day

FILE, REVIEW, APPROVE = "delegations.file_trip", "delegations.review_trip", "delegations.approve_trip"
RIGHT_TO: dict[TripVerb, str] = {
    TripVerb.PUBLISH: FILE,
    TripVerb.RESUME: FILE,
    TripVerb.FILE: FILE,
    TripVerb.WITHDRAW: FILE,
    TripVerb.REPORT: FILE,
    TripVerb.REVIEW: REVIEW,
    TripVerb.APPROVE: APPROVE,
    TripVerb.CLOSE: REVIEW,
}
SERIES = "official trip"


def right_to(verb: TripVerb, trip: Trip) -> str:
    """Return the right that a step asks for; whoever has to decide next may refuse."""
    if verb == TripVerb.REFUSE:
        return APPROVE if trip.state == TripState.REVIEWED else REVIEW
    return RIGHT_TO[verb]


@audit.action
def publish(trip_id: int, *, by: User) -> None:
    """Put a draft on public notice. Raises PermissionDenied, NotNow; Refusal for what could never be filed."""
    trip = _locked(trip_id, TripVerb.PUBLISH, by=by)
    _check_ahead(trip)
    _check_rules(judged(trip))
    trip.noticed_on = timezone.localdate()
    _move(trip, TripVerb.PUBLISH, "", by=by)


@audit.action
def resume(trip_id: int, *, note: str, by: User) -> None:
    """Take a trip back for changes: its notice goes, and after the changes everything begins anew. Raises PermissionDenied, NotNow."""
    trip = _locked(trip_id, TripVerb.RESUME, by=by)
    trip.noticed_on = trip.filed_on = trip.due_on = None
    trip.findings, trip.reviewed_by = [], None
    _move(trip, TripVerb.RESUME, note, by=by)


@audit.action
def file(trip_id: int, *, by: User) -> str:
    """File a trip whose notice ran its working days; return its number, which it keeps when it is filed again.

    What the rules found is frozen. Raises PermissionDenied, NotNow; Refusal with the reasons when a rule does not allow it.
    """
    trip = _locked(trip_id, TripVerb.FILE, by=by)
    _check_ahead(trip)
    found = judged(trip)
    _check_rules(found)
    today = timezone.localdate()
    trip.findings, trip.filed_on = frozen(found), today
    trip.due_on = _due_on(today, is_same_day=is_priority(found))
    trip.number = trip.number or f"SYFAO-TRIP-{today.year}-{next_number(SERIES, today.year):06d}"
    _move(trip, TripVerb.FILE, "", by=by)
    return trip.number


@audit.action
def review(trip_id: int, *, seen: int, note: str = "", by: User) -> None:
    """Pass the first review. ``seen`` is the newest entry of the timeline that the officer read.

    Raises PermissionDenied, NotNow.
    """
    trip = _locked(trip_id, TripVerb.REVIEW, by=by)
    _check_seen(trip, seen)
    trip.reviewed_by = by
    _move(trip, TripVerb.REVIEW, note, by=by)


@audit.action
def approve(trip_id: int, *, seen: int, note: str = "", by: User) -> None:
    """Sign a trip off. Raises PermissionDenied, NotNow; TwoPersonRule for whoever reviewed it."""
    trip = _locked(trip_id, TripVerb.APPROVE, by=by)
    _check_seen(trip, seen)
    if trip.reviewed_by_id == by.pk:
        raise TwoPersonRule(_("You reviewed this trip. Another officer signs it off."))
    trip.approved_by = by
    _move(trip, TripVerb.APPROVE, note, by=by)


@audit.action
def refuse(trip_id: int, *, note: str, by: User) -> None:
    """Refuse a filed trip with a reason. Raises PermissionDenied, NotNow."""
    _move(_locked(trip_id, TripVerb.REFUSE, by=by), TripVerb.REFUSE, note, by=by)


@audit.action
def withdraw(trip_id: int, *, note: str, by: User) -> None:
    """Give a trip up, with a reason. Raises PermissionDenied, NotNow."""
    _move(_locked(trip_id, TripVerb.WITHDRAW, by=by), TripVerb.WITHDRAW, note, by=by)


@audit.action
def report(
    trip_id: int, *, left_on: date, returned_on: date, visited: Sequence[str], words: dict[str, str], by: User
) -> None:
    """Publish what was really done: the days by the border stamps, the countries by their codes, execution and report.

    ``words`` are the columns `execution_…` and `report_…`. Raises PermissionDenied, NotNow; Refusal for days in the
    future or out of order.
    """
    trip = _locked(trip_id, TripVerb.REPORT, by=by)
    _check_returned(left_on, returned_on)
    trip.left_on, trip.returned_on = left_on, returned_on
    trip.visited = list(visited)
    for name, text in words.items():
        setattr(trip, name, text)
    trip.reported_on = timezone.localdate()
    _move(trip, TripVerb.REPORT, "", by=by)


@audit.action
def hand_in(trip_id: int, *, on: date, by: User) -> None:
    """Record when the travel documents were handed in. Raises PermissionDenied, NotNow; Refusal for an impossible day."""
    trip = _held(trip_id, FILE, by=by)
    if trip.state not in (TripState.APPROVED, TripState.REPORTED):
        raise NotNow(_("Travel documents are handed in after an approved trip and before it is closed."))
    if on > timezone.localdate():
        raise Refusal(_("The date cannot lie in the future."))
    if on < (trip.left_on or trip.leaves_on):
        raise Refusal(_("Documents are handed in after the journey."))
    trip.documents_on = on
    trip.save(update_fields=["documents_on"])
    _enter(trip, "documents", trip.state, on.isoformat(), by=by)


@audit.action
def close(trip_id: int, *, note: str = "", by: User) -> None:
    """Close a trip whose report is published and whose documents are in. Raises PermissionDenied, NotNow."""
    trip = _locked(trip_id, TripVerb.CLOSE, by=by)
    if trip.documents_on is None:
        raise NotNow(_("The travel documents are not handed in yet."))
    _move(trip, TripVerb.CLOSE, note, by=by)


@audit.action
def add_paper(trip_id: int, *, role: str, file: Scan, by: User) -> TripPaper:
    """File a paper with a trip; the letter of invitation belongs to the draft. Raises PermissionDenied, NotNow."""
    trip = _held(trip_id, FILE, by=by)
    if trip.state in (TripState.REFUSED, TripState.WITHDRAWN, TripState.CLOSED):
        raise NotNow(_("This trip is over: nothing is added to it."))
    if role == TripPaperRole.INVITATION and trip.state != TripState.DRAFT:
        raise NotNow(_("The invitation was part of the notice. Take the trip back for changes first."))
    stored = file.store(by=by)
    return TripPaper.objects.create(trip=trip, role=role, file=stored, filed_by=by)


@audit.action
def remove_paper(trip_id: int, *, paper_id: int, by: User) -> None:
    """Take a paper of a draft away. Raises PermissionDenied, NotNow, TripPaper.DoesNotExist."""
    trip = _held(trip_id, FILE, by=by)
    if trip.state != TripState.DRAFT:
        raise NotNow(_("Only papers of a draft can be taken away."))
    paper = trip.papers.select_related("file").get(pk=paper_id)
    paper.delete()
    files.discard(paper.file)


def _held(trip_id: int, right: str, *, by: User) -> Trip:
    if not by.has_perm(right):
        raise PermissionDenied
    return Trip.objects.select_for_update(of=("self",)).get(pk=trip_id)


def _locked(trip_id: int, verb: TripVerb, *, by: User) -> Trip:
    """Lock a trip and check that the step may be done, by this person and in this state."""
    trip = Trip.objects.select_for_update().get(pk=trip_id)
    if not by.has_perm(right_to(verb, trip)):
        raise PermissionDenied
    starts, _end = TRIP_STEPS[verb]
    if trip.state not in starts:
        words = {"step": verb.label, "state": trip.get_state_display()}
        raise NotNow(_("“%(step)s” is not possible: the trip is in the state “%(state)s”.") % words)
    return trip


def _check_ahead(trip: Trip) -> None:
    if trip.leaves_on <= timezone.localdate():
        raise Refusal(_("The day of leaving is not ahead any more."))


def _check_rules(found: list[Verdict]) -> None:
    reasons = [f"{verdict.title}: {verdict.reason}" for verdict in found if verdict.finding == Finding.REFUSE]
    if reasons:
        raise Refusal("\n".join(reasons))


def _check_seen(trip: Trip, seen: int) -> None:
    if newest_entry(trip) != seen:
        raise NotNow(_("Somebody has changed this trip since you opened the page. Read it again, then decide."))


def newest_entry(trip: Trip) -> int:
    """Return the key of the newest entry in the timeline, 0 without any."""
    return trip.events.order_by("-pk").values_list("pk", flat=True).first() or 0


def _check_returned(left_on: date, returned_on: date) -> None:
    if returned_on < left_on:
        raise Refusal(_("The return lies before the departure."))
    if returned_on > timezone.localdate():
        raise Refusal(_("A report tells what has happened: its date cannot lie in the future."))


def _due_on(today: date, *, is_same_day: bool) -> date:
    """Return the day of decision; on a day off the same-day lane means the next working day."""
    if not is_same_day:
        return add_working_days(today, settings.DECISION_WORKING_DAYS)
    return today if is_working_day(today) else add_working_days(today, 1)


def _move(trip: Trip, verb: TripVerb, note: str, *, by: User) -> None:
    start, (_starts, end) = trip.state, TRIP_STEPS[verb]
    trip.state = end
    trip.save()
    _enter(trip, verb.value, start, note, by=by)


def _enter(trip: Trip, verb: str, start: str, note: str, **who: Any) -> None:
    TripEvent.objects.create(trip=trip, verb=verb, from_state=start, to_state=trip.state, note=note, **who)
