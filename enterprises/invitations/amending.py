"""A changed letter after issue: a new request that copies the old one, its own full review by two, and then its own letter."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.actions import closing, moves
from enterprises.enums import CAME_TO_NOTHING, RequestState, Verb
from enterprises.invitations.enums import LetterState
from enterprises.invitations.models import Invitation, Invitee, ItineraryDay, Letter
from enterprises.models.request import Paper, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow

# What a company declares anew each time it hands in.
DECLARATIONS = ("is_guarantee_accepted", "is_consent_given")


@audit.action
def amend(request_id: int, *, by: User) -> ServiceRequest:
    """Begin the request for a changed letter as a draft with every answer and paper of the old one.

    The papers are the same files. Asked again, it returns the amendment that is open already. Raises NotNow.
    """
    old = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    if found := open_amendment(old):
        return found
    if not can_be_amended(old):
        raise NotNow(_("Only a letter that is in force can be changed. File a new request."))
    closing.require_not_barred(old.company)
    return _copy(old, by=by)


def can_be_amended(request: ServiceRequest) -> bool:
    """Tell whether a request has a letter in force, and no other request is changing it."""
    letter = _in_force(request)
    return letter is not None and not letter.has_lapsed and open_amendment(request) is None


def open_amendment(request: ServiceRequest) -> ServiceRequest | None:
    """Return the request that changes this one's letter, if there is one that has not come to nothing."""
    return request.amendments.exclude(state__in=CAME_TO_NOTHING).first()


def letter_to_replace(request: ServiceRequest) -> Letter | None:
    """Return the latest letter of the request that this one amends."""
    if request.amends_id is None:
        return None
    return Letter.objects.filter(request_id=request.amends_id).defer("payload").order_by("-pk").first()


def supersede(old: ServiceRequest, *, new: Letter) -> None:
    """Put an issued letter in place of the one in force of an earlier request, and close that request.

    Inside the transaction of the issue; the caller holds the locks of both requests. A letter that was revoked meanwhile
    stays revoked, and its request as it is.
    """
    letter = Letter.objects.select_for_update(of=("self",)).filter(request=old, state=LetterState.ISSUED).first()
    if letter is None:
        return
    letter.state, letter.superseded_at, letter.superseded_by = LetterState.SUPERSEDED, timezone.now(), new
    letter.save(update_fields=["state", "superseded_at", "superseded_by"])
    moves.note_down(old, verb=Verb.SUPERSEDE, by=None, note=new.number)
    if old.state == RequestState.ISSUED:
        moves.move(old, verb=Verb.CLOSE, by=None, note=str(new.request))


def _in_force(request: ServiceRequest) -> Letter | None:
    if request.state != RequestState.ISSUED:
        return None
    return Letter.objects.filter(request=request, state=LetterState.ISSUED).defer("payload").first()


def _copy(old: ServiceRequest, *, by: User) -> ServiceRequest:
    try:
        with transaction.atomic():
            new = ServiceRequest.objects.create(
                kind=old.kind, company=old.company, created_by=by, amends=old, saved_steps=list(old.saved_steps)
            )
    except IntegrityError:
        raise NotNow(_("Somebody else has just asked for a change of this letter.")) from None
    _copy_visit(old.invitation, new)
    _copy_papers(old, new, parts=_copy_invitees(old.invitation, new.pk))
    return new


def _copy_visit(visit: Invitation, request: ServiceRequest) -> None:
    own = {field.attname: getattr(visit, field.attname) for field in Invitation._meta.concrete_fields}
    own |= dict.fromkeys(DECLARATIONS, False) | {"request_id": request.pk}
    Invitation.objects.create(**own)
    days = [ItineraryDay(invitation_id=request.pk, on=day.on, plan=day.plan) for day in visit.days.all()]
    ItineraryDay.objects.bulk_create(days)


def _copy_invitees(visit: Invitation, copy_id: int) -> dict[int, int]:
    """Copy the guests; return the key of each copy by the key of its original."""
    copies = {}
    for guest in visit.invitees.all():
        own = {
            field.attname: getattr(guest, field.attname)
            for field in Invitee._meta.concrete_fields
            if field.name != "id"
        }
        copies[guest.pk] = Invitee.objects.create(**own | {"invitation_id": copy_id}).pk
    return copies


def _copy_papers(old: ServiceRequest, new: ServiceRequest, *, parts: dict[int, int]) -> None:
    for paper in old.papers.all():
        if paper.part is None or paper.part in parts:
            own = {
                "role": paper.role,
                "file_id": paper.file_id,
                "filed_by_id": paper.filed_by_id,
                "filed_at": paper.filed_at,
            }
            Paper.objects.create(request=new, part=parts.get(paper.part or 0), **own)
