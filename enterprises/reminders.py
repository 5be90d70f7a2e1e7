"""What the calendar asks for: reminders of corrections, close-outs and consents, the lapse of corrections, and the report of due decisions to the division head.

Everything is due by what stands in the database and is done under a lock, so that a beat that was down catches up, two
beats do the work once, and nobody gets two letters at a time.
"""

from collections.abc import Callable, Iterable
from datetime import date

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enterprises import closing_reminders, consent_reminders, mending
from enterprises.actions import requests
from enterprises.models import Correction, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit, workdays

log = structlog.get_logger(__name__)

HALF, LAST = "half", "last"


def run() -> None:
    """Do everything that is due today. One case that fails keeps no other from its turn."""
    today = timezone.localdate()
    overdue = Correction.objects.waiting().filter(deadline_on__lt=today)
    _each(overdue.values_list("request_id", flat=True), lapse)
    _each(Correction.objects.waiting().values_list("request_id", flat=True), remind)
    _each(closing_reminders.waiting(today), closing_reminders.remind)
    _each(consent_reminders.waiting(), consent_reminders.remind)
    escalate()


def lapse(request_id: int) -> None:
    """Let a request lapse whose corrections did not come in time."""
    requests.lapse(request_id, by=None)


def half_on(correction: Correction) -> date:
    """Return the working day half-way between the asking and the deadline."""
    asked = timezone.localdate(correction.asked_at)
    return workdays.add_working_days(asked, workdays.working_days_between(asked, correction.deadline_on) // 2)


def last_on(correction: Correction) -> date:
    """Return the working day before the deadline."""
    asked = timezone.localdate(correction.asked_at)
    days = workdays.working_days_between(asked, correction.deadline_on) - 1
    return workdays.add_working_days(asked, max(days, 0))


def due_reminder(correction: Correction, today: date) -> str:
    """Return which reminder is due, empty for none. The last one takes the place of one that was missed half-way."""
    if today > correction.deadline_on:
        return ""
    if today >= last_on(correction):
        return "" if correction.last_reminded_at else LAST
    if today >= half_on(correction):
        return "" if correction.half_reminded_at else HALF
    return ""


@transaction.atomic
def remind(request_id: int) -> None:
    """Remind a company of what it is asked to correct, if a reminder is due and was not sent."""
    audit.sign(None)
    case = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    correction = case.corrections.waiting().first()
    if correction is None:
        return
    which = due_reminder(correction, timezone.localdate())
    if not which:
        return
    now = timezone.now()
    correction.half_reminded_at = correction.half_reminded_at or now
    if which == LAST:
        correction.last_reminded_at = now
    correction.save(update_fields=["half_reminded_at", "last_reminded_at"])
    notify(
        case.created_by,
        # An extended deadline is reminded of anew.
        key=f"correction-{which}:{correction.pk}:{correction.deadline_on}",
        template="enterprises/mail/request_reminder.txt",
        context={"request_row": case, "correction": correction, "things": mending.reader(correction)},
        url=case.get_absolute_url(),
    )


@transaction.atomic
def escalate() -> None:
    """Tell the division heads of every decision that is due today or overdue, once in each period of its clock."""
    audit.sign(None)
    due = ServiceRequest.objects.due().filter(escalated_at=None).order_by("due_on", "pk")
    cases = list(due.select_for_update(of=("self",), skip_locked=True).select_related("company"))
    if not cases:
        return
    now = timezone.now()
    for case in cases:
        case.escalated_at = now
        case.save(update_fields=["escalated_at"])
    for head in User.objects.filter(groups__name=Role.HEAD, is_active=True):
        notify(
            head,
            key=f"escalation:{head.pk}:{now.isoformat()}",
            template="enterprises/mail/escalation.txt",
            context={"cases": cases},
            url=f"{reverse('admin:enterprises_servicerequest_changelist')}?clock=escalated",
        )


def _each(keys: Iterable[int], work: Callable[[int], None]) -> None:
    for key in list(keys):
        try:
            work(key)
        except Exception:  # whatever is wrong with one case, the others have their turn and an officer reads the log
            log.exception("calendar_work_failed", request=key)
