"""Issued invitations whose visit is over, and what the company reports about them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from enterprises.enums import RequestState
from enterprises.invitations import closing
from enterprises.invitations.closing import Report
from enterprises.models import Company, ServiceRequest
from shenyang_fao.accounts.models import User
from tests.cast import Cast, bring_to, complete_invitation, work_off

SHENYANG = ZoneInfo("Asia/Shanghai")
TERM = timedelta(days=30)


def issued(cast: Cast, *, invitees: int = 1, company: Company | None = None, by: User | None = None) -> ServiceRequest:
    """A request whose letter has just been issued."""
    case = complete_invitation(company or cast.company, by=by or cast.owner, invitees=invitees)
    bring_to(RequestState.APPROVED, case, cast)
    work_off()
    return ServiceRequest.objects.get(pk=case.pk)


def visited(cast: Cast, *, invitees: int = 1, days_ago: int = 10) -> ServiceRequest:
    """An issued request whose guests left so many days ago; it was decided in time."""
    case = issued(cast, invitees=invitees)
    left = timezone.localdate() - timedelta(days=days_ago)
    case.invitation.__class__.objects.filter(pk=case.pk).update(
        arrival_on=left - timedelta(days=6), departure_on=left, stay_days=7
    )
    decided = timezone.now() - timedelta(days=days_ago + 40)
    ServiceRequest.objects.filter(pk=case.pk).update(close_out_due_on=left + TERM, decided_at=decided)
    return ServiceRequest.objects.get(pk=case.pk)


def overdue(cast: Cast) -> ServiceRequest:
    """An issued request on which the company should have reported yesterday."""
    return visited(cast, days_ago=TERM.days + 1)


def came(case: ServiceRequest) -> list[Report]:
    """All guests came and went as asked for."""
    visit = case.invitation
    days = {"entered_on": visit.arrival_on, "left_on": visit.departure_on}
    return [Report(guest.pk, came=True, **days) for guest in visit.invitees.all()]


def close(case: ServiceRequest, *, by: User) -> None:
    """The company reports that all came."""
    closing.report(case.pk, reports=came(case), by=by)


def typed(case: ServiceRequest, **fields: str) -> dict[str, str]:
    """What a company types when the whole group came; ``fields`` say otherwise."""
    visit = case.invitation
    answers = {
        "outcome": "held",
        "note": "",
        "entered_on": visit.arrival_on.isoformat(),
        "left_on": visit.departure_on.isoformat(),
    }
    answers |= {f"guest-{guest.pk}-came": "yes" for guest in visit.invitees.all()}
    return answers | fields


def noon(day: date) -> datetime:
    """Noon at the office."""
    return datetime.combine(day, time(12), SHENYANG)
