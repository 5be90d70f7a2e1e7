"""The journey of a request of any kind: each verb locks, checks, writes and leaves a line in the timeline."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises import clock, mending
from enterprises.actions import closing, consent, corrections
from enterprises.actions.attachments import Examined, attach, require_few
from enterprises.actions.corrections import Item
from enterprises.actions.moves import LANE_KEEPERS, RIGHTS, lock_for, move, note_down, tell
from enterprises.enums import OPEN, Lane, ReasonUse, RequestState, Verb
from enterprises.kinds import Fault, Kind, kind_of
from enterprises.models import Company, KeptReason, Message, RefusalNote, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, numbering
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule


class NotComplete(Refusal):
    """Something is missing or wrong; ``faults`` says what and where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Some answers are missing or need to be corrected."))
        self.faults = faults


@audit.action
def begin(kind: Kind, *, company: Company, by: User) -> ServiceRequest:
    """Begin a draft. Raises NotNow while the company is not verified, or a close-out of it is overdue."""
    if not company.is_verified:
        raise NotNow(_("The office verifies your company first; you can file requests after that."))
    closing.require_not_barred(company)
    request = ServiceRequest.objects.create(kind=kind.code, company=company, created_by=by)
    kind.begin(request)
    return request


@audit.action
def save_step(request_id: int, *, step: str, by: User) -> None:
    """Note that a step of the guided form was saved. Raises NotNow when the request is no longer the company's to change."""
    request = lock_editable(request_id, by=by)
    if step not in request.saved_steps:
        request.saved_steps.append(step)
    request.saved_at = timezone.now()
    request.save(update_fields=["saved_steps", "saved_at"])


def lock_editable(request_id: int, *, by: User) -> ServiceRequest:
    """Lock a request of the person's own company for a change. Raises NotNow, ServiceRequest.DoesNotExist."""
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    if not request.is_editable:
        raise NotNow(_("This request has been submitted and can no longer be changed."))
    return request


@audit.action
def submit(request_id: int, *, by: User) -> ServiceRequest:
    """Hand in a draft or a corrected request. Handing in what is handed in already changes nothing.

    Raises NotComplete with all faults, NotNow in any other state, and for a new request of a barred company. What the office
    asked to be corrected may always come back.
    """
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    if request.state == RequestState.SUBMITTED:
        return request
    if request.state == RequestState.DRAFT:
        closing.require_not_barred(request.company)
    if request.is_editable and (faults := kind_of(request).faults(request)):
        raise NotComplete(faults)
    now = timezone.now()
    request.number = request.number or _next_number(request)
    request.submitted_at = request.submitted_at or now
    request.start_clock(timezone.localdate(now), clock.term_of(request.lane))
    correction = corrections.answer(request)
    consent.note_changes(request)
    move(request, verb=Verb.SUBMIT, by=by)
    tell(request, event="submitted")
    if correction:
        corrections.tell_officer(request, correction)
    return request


@audit.action
def accept(request_id: int, *, seen: str | None = None, by: User) -> None:
    """Reception takes the case, as it was ``seen`` (`mark_of`). Raises PermissionDenied, NotNow."""
    request = _lock_for(request_id, Verb.ACCEPT, by=by)
    request.accepted_by = by
    move(request, verb=Verb.ACCEPT, seen=seen, by=by)
    tell(request, event="accepted")


@audit.action
def send_back(request_id: int, *, items: Sequence[Item], days: int | None = None, by: User) -> None:
    """Ask for corrections, item by item, within so many working days; the clock stops until the company answers.

    ``days`` is the setting's unless given. Raises PermissionDenied, NotNow, Refusal.
    """
    corrections.check_items(items)
    term = settings.CORRECTION_WORKING_DAYS if days is None else days
    corrections.check_term(term)
    request = _lock_for(request_id, Verb.SEND_BACK, by=by)
    move(request, verb=Verb.SEND_BACK, by=by)
    correction = corrections.open_correction(request, items=items, days=term, by=by)
    tell(request, event="returned", correction=correction, things=mending.reader(correction))


@audit.action
def lapse(request_id: int, *, by: None = None) -> bool:
    """Let a request end whose corrections did not come in time, by the system; tell whether that was to be done.

    Called again, or when the company was faster, it changes nothing.
    """
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    correction = request.corrections.waiting().filter(deadline_on__lt=timezone.localdate()).first()
    if correction is None:
        return False
    move(request, verb=Verb.LAPSE, by=by)
    tell(request, event="lapsed", correction=correction, kind=kind_of(request))
    return True


@audit.action
def set_lane(request_id: int, *, lane: Lane, reason: str, by: User) -> None:
    """Move a request to another lane, with a reason, and set its term anew. One that is there already stays as it is.

    Raises PermissionDenied, NotNow once it is decided, Refusal.
    """
    request = lock_for(request_id, rights=LANE_KEEPERS, by=by)
    if request.lane == lane:
        return
    if request.state not in OPEN:
        state = RequestState(request.state).label
        raise NotNow(_("The request is %(state)s; this can no longer be done.") % {"state": state})
    if not reason.strip():
        raise Refusal(_("Give the reason; the company will read it."))
    request.lane = lane
    request.due_on = clock.due_in(request, lane)
    request.save(update_fields=["lane", "due_on"])
    note_down(request, verb=Verb.HASTEN if lane == Lane.GREEN else Verb.SLOW, by=by, note=reason.strip())


@audit.action
def review(request_id: int, *, seen: str | None = None, by: User) -> None:
    """The first of two officers answers for the content, as it was ``seen``.

    Raises PermissionDenied, NotNow, also while a consent that is needed has not been given.
    """
    request = _lock_for(request_id, Verb.REVIEW, by=by)
    consent.require_consent(request)
    request.reviewed_by = by
    move(request, verb=Verb.REVIEW, seen=seen, by=by)


@audit.action
def approve(request_id: int, *, seen: str | None = None, by: User) -> None:
    """The second officer signs off what was ``seen``, and the kind does what that means.

    Raises PermissionDenied, NotNow, also while a consent that is needed has not been given, TwoPersonRule.
    """
    request = _lock_for(request_id, Verb.APPROVE, by=by)
    if request.reviewed_by_id == by.pk:
        raise TwoPersonRule(_("You reviewed this request; another officer has to sign it off."))
    consent.require_consent(request)
    request.approved_by, request.decided_at = by, timezone.now()
    move(request, verb=Verb.APPROVE, seen=seen, by=by)
    kind_of(request).approve(request, by)


@audit.action
def refuse(request_id: int, *, reason: str = "", kept: KeptReason | None = None, remedy: str = "", by: User) -> None:
    """Say no, with the reason and the remedy that the company reads: kept words, own words, or both.

    Raises PermissionDenied, NotNow, Refusal.
    """
    reason, remedy = reason.strip(), remedy.strip()
    if not reason and kept is None:
        raise Refusal(_("Give the reason; the company will read it."))
    if not remedy and not (kept and kept.remedy):
        raise Refusal(_("Say what the company can do now."))
    corrections.require_offered(kept, use=ReasonUse.REFUSAL)
    request = _lock_for(request_id, Verb.REFUSE, by=by)
    request.decided_at = timezone.now()
    move(request, verb=Verb.REFUSE, by=by, note=reason)
    refusal = RefusalNote.objects.create(request=request, kept=kept, reason=reason, remedy=remedy, by=by)
    tell(request, event="refused", refusal=refusal)


@audit.action
def withdraw(request_id: int, *, by: User) -> None:
    """The company no longer asks. Raises NotNow once the request is decided."""
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    move(request, verb=Verb.WITHDRAW, by=by)


def issue(request: ServiceRequest) -> None:
    """Note, by the system, that what was signed off is delivered, and until when the company reports. The caller holds the lock."""
    request.close_out_due_on = closing.due_on(request)
    move(request, verb=Verb.ISSUE, by=None)


@audit.action
def write_message(request_id: int, *, body: str, attachments: Sequence[Examined] = (), by: User) -> Message:
    """Write to the other side of a submitted case, with a few files.

    Raises Refusal when there is nothing to say or too much to carry, PermissionDenied.
    """
    if not body.strip():
        raise Refusal(_("Write a message first."))
    require_few(attachments)
    request = ServiceRequest.objects.visible_to(by).get(pk=request_id, number__isnull=False)
    from_office = not request.company.has_member(by)
    if from_office and not by.has_perm("enterprises.answer_company"):
        raise PermissionDenied
    message = Message.objects.create(request=request, by=by, is_from_office=from_office, body=body.strip())
    attach(message, files=attachments, by=by)
    if from_office:
        tell(request, event="message", message=message, files=len(attachments))
    return message


@audit.action
def mark_read(request: ServiceRequest, *, shown: Sequence[Message], by: User) -> None:
    """Note that the messages of the other side have been read, those that were ``shown`` and no later ones.

    Officers who cannot answer do not count as readers.
    """
    is_company = request.company.has_member(by)
    if is_company or by.has_perm("enterprises.answer_company"):
        read = [message.pk for message in shown]
        request.messages.filter(pk__in=read, is_from_office=is_company, read_at=None).update(read_at=timezone.now())


def possible_verbs(request: ServiceRequest, user: User) -> list[Verb]:
    """Return the officer's verbs that this person may use on this request now; none on one of the own company."""
    if request.company.has_member(user):
        return []
    open_now = {transition.name for transition in request.get_available_state_transitions()}
    verbs = [verb for verb, rights in RIGHTS.items() if verb in open_now and any(map(user.has_perm, rights))]
    if request.reviewed_by_id == user.pk and Verb.APPROVE in verbs:
        verbs.remove(Verb.APPROVE)
    return verbs


def _lock_for(request_id: int, verb: Verb, *, by: User) -> ServiceRequest:
    return lock_for(request_id, rights=RIGHTS[verb], by=by)


def _next_number(request: ServiceRequest) -> str:
    prefix, year = kind_of(request).prefix, timezone.localdate().year
    return f"SYFAO-{prefix}-{year}-{numbering.next_number(prefix, year):06d}"
