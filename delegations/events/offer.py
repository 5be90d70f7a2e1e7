"""Whether somebody can sign up for an event now, and the panel that says so on the event's page."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.events.enums import EventState, SignUpMode, SignUpState
from delegations.events.models import Event
from delegations.events.signups import SignUp


class Offer(TextChoices):
    """What signing up would lead to now."""

    NONE = "none", _("There is no sign-up for this event.")
    NOT_YET = "not_yet", _("Sign-up has not been opened yet.")
    SEAT = "seat", _("Places are free.")
    WAITING_LIST = "waiting_list", _("All places are taken; there is a waiting list.")
    CLOSED = "closed", _("Sign-up is closed.")
    CANCELLED = "cancelled", _("The event has been cancelled.")
    OVER = "over", _("The event is over.")


RUNNING = (Offer.SEAT, Offer.WAITING_LIST)


@dataclass(frozen=True)
class Panel:
    """What the event's page says about signing up; without ``until`` it goes on until the event begins."""

    event: Event
    offer: Offer
    is_by_invitation: bool
    free: int
    waiting: int
    until: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether somebody can sign up, if only by invitation."""
        return self.offer in RUNNING

    @property
    def is_open(self) -> bool:
        """Whether anybody can sign up on the page."""
        return self.is_running and not self.is_by_invitation


def sign_up_panel(event: Event) -> dict[str, Panel]:
    """Return the context of `delegations/sign_up_panel.html`: one query where the event has a sign-up, else none."""
    taken = _taken(event) if event.sign_up != SignUpMode.NONE else {"seats": 0, "waiting": 0}
    free = max((event.capacity or 0) - taken["seats"], 0)
    panel = Panel(
        event=event,
        offer=_offer(event, has_room=free > taken["waiting"]),
        is_by_invitation=event.sign_up == SignUpMode.INVITED,
        free=free,
        waiting=taken["waiting"],
        until=None if closes_at(event) == begins_at(event) else event.sign_up_until,
    )
    return {"sign_up": panel}


def _taken(event: Event) -> dict[str, int]:
    return SignUp.objects.filter(event=event).aggregate(
        seats=Count("pk", filter=Q(state=SignUpState.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=SignUpState.WAITING)),
    )


def begins_at(event: Event) -> datetime | None:
    """Return when an event begins: the start of its day where no time is known. None where not even the day is."""
    if event.starts_on is None:
        return None
    return event.starts_at or timezone.make_aware(datetime.combine(event.starts_on, time.min))


def closes_at(event: Event) -> datetime | None:
    """Return when sign-up ends: on its own date, at the latest when the event begins."""
    return min(filter(None, (event.sign_up_until, begins_at(event))), default=None)


def has_begun(event: Event) -> bool:
    """Tell whether it is too late to change who takes part."""
    begins = begins_at(event)
    return begins is not None and timezone.now() >= begins


def why_closed(event: Event) -> str:
    """Return an empty text while somebody may sign up, else the sentence that says why not."""
    offer = _offer(event, has_room=True)
    return "" if offer in RUNNING else str(offer.label)


def _offer(event: Event, *, has_room: bool) -> Offer:
    if event.sign_up == SignUpMode.NONE:
        return Offer.NONE
    if event.state == EventState.CANCELLED:
        return Offer.CANCELLED
    if event.state == EventState.HELD:
        return Offer.OVER
    if event.state == EventState.PLANNED:
        return Offer.NOT_YET
    closes = closes_at(event)
    if closes is None or timezone.now() >= closes:
        return Offer.CLOSED
    return Offer.SEAT if has_room else Offer.WAITING_LIST
