"""People who signed up are forgotten some time after the event; how many they were stays."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from delegations.events.enums import EventState, SignUpState
from delegations.events.models import Event
from delegations.events.signing import give_out_seats, lock_event
from delegations.events.signups import SignUp, Turnout
from shenyang_fao.core import audit


def tend() -> tuple[int, int]:
    """Forget who took part long ago, and fill seats that came free in any way; return how many events of each."""
    long_ago = timezone.localdate() - timedelta(days=settings.SIGN_UP_KEPT_DAYS)
    over = Event.objects.annotate(over_on=Coalesce("ends_on", "starts_on")).filter(over_on__lt=long_ago)
    old = over.filter(Q(sign_ups__isnull=False) | Q(invitations__isnull=False)).distinct()
    forgotten = [forget(pk, by=None) for pk in old.values_list("pk", flat=True)]
    ahead = Event.objects.filter(state=EventState.ANNOUNCED, starts_on__gte=timezone.localdate())
    waiting = ahead.filter(sign_ups__state=SignUpState.WAITING).distinct().values_list("pk", flat=True)
    moved = [pk for pk in waiting if give_out_seats(pk, by=None)]
    return len(forgotten), len(moved)


@audit.action
def forget(event_id: int, *, by: None = None) -> None:
    """Count who signed up for an event and delete them with their invitations."""
    event = lock_event(event_id)
    if event.sign_ups.exists():
        Turnout.objects.update_or_create(event=event, defaults=counts(event))
    event.invitations.all().delete()
    event.sign_ups.all().delete()


def counts(event: Event) -> dict[str, int]:
    """Return how many places are confirmed, waited for and cancelled, and how many people came."""
    by_state = {
        state.value: Count("pk", filter=Q(state=state))
        for state in (SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.CANCELLED)
    }
    return dict(SignUp.objects.filter(event=event).aggregate(**by_state, came=Count("attended_at")))
