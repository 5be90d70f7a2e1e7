"""Companies apply for a booth, the office selects: never more than there are booths, which the lock of the event's row holds."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.events.enums import ApplicationState, EventState
from delegations.events.models import Event
from delegations.events.offer import has_begun
from delegations.events.signing import lock_event
from delegations.events.signups import Exhibitor
from enterprises.models import Company
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal

DECIDE = "delegations.change_exhibitor"
DECISIONS = (ApplicationState.SELECTED, ApplicationState.DECLINED)


@dataclass(frozen=True)
class Application:
    """What a company wants to show, whom to ask, and which booth it wishes for."""

    products: str
    contact: str
    booth_wish: str = ""


def open_calls() -> QuerySet[Event]:
    """Return the public events that recruit exhibitors today, the earliest deadline first."""
    today = timezone.localdate()
    called = Event.objects.public().filter(state=EventState.ANNOUNCED, recruits_until__gte=today)
    return called.order_by("recruits_until", "pk")


def recruits(event: Event) -> bool:
    """Tell whether companies can apply for an event today."""
    is_announced = event.is_public and event.state == EventState.ANNOUNCED and not has_begun(event)
    return bool(is_announced and event.recruits_until and event.recruits_until >= timezone.localdate())


def exhibitor_panel(event: Event) -> dict[str, object]:
    """Return the context of `delegations/exhibitor_panel.html`: no query."""
    return {"event": event, "recruits": recruits(event)}


@audit.action
def apply(event_id: int, *, company: Company, application: Application, by: User) -> Exhibitor:
    """Apply for a company, once an event. Raises PermissionDenied for somebody else's company, NotNow."""
    if not company.has_member(by):
        raise PermissionDenied
    event = lock_event(event_id)
    if not company.is_verified:
        raise NotNow(_("The office has to verify the company first."))
    if not recruits(event):
        raise NotNow(_("Applications for this event are closed."))
    if event.exhibitors.filter(company=company).exclude(state=ApplicationState.WITHDRAWN).exists():
        raise NotNow(_("The company has already applied."))
    return Exhibitor.objects.create(
        event=event,
        company=company,
        products=application.products,
        contact=application.contact,
        booth_wish=application.booth_wish,
        applied_by=by,
    )


@audit.action
def withdraw(exhibitor_id: int, *, by: User) -> None:
    """Withdraw an application before the event begins; the booth is free again. Raises PermissionDenied, NotNow."""
    event, row = _locked(exhibitor_id)
    if not row.company.has_member(by):
        raise PermissionDenied
    if row.state not in (ApplicationState.APPLIED, ApplicationState.SELECTED) or has_begun(event):
        raise NotNow(_("This application can no longer be withdrawn."))
    row.state = ApplicationState.WITHDRAWN
    row.save(update_fields=["state"])


@audit.action
def decide(exhibitor_id: int, *, state: ApplicationState, reason: str, by: User) -> None:
    """Select or decline, or decide anew; the company is told. Declining needs its reason.

    Raises PermissionDenied (also to people of the company itself), NotNow when no booth is left, Refusal.
    """
    if not by.has_perm(DECIDE):
        raise PermissionDenied
    event, row = _locked(exhibitor_id)
    if row.company.has_member(by):
        raise PermissionDenied
    _check_decision(event, row, state, reason.strip())
    row.state, row.reason, row.decided_by, row.decided_at = state, reason.strip(), by, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _tell(row)


def booths_left(event: Event) -> int:
    """Return how many booths nobody has been selected for."""
    taken = event.exhibitors.filter(state=ApplicationState.SELECTED).count()
    return max((event.booths or 0) - taken, 0)


def _check_decision(event: Event, row: Exhibitor, state: ApplicationState, reason: str) -> None:
    if state not in DECISIONS or row.state == ApplicationState.WITHDRAWN:
        raise NotNow(_("This application has been withdrawn."))
    if row.state == state:
        raise NotNow(_("This has been decided already."))
    if state == ApplicationState.SELECTED and not booths_left(event):
        raise NotNow(_("No booth is left. The number of booths stands on the page of the event."))
    if state == ApplicationState.DECLINED and not reason:
        raise Refusal(_("Give the reason; the company reads it."))


def _locked(exhibitor_id: int) -> tuple[Event, Exhibitor]:
    event = lock_event(Exhibitor.objects.values_list("event_id", flat=True).get(pk=exhibitor_id))
    row = Exhibitor.objects.select_for_update(of=("self",)).select_related("company").get(pk=exhibitor_id)
    row.event = event
    return event, row


def _tell(row: Exhibitor) -> None:
    context: dict[str, object] = {"row": row, "is_selected": row.state == ApplicationState.SELECTED}
    for member in row.company.memberships.select_related("user").filter(user__is_active=True):
        key = f"exhibitor:{row.pk}:{row.decided_at:%Y%m%d%H%M%S%f}:{member.user_id}"
        template = "delegations/mail/exhibitor_decided.txt"
        notify(member.user, key=key, template=template, context=context, url=reverse("exhibitions:list"))
