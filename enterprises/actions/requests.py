"""The journey of a request of any kind: each verb locks, checks, writes and leaves a line in the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from enterprises.enums import RequestState, Verb
from enterprises.kinds import Fault, Kind, kind_of
from enterprises.models import Company, Correction, CorrectionItem, Message, RequestEvent, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, numbering
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.mail import queue_mail

# Which right each officer's verb needs; sending back and refusing are open to everybody who handles the case.
HANDLERS = ("enterprises.accept_request", "enterprises.review_request", "enterprises.approve_request")
RIGHTS: dict[Verb, tuple[str, ...]] = {
    Verb.ACCEPT: ("enterprises.accept_request",),
    Verb.REVIEW: ("enterprises.review_request",),
    Verb.APPROVE: ("enterprises.approve_request",),
    Verb.SEND_BACK: HANDLERS,
    Verb.REFUSE: HANDLERS,
}


class NotComplete(Refusal):
    """Something is missing or wrong; ``faults`` says what and where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Some answers are missing or need to be corrected."))
        self.faults = faults


@dataclass(frozen=True)
class Item:
    """One thing an officer asks to be corrected."""

    step: str
    reason: str
    part: int | None = None


@audit.action
def begin(kind: Kind, *, company: Company, by: User) -> ServiceRequest:
    """Begin a draft. Raises NotNow while the company is not verified."""
    if not company.is_verified:
        raise NotNow(_("The office verifies your company first; you can file requests after that."))
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

    Raises NotComplete with all faults, NotNow in any other state.
    """
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    if request.state == RequestState.SUBMITTED:
        return request
    if request.is_editable and (faults := kind_of(request).faults(request)):
        raise NotComplete(faults)
    now = timezone.now()
    request.number = request.number or _next_number(request)
    request.submitted_at = request.submitted_at or now
    request.start_clock(timezone.localdate(now), settings.DECISION_WORKING_DAYS)
    request.corrections.filter(answered_at__isnull=True).update(answered_at=now)
    _move(request, Verb.SUBMIT, by=by)
    _tell(request, "submitted")
    return request


@audit.action
def accept(request_id: int, *, seen: str | None = None, by: User) -> None:
    """Reception takes the case, as it was ``seen`` (`mark_of`). Raises PermissionDenied, NotNow."""
    request = _lock_for(request_id, Verb.ACCEPT, by=by)
    request.accepted_by = by
    _move(request, Verb.ACCEPT, seen=seen, by=by)
    _tell(request, "accepted")


@audit.action
def send_back(request_id: int, *, items: Sequence[Item], by: User) -> None:
    """Ask for corrections, item by item; the clock stops until the company answers. Raises PermissionDenied, NotNow, Refusal."""
    if not items:
        raise Refusal(_("Name at least one thing to correct."))
    request = _lock_for(request_id, Verb.SEND_BACK, by=by)
    _move(request, Verb.SEND_BACK, by=by)
    correction = Correction.objects.create(request=request, asked_by=by)
    for item in items:
        CorrectionItem.objects.create(correction=correction, step=item.step, part=item.part, reason=item.reason)
    _tell(request, "returned", correction=correction)


@audit.action
def review(request_id: int, *, seen: str | None = None, by: User) -> None:
    """The first of two officers answers for the content, as it was ``seen``. Raises PermissionDenied, NotNow."""
    request = _lock_for(request_id, Verb.REVIEW, by=by)
    request.reviewed_by = by
    _move(request, Verb.REVIEW, seen=seen, by=by)


@audit.action
def approve(request_id: int, *, seen: str | None = None, by: User) -> None:
    """The second officer signs off what was ``seen``, and the kind does what that means.

    Raises PermissionDenied, NotNow, TwoPersonRule.
    """
    request = _lock_for(request_id, Verb.APPROVE, by=by)
    if request.reviewed_by_id == by.pk:
        raise TwoPersonRule(_("You reviewed this request; another officer has to sign it off."))
    request.approved_by, request.decided_at = by, timezone.now()
    _move(request, Verb.APPROVE, seen=seen, by=by)
    kind_of(request).approve(request, by)


@audit.action
def refuse(request_id: int, *, reason: str, by: User) -> None:
    """Say no, with the reason the company reads. Raises PermissionDenied, NotNow, Refusal."""
    if not reason.strip():
        raise Refusal(_("Give the reason; the company will read it."))
    request = _lock_for(request_id, Verb.REFUSE, by=by)
    request.decided_at = timezone.now()
    _move(request, Verb.REFUSE, by=by, note=reason)
    _tell(request, "refused", reason=reason)


@audit.action
def withdraw(request_id: int, *, by: User) -> None:
    """The company no longer asks. Raises NotNow once the request is decided."""
    request = ServiceRequest.objects.owned_by(by).select_for_update(of=("self",)).get(pk=request_id)
    _move(request, Verb.WITHDRAW, by=by)


def issue(request: ServiceRequest) -> None:
    """Note, by the system, that what was signed off is delivered. The caller holds the lock."""
    _move(request, Verb.ISSUE, by=None)


@audit.action
def write_message(request_id: int, *, body: str, by: User) -> Message:
    """Write to the other side of a submitted case. Raises Refusal when there is nothing to send, PermissionDenied."""
    if not body.strip():
        raise Refusal(_("Write a message first."))
    request = ServiceRequest.objects.visible_to(by).get(pk=request_id, number__isnull=False)
    from_office = not request.company.has_member(by)
    if from_office and not by.has_perm("enterprises.answer_company"):
        raise PermissionDenied
    message = Message.objects.create(request=request, by=by, is_from_office=from_office, body=body.strip())
    if from_office:
        _tell(request, "message", message=message)
    return message


@audit.action
def mark_read(request: ServiceRequest, *, by: User) -> None:
    """Note that the messages of the other side have been read; officers who cannot answer do not count as readers."""
    is_company = request.company.has_member(by)
    if is_company or by.has_perm("enterprises.answer_company"):
        request.messages.filter(is_from_office=is_company, read_at=None).update(read_at=timezone.now())


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
    if not any(by.has_perm(right) for right in RIGHTS[verb]):
        raise PermissionDenied
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id, number__isnull=False)
    if request.company.has_member(by):
        raise Refusal(_("You file for this company yourself; another officer has to act."))
    return request


def mark_of(request: ServiceRequest) -> str:
    """Return a mark of what an officer reads: answers change only between two lines of the timeline."""
    return str(request.events.order_by("-pk").values_list("pk", flat=True).first() or "")


def _move(request: ServiceRequest, verb: Verb, *, by: User | None, note: str = "", seen: str | None = None) -> None:
    before = request.state
    try:
        getattr(request, verb.value)()
    except TransitionNotAllowed:
        state = RequestState(before).label
        raise NotNow(_("The request is %(state)s; this can no longer be done.") % {"state": state}) from None
    if seen is not None and seen != mark_of(request):
        raise NotNow(_("Others have acted on this request meanwhile. Read it again before you decide."))
    request.save()
    RequestEvent.objects.create(
        request=request, by=by, verb=verb.value, from_state=before, to_state=request.state, note=note
    )


def _next_number(request: ServiceRequest) -> str:
    prefix, year = kind_of(request).prefix, timezone.localdate().year
    return f"SYFAO-{prefix}-{year}-{numbering.next_number(prefix, year):06d}"


def _tell(request: ServiceRequest, event: str, **context: object) -> None:
    """Write to the person who filed, once for each line of the timeline."""
    person = request.created_by
    queue_mail(
        key=f"request-{event}:{request.pk}:{request.events.count()}:{request.messages.count()}",
        to=person.email,
        language=person.language,
        template=f"enterprises/mail/request_{event}.txt",
        context={"request_row": request, "user": person, "site_url": settings.SITE_URL, **context},
    )
