"""The close-out of an invitation: who came, who did not, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.actions import closing
from enterprises.invitations.models import Invitee
from enterprises.invitations.results import VisitResult
from enterprises.kinds import Outcome
from enterprises.models.request import ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import Refusal


@dataclass(frozen=True)
class Report:
    """What a company reports about one guest; the days stand for a guest who came, the reason for one who did not."""

    invitee_id: int
    came: bool
    entered_on: date | None = None
    left_on: date | None = None
    why: str = ""


@audit.action
def report(request_id: int, *, reports: Sequence[Report], is_cancelled: bool = False, note: str = "", by: User) -> None:
    """Close an issued invitation with what became of each guest. Reported before, it changes nothing.

    A visit that was cancelled as a whole needs no reports of guests. Raises NotNow, Refusal.
    """
    if closing.close_out(request_id, is_cancelled=is_cancelled, note=note, by=by) is None or is_cancelled:
        return
    request = ServiceRequest.objects.get(pk=request_id)
    guests = Invitee.objects.filter(invitation_id=request_id).values_list("pk", flat=True)
    if sorted(row.invitee_id for row in reports) != sorted(guests):
        raise Refusal(_("Say of every guest whether he or she came."))
    for row in reports:
        _write(row, request)


def check_days(entered_on: date, left_on: date, *, request: ServiceRequest) -> dict[str, str]:
    """Return what is wrong with the days of a guest, by field: in the future, before the decision, or in the wrong order."""
    today = timezone.localdate()
    days = {"entered_on": entered_on, "left_on": left_on}
    faults = {
        name: _("This day is in the future. Report when the visit is over.") for name in days if days[name] > today
    }
    if request.decided_at and entered_on < timezone.localdate(request.decided_at):
        faults["entered_on"] = _("This day is before the request was decided.")
    if left_on < entered_on:
        faults.setdefault("left_on", _("The guest cannot leave before entering."))
    return faults


def outcomes(request: ServiceRequest) -> list[Outcome]:
    """Return what was reported of each guest."""
    results = VisitResult.objects.filter(invitee__invitation_id=request.pk).select_related("invitee").order_by("pk")
    return [Outcome(result.invitee.full_name, result.text, is_kept=result.came) for result in results]


def ends_on(request: ServiceRequest) -> date | None:
    """Return the day of departure, from which the term of the report counts."""
    return request.invitation.departure_on


def _write(row: Report, request: ServiceRequest) -> None:
    if not row.came:
        VisitResult.objects.create(invitee_id=row.invitee_id, came=False, why=row.why.strip())
        return
    if row.entered_on is None or row.left_on is None:
        raise Refusal(_("Give both days of every guest who came."))
    if faults := check_days(row.entered_on, row.left_on, request=request):
        raise Refusal(" ".join(faults.values()))
    VisitResult.objects.create(invitee_id=row.invitee_id, came=True, entered_on=row.entered_on, left_on=row.left_on)
