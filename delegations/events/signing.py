"""Signing up, moving up, cancelling: whoever changes who takes part holds the lock of the event's row.

Everybody begins on the waiting list and `fill` gives out the free seats in its order, so that there is one rule for the first
person and for the last. The database knows no seat twice and none beyond the capacity, whoever forgets the lock.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.events.enums import EventState, LetterKind, SignUpMode, SignUpState
from delegations.events.models import Event
from delegations.events.offer import has_begun, why_closed
from delegations.events.signups import EventInvitation, EventLetter, SignUp
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, outbox
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.fields import blind_index
from shenyang_fao.core.secret_links import TOKEN, digest_of

SEND_LETTER = "sign_up.send_letter"
# Whoever signs up again is written to again, but nobody's letter box is filled by somebody else's clicks.
QUIET = timedelta(minutes=10)


@dataclass(frozen=True)
class Guest:
    """Who wants to take part, and the language of the mails."""

    name: str
    email: str
    language: str
    organisation: str = ""


def lock_event(event_id: int) -> Event:
    """Return the event with its row locked. Raises DoesNotExist."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


@audit.action
def sign_up(event_id: int, *, guest: Guest, by: None = None) -> None:
    """Sign somebody up for an open event; the same address again changes nothing and is written to again.

    Nothing is returned: whoever asks must not learn whether the address was known. Raises NotNow when sign-up is not open.
    """
    event = lock_event(event_id)
    if event.sign_up != SignUpMode.OPEN or not event.is_public:
        raise NotNow(_("There is no sign-up for this event."))
    _require_open(event)
    enter(event, guest)


@audit.action
def accept_invitation(token: str, *, guest: Guest, by: None = None) -> None:
    """Sign up by an invitation's link: the address stays the invited one. Raises NotNow for a link that leads nowhere."""
    found = invitation_of(token)
    if found is None:
        raise NotNow(_("This link is not known"))
    event = lock_event(found.event_id)
    _require_open(event)
    invitation = EventInvitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    row = enter(event, Guest(guest.name, invitation.email, guest.language, guest.organisation))
    if invitation.sign_up_id != row.pk:
        invitation.sign_up = row
        invitation.save(update_fields=["sign_up"])


@audit.action
def cancel_by_link(token: str, *, by: None = None) -> None:
    """Give the place back, once. Raises NotNow for an unknown link, when it is cancelled already or the event has begun."""
    found = sign_up_of(token)
    if found is None:
        raise NotNow(_("This link is not known"))
    event = lock_event(found.event_id)
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state == SignUpState.CANCELLED:
        raise NotNow(_("This sign-up has been cancelled already."))
    if has_begun(event):
        raise NotNow(_("The event has begun; nothing can be cancelled here any more."))
    cancel(event, row)


@audit.action
def give_out_seats(event_id: int, *, by: User | None) -> list[SignUp]:
    """Let the waiting list move up into the seats that are free, as when the capacity grew; return who moved."""
    event = lock_event(event_id)
    if event.state != EventState.ANNOUNCED or has_begun(event):
        return []
    return fill(event)


def enter(event: Event, guest: Guest) -> SignUp:
    """Put somebody on the list of a locked event, and write to them; who stands there already is only written to."""
    index = blind_index(guest.email)
    standing = event.sign_ups.exclude(state=SignUpState.CANCELLED).filter(email_index=index).first()
    if standing is not None:
        _write_again(standing)
        return standing
    row = SignUp.objects.create(
        event=event,
        name=guest.name,
        email=guest.email,
        email_index=index,
        organisation=guest.organisation,
        language=guest.language,
        state=SignUpState.WAITING,
    )
    fill(event, without_letter=row.pk)
    write(row, LetterKind.STANDING)
    return row


def cancel(event: Event, row: SignUp, *, reason: str = "") -> None:
    """Cancel a locked sign-up of a locked event; the first who waits moves up."""
    row.state, row.seat, row.cancelled_at, row.reason = SignUpState.CANCELLED, None, timezone.now(), reason
    row.save(update_fields=["state", "seat", "cancelled_at", "reason"])
    if event.state == EventState.ANNOUNCED and not has_begun(event):
        fill(event)


def fill(event: Event, *, without_letter: int | None = None) -> list[SignUp]:
    """Give the free seats of a locked event to those who wait, in their order; each is written to once."""
    waiting = event.sign_ups.select_for_update(of=("self",)).filter(state=SignUpState.WAITING)
    free = free_seats(event)
    moved = list(waiting.order_by("made_at", "pk")[: len(free)])
    for row, seat in zip(moved, free, strict=False):
        seat_them(row, seat)
        if row.pk != without_letter:
            write(row, LetterKind.MOVED_UP)
    return moved


def seat_them(row: SignUp, seat: int) -> None:
    """Confirm a sign-up on a seat."""
    row.state, row.seat, row.confirmed_at = SignUpState.CONFIRMED, seat, timezone.now()
    row.save(update_fields=["state", "seat", "confirmed_at"])


def free_seats(event: Event) -> list[int]:
    """Return the free seats of an event, the lowest first."""
    taken = set(event.sign_ups.filter(seat__isnull=False).values_list("seat", flat=True))
    return [seat for seat in range(1, (event.capacity or 0) + 1) if seat not in taken]


def write(row: SignUp, kind: LetterKind) -> None:
    """Promise a mail about a sign-up."""
    letter = EventLetter.objects.create(sign_up=row, kind=kind)
    outbox.promise(SEND_LETTER, letter.pk)


def tell_everybody(event: Event) -> None:
    """Promise a mail to each who has a place at a locked event or waits for one, as when it is called off."""
    for row in event.sign_ups.exclude(state=SignUpState.CANCELLED):
        write(row, LetterKind.STANDING)


def sign_up_of(token: str) -> SignUp | None:
    """Find the sign-up that a link is about; None for anything else."""
    if not TOKEN.fullmatch(token):
        return None
    return SignUp.objects.select_related("event").filter(letters__digest=digest_of(token)).first()


def invitation_of(token: str) -> EventInvitation | None:
    """Find the invitation that a link is about; None for anything else."""
    if not TOKEN.fullmatch(token):
        return None
    found = EventInvitation.objects.select_related("event", "sign_up")
    return found.filter(letters__digest=digest_of(token)).first()


def _write_again(row: SignUp) -> None:
    if not row.letters.filter(made_at__gt=timezone.now() - QUIET).exists():
        write(row, LetterKind.STANDING)


def _require_open(event: Event) -> None:
    if reason := why_closed(event):
        raise NotNow(reason)
