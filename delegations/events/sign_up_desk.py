"""What officers do with sign-ups: invite, add, cancel, move up, and note at the door who came."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.events.enums import EventState, LetterKind, SignUpState
from delegations.events.models import Event
from delegations.events.offer import has_begun
from delegations.events.signing import SEND_LETTER, Guest, cancel, enter, fill, lock_event, write
from delegations.events.signups import EventInvitation, EventLetter, SignUp
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, outbox
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.fields import blind_index

CHANGE = "delegations.change_signup"
INVITE = "delegations.add_eventinvitation"


@audit.action
def invite(event_id: int, *, guests: Iterable[Guest], by: User) -> int:
    """Send each address a secret link to the sign-up; one that was invited before gets a new link. Return how many.

    Raises PermissionDenied, NotNow.
    """
    _require(by, INVITE)
    event = lock_event(event_id)
    _require_alive(event)
    sent = 0
    for guest in guests:
        invitation, _is_new = EventInvitation.objects.update_or_create(
            event=event,
            email_index=blind_index(guest.email),
            defaults={"name": guest.name, "email": guest.email, "language": guest.language},
        )
        letter = EventLetter.objects.create(invitation=invitation, kind=LetterKind.INVITED)
        outbox.promise(SEND_LETTER, letter.pk)
        sent += 1
    return sent


@audit.action
def add(event_id: int, *, guest: Guest, reason: str, by: User) -> SignUp:
    """Sign somebody up by hand, also after the sign-up has closed. Raises PermissionDenied, NotNow, Refusal."""
    _require(by, CHANGE)
    event = lock_event(event_id)
    _require_alive(event)
    index = blind_index(guest.email)
    if event.sign_ups.exclude(state=SignUpState.CANCELLED).filter(email_index=index).exists():
        raise NotNow(_("This address is on the list already."))
    row = enter(event, guest)
    _note(row, reason)
    return row


@audit.action
def call_off(sign_up_id: int, *, reason: str, by: User) -> None:
    """Cancel a sign-up for somebody, who is written to. Raises PermissionDenied, NotNow, Refusal."""
    event, row = _locked(sign_up_id, by=by)
    if row.state == SignUpState.CANCELLED:
        raise NotNow(_("This sign-up has been cancelled already."))
    if row.attended_at:
        raise NotNow(_("This person has come; take that back first."))
    cancel(event, row, reason=_reasoned(reason))
    write(row, LetterKind.STANDING)


@audit.action
def move_up(sign_up_id: int, *, reason: str, by: User) -> None:
    """Put somebody at the head of the waiting list: the next free seat is theirs.

    Raises PermissionDenied, NotNow, Refusal.
    """
    event, row = _locked(sign_up_id, by=by)
    if row.state != SignUpState.WAITING:
        raise NotNow(_("This person is not on the waiting list."))
    first = event.sign_ups.filter(state=SignUpState.WAITING).order_by("made_at", "pk")[0]
    if first.pk != row.pk:
        row.made_at = first.made_at - timedelta(seconds=1)
    _note(row, reason, "made_at")
    fill(event)


@audit.action
def note_arrival(sign_up_id: int, *, by: User) -> None:
    """Note, once, that a confirmed person has come. Raises PermissionDenied, NotNow."""
    _event, row = _locked(sign_up_id, by=by)
    if row.state != SignUpState.CONFIRMED:
        raise NotNow(_("This person has no confirmed place."))
    if row.attended_at is None:
        row.attended_at = timezone.now()
        row.save(update_fields=["attended_at"])


@audit.action
def take_back_arrival(sign_up_id: int, *, by: User) -> None:
    """Take back that somebody has come. Raises PermissionDenied."""
    _event, row = _locked(sign_up_id, by=by)
    row.attended_at = None
    row.save(update_fields=["attended_at"])


def _locked(sign_up_id: int, *, by: User) -> tuple[Event, SignUp]:
    _require(by, CHANGE)
    event = lock_event(SignUp.objects.values_list("event_id", flat=True).get(pk=sign_up_id))
    return event, SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id)


def _note(row: SignUp, reason: str, *also: str) -> None:
    row.reason = _reasoned(reason)
    row.save(update_fields=["reason", *also])


def _require(by: User, right: str) -> None:
    if not by.has_perm(right):
        raise PermissionDenied


def _require_alive(event: Event) -> None:
    if event.state != EventState.ANNOUNCED or has_begun(event):
        raise NotNow(_("This can be done for an announced event until it begins."))


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Give the reason."))
    return reason.strip()
