"""How a verb moves a request: who may, under which lock, what is written down, and who is told."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from enterprises.enums import EDITABLE, RUNNING, RequestState, Verb
from enterprises.kinds import kind_of
from enterprises.models import RequestEvent, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core.errors import NotNow, Refusal

# Which right each officer's verb needs; sending back and refusing are open to everybody who handles the case.
HANDLERS = ("enterprises.accept_request", "enterprises.review_request", "enterprises.approve_request")
LANE_KEEPERS = (*HANDLERS, "enterprises.lead_requests")
RIGHTS: dict[Verb, tuple[str, ...]] = {
    Verb.ACCEPT: ("enterprises.accept_request",),
    Verb.REVIEW: ("enterprises.review_request",),
    Verb.APPROVE: ("enterprises.approve_request",),
    Verb.SEND_BACK: HANDLERS,
    Verb.REFUSE: HANDLERS,
}


def lock_for(request_id: int, *, rights: tuple[str, ...], by: User) -> ServiceRequest:
    """Lock a submitted request for an officer with one of the rights. Raises PermissionDenied, Refusal on one's own company."""
    if not any(by.has_perm(right) for right in rights):
        raise PermissionDenied
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id, number__isnull=False)
    if request.company.has_member(by):
        raise Refusal(_("You file for this company yourself; another officer has to act."))
    return request


def mark_of(request: ServiceRequest) -> str:
    """Return a mark of what an officer reads: answers change only between two changes of state."""
    return marks_of([request]).get(request.pk, "")


def marks_of(requests: Iterable[ServiceRequest]) -> dict[int, str]:
    """Return the mark of each request (`mark_of`) by its key, in one query."""
    moves = RequestEvent.objects.filter(request__in=requests).exclude(from_state=F("to_state")).order_by()
    return {row["request"]: str(row["last"]) for row in moves.values("request").annotate(last=Max("pk"))}


def move(request: ServiceRequest, *, verb: Verb, by: User | None, note: str = "", seen: str | None = None) -> None:
    """Change the state of a locked request as the verb says, and write it down; the clock stops with the office's turn.

    Raises NotNow when the state does not allow it, or when it is no longer as it was ``seen`` (`mark_of`).
    """
    before = request.state
    try:
        getattr(request, verb.value)()
    except TransitionNotAllowed:
        state = RequestState(before).label
        raise NotNow(_("The request is %(state)s; this can no longer be done.") % {"state": state}) from None
    if seen is not None and seen != mark_of(request):
        raise NotNow(_("Others have acted on this request meanwhile. Read it again before you decide."))
    if before in RUNNING and request.state not in RUNNING:
        request.stop_clock(timezone.localdate())
    request.save()
    if before in EDITABLE and not request.is_editable:
        kind_of(request).put_away(request)
    RequestEvent.objects.create(
        request=request, by=by, verb=verb.value, from_state=before, to_state=request.state, note=note
    )


def note_down(request: ServiceRequest, *, verb: Verb, by: User | None, note: str) -> None:
    """Write a line that changes no state."""
    RequestEvent.objects.create(
        request=request, by=by, verb=verb.value, from_state=request.state, to_state=request.state, note=note
    )


def tell(request: ServiceRequest, *, event: str, **context: object) -> None:
    """Tell the person who filed, once for each line of the timeline."""
    tell_person(request, person=request.created_by, event=event, url=request.get_absolute_url(), **context)


def tell_person(request: ServiceRequest, *, person: User, event: str, url: str, **context: object) -> None:
    """Tell somebody about a request, once for each line of the timeline; ``url`` is where that person reads on."""
    notify(
        person,
        key=f"request-{event}:{request.pk}:{request.events.count()}:{request.messages.count()}",
        template=f"enterprises/mail/request_{event}.txt",
        context={"request_row": request, **context},
        url=url,
    )
