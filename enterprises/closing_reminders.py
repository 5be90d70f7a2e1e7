"""Reminders of close-outs: a week before and on the day, each once by what stands in the database."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enterprises.kinds import kind_of
from enterprises.models import ServiceRequest
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit

EARLY, LAST = "early", "last"
DAYS_BEFORE = 7


def waiting(today: date) -> list[int]:
    """Return the requests whose company may have to be reminded."""
    soon = ServiceRequest.objects.close_out_awaited().filter(close_out_due_on__lte=today + timedelta(days=DAYS_BEFORE))
    return list(soon.filter(close_out_last_reminded_at=None).order_by("pk").values_list("pk", flat=True))


def due_reminder(case: ServiceRequest, today: date) -> str:
    """Return which reminder is due, empty for none.

    The last one takes the place of an early one that was missed; a beat that was down on the day sends it later.
    """
    if case.close_out_due_on is None or case.close_out_last_reminded_at:
        return ""
    if today >= case.close_out_due_on:
        return LAST
    is_soon = today >= case.close_out_due_on - timedelta(days=DAYS_BEFORE)
    return EARLY if is_soon and not case.close_out_reminded_at else ""


@transaction.atomic
def remind(request_id: int) -> None:
    """Remind a company of its close-out, if a reminder is due and was not sent."""
    audit.sign(None)
    cases = ServiceRequest.objects.close_out_awaited().select_for_update(of=("self",)).select_related("created_by")
    case = cases.filter(pk=request_id).first()
    which = due_reminder(case, timezone.localdate()) if case else ""
    if case is None or not which:
        return
    now = timezone.now()
    case.close_out_reminded_at = case.close_out_reminded_at or now
    if which == LAST:
        case.close_out_last_reminded_at = now
    case.save(update_fields=["close_out_reminded_at", "close_out_last_reminded_at"])
    notify(
        case.created_by,
        key=f"close-out-{which}:{case.pk}",
        template="enterprises/mail/close_out_reminder.txt",
        context={"request_row": case, "kind": kind_of(case)},
        url=reverse("enterprises:close_out", args=[case.number]),
    )
