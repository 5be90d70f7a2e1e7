"""Corrections: what is asked for and until when, the answer, the reminders."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises import mending
from enterprises.actions.moves import HANDLERS, lock_for, note_down, tell, tell_person
from enterprises.enums import ReasonUse, RequestState, Verb
from enterprises.models import Correction, CorrectionItem, KeptReason, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, workdays
from shenyang_fao.core.errors import NotNow, Refusal


@dataclass(frozen=True)
class Item:
    """One thing an officer asks to be corrected: where it stands, and why in kept or own words or both."""

    step: str
    reason: str = ""
    part: int | None = None
    field: str = ""
    kept: KeptReason | None = None


def check_term(days: int) -> None:
    """Raise Refusal when a term for corrections is outside the limits of the settings."""
    least, most = settings.CORRECTION_LEAST_WORKING_DAYS, settings.CORRECTION_MOST_WORKING_DAYS
    if not least <= days <= most:
        message = _("Give the company between %(least)s and %(most)s working days.")
        raise Refusal(message % {"least": least, "most": most})


def check_items(items: Sequence[Item]) -> None:
    """Raise Refusal when nothing is asked for, or something without a reason."""
    if not items:
        raise Refusal(_("Name at least one thing to correct."))
    for item in items:
        if not item.reason.strip() and item.kept is None:
            raise Refusal(_("Say for each item what is wrong: choose a reason or write it."))
        require_offered(item.kept, use=ReasonUse.CORRECTION)


def require_offered(kept: KeptReason | None, *, use: ReasonUse) -> None:
    """Raise Refusal when a kept reason is not, or no longer, on offer for this use."""
    if kept is not None and not KeptReason.objects.offered(use).filter(pk=kept.pk).exists():
        raise Refusal(_("This reason is no longer offered. Choose another one."))


def open_correction(request: ServiceRequest, *, items: Sequence[Item], days: int, by: User) -> Correction:
    """Write down what is asked of a request that is being returned; the caller holds the lock and has checked."""
    deadline = workdays.add_working_days(timezone.localdate(), days)
    correction = Correction.objects.create(request=request, asked_by=by, deadline_on=deadline)
    known = mending.by_place(request)
    for item in items:
        _title, target = known.get((item.step, item.part, item.field), ("", None))
        CorrectionItem.objects.create(
            correction=correction,
            step=item.step,
            part=item.part,
            field=item.field,
            kept=item.kept,
            reason=item.reason.strip(),
            before=mending.mark(target),
        )
    return correction


def answer(request: ServiceRequest) -> Correction | None:
    """Note that the company has handed in again; return what was asked. The caller holds the lock."""
    correction = request.corrections.select_related("asked_by").filter(answered_at__isnull=True).first()
    if correction:
        correction.answered_at = timezone.now()
        correction.save(update_fields=["answered_at"])
    return correction


def tell_officer(request: ServiceRequest, correction: Correction) -> None:
    """Tell the officer who asked that the request has come back."""
    if correction.asked_by.is_active:
        page = reverse("admin:enterprises_servicerequest_change", args=[request.pk])
        things = mending.reader(correction)
        tell_person(request, person=correction.asked_by, event="back", url=page, things=things)


@audit.action
def extend(request_id: int, *, days: int, by: User) -> None:
    """Give the company so many working days from today. Raises PermissionDenied, NotNow, Refusal.

    A deadline is only ever moved later; what is asked twice is done once. The reminders begin anew.
    """
    request = lock_for(request_id, rights=HANDLERS, by=by)
    correction = _waiting(request)
    check_term(days)
    deadline = workdays.add_working_days(timezone.localdate(), days)
    if deadline == correction.deadline_on:
        return
    if deadline < correction.deadline_on:
        raise Refusal(_("The company already has more time than that."))
    correction.deadline_on = deadline
    correction.half_reminded_at = correction.last_reminded_at = None
    correction.save(update_fields=["deadline_on", "half_reminded_at", "last_reminded_at"])
    note_down(request, verb=Verb.EXTEND, by=by, note=deadline.isoformat())
    tell(request, event="extended", correction=correction)


def _waiting(request: ServiceRequest) -> Correction:
    correction = request.corrections.filter(answered_at__isnull=True).first()
    if request.state != RequestState.RETURNED or correction is None:
        state = RequestState(request.state).label
        raise NotNow(_("The request is %(state)s; this can no longer be done.") % {"state": state})
    return correction
