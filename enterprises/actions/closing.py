"""The end of an issued request: the company's report, and the bar on companies whose report is overdue."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enterprises.actions import moves
from enterprises.enums import RequestState, Verb
from enterprises.kinds import kind_of
from enterprises.models import BarLift, CloseOut, Company, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal

LIFT = "enterprises.approve_request"


@dataclass(frozen=True)
class Standing:
    """How a company stands with its close-outs: what is overdue, and the newest lift of the bar while it lasts."""

    overdue: list[ServiceRequest]
    lift: BarLift | None

    @property
    def is_barred(self) -> bool:
        return bool(self.overdue) and self.lift is None


def due_on(request: ServiceRequest) -> date | None:
    """Return until when the company reports on a request that is being issued; None where its kind asks for no report."""
    closing = kind_of(request).closing
    ends_on = closing.ends_on(request) if closing else None
    return ends_on + timedelta(days=settings.CLOSE_OUT_DAYS) if ends_on else None


def may_close_out(request: ServiceRequest) -> bool:
    """Tell whether the company can report now."""
    return request.state == RequestState.ISSUED and kind_of(request).closing is not None


def close_out(request_id: int, *, is_cancelled: bool, note: str, by: User) -> CloseOut | None:
    """Close an issued request of the person's company with its report; None when it was reported before.

    For the kinds' own actions, which write the details in the same transaction. Raises NotNow in any other state.
    """
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    if CloseOut.objects.filter(request=request).exists():
        return None
    moves.move(request, verb=Verb.CLOSE, by=by)
    return CloseOut.objects.create(request=request, is_cancelled=is_cancelled, note=note.strip(), reported_by=by)


def standing_of(company: Company) -> Standing:
    """Return how a company stands today."""
    overdue = list(
        ServiceRequest.objects.filter(company=company).close_out_overdue().order_by("close_out_due_on", "pk")
    )
    newest = BarLift.objects.filter(company=company).select_related("by").first() if overdue else None
    return Standing(overdue, newest if newest and newest.until >= timezone.localdate() else None)


def require_not_barred(company: Company) -> None:
    """Raise NotNow, naming the requests, while a company's close-outs are overdue and nobody has lifted the bar."""
    standing = standing_of(company)
    if standing.is_barred:
        words = _("Close-outs are overdue: %(numbers)s. Report on them first; you can file new requests after that.")
        raise NotNow(
            words % {"numbers": pgettext("between numbers", ", ").join(str(case.number) for case in standing.overdue)}
        )


@audit.action
def lift_bar(company_id: int, *, reason: str, until: date, by: User) -> BarLift:
    """Let a barred company file until a day; the newest lift counts. What is asked twice is done once.

    Raises PermissionDenied, NotNow when nothing is overdue, Refusal.
    """
    if not by.has_perm(LIFT):
        raise PermissionDenied
    company = Company.objects.select_for_update(of=("self",)).get(pk=company_id)
    if company.has_member(by):
        raise Refusal(_("You file for this company yourself; another officer has to act."))
    if not reason.strip():
        raise Refusal(_("Give the reason."))
    if until < timezone.localdate():
        raise Refusal(_("This day is past."))
    standing = standing_of(company)
    if not standing.overdue:
        raise NotNow(_("No close-out of this company is overdue."))
    if standing.lift and (standing.lift.until, standing.lift.reason) == (until, reason.strip()):
        return standing.lift
    return BarLift.objects.create(company=company, reason=reason.strip(), until=until, by=by)
