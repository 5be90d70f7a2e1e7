"""Writing an invitation: each verb locks the request, so that nothing changes after it was handed in."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.actions import requests
from enterprises.actions.papers import remove_papers_of
from enterprises.invitations.models import Invitee, ItineraryDay, index_of
from enterprises.invitations.rules import INVITEES, INVITEES_AT_MOST, ITINERARY
from enterprises.models.request import ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal


@audit.action
def save_answers(request_id: int, *, answers: dict[str, Any], step: str | None, by: User) -> None:
    """Save answers about the visit; ``step`` is noted as saved unless it is None. Raises NotNow."""
    request = requests.lock_editable(request_id, by=by)
    for name, value in answers.items():
        setattr(request.invitation, name, value)
    request.invitation.save()
    _note(request, step, by=by)


@audit.action
def save_itinerary(request_id: int, *, answers: dict[str, Any], days: list[tuple[date, str]], by: User) -> None:
    """Save dates, places and the plan of each day. Raises NotNow."""
    save_answers(request_id, answers=answers, step=ITINERARY, by=by)
    invitation = ServiceRequest.objects.get(pk=request_id).invitation
    invitation.days.all().delete()
    ItineraryDay.objects.bulk_create(ItineraryDay(invitation=invitation, on=on, plan=plan) for on, plan in days)


@audit.action
def save_invitee(request_id: int, *, invitee_id: int | None, answers: dict[str, Any], by: User) -> Invitee:
    """Add or change an invitee.

    Raises NotNow when the list is full or the invitee has been removed, Refusal when the passport is in the list already.
    """
    request = requests.lock_editable(request_id, by=by)
    invitee = _invitee(request, invitee_id)
    for name, value in answers.items():
        setattr(invitee, name, value)
    if is_in_list(invitee):
        raise Refusal(_("This passport is already in the list."))
    invitee.save()
    _note(request, None, by=by)
    return invitee


@audit.action
def remove_invitee(request_id: int, *, invitee_id: int, by: User) -> None:
    """Take an invitee and the invitee's papers out of the request; one that is gone stays gone. Raises NotNow."""
    request = requests.lock_editable(request_id, by=by)
    remove_papers_of(request_id, part=invitee_id, by=by)
    request.invitation.invitees.filter(pk=invitee_id).delete()
    _note(request, None, by=by)


@audit.action
def finish_invitees(request_id: int, *, by: User) -> None:
    """Note that the list is complete. Raises NotNow."""
    requests.save_step(request_id, step=INVITEES, by=by)


def _invitee(request: ServiceRequest, invitee_id: int | None) -> Invitee:
    if invitee_id is None:
        refuse_when_full(request)
        return Invitee(invitation=request.invitation)
    found = request.invitation.invitees.filter(pk=invitee_id).first()
    if found is None:
        raise NotNow(_("This invitee has been removed from the list meanwhile."))
    return found


def refuse_when_full(request: ServiceRequest) -> None:
    """Raise NotNow when no invitee can be added any more."""
    if request.invitation.invitees.count() >= INVITEES_AT_MOST:
        message = _("A request may name %(limit)s invitees at most. File a second request for the others.")
        raise NotNow(message % {"limit": INVITEES_AT_MOST})


def is_in_list(invitee: Invitee) -> bool:
    """Tell whether another invitee of the same request has this passport."""
    index = index_of(str(invitee.nationality), invitee.passport_number)
    return Invitee.objects.filter(invitation=invitee.invitation, passport_index=index).exclude(pk=invitee.pk).exists()


def _note(request: ServiceRequest, step: str | None, *, by: User) -> None:
    if step:
        requests.save_step(request.pk, step=step, by=by)
        return
    request.saved_at = timezone.now()
    request.save(update_fields=["saved_at"])
