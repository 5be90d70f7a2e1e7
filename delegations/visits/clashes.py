"""Who or what is taken already, and by which stop of which visit: in words, at the field where it was asked for."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.visits.enums import Duty
from delegations.visits.models import Booking, Stop
from shenyang_fao.core.errors import Refusal

# The people and things asked for, by what they are booked for.
Wanted = Mapping[Duty, Iterable[int]]
STARTS = "starts_at"


class Clash(Refusal):
    """A stop cannot stand as it was asked for; ``places`` holds the sentences by the field they belong to."""

    def __init__(self, places: Mapping[str, list[str]]) -> None:
        self.places = places
        super().__init__(" ".join(sentence for sentences in places.values() for sentence in sentences))


def require_free(stop: Stop, wanted: Wanted) -> None:
    """Refuse a stop whose time or whose people, vehicles and rooms are taken. Raises Clash."""
    found = _of_programme(stop) | _of_bookings(stop, wanted)
    if found:
        raise Clash(found)


def overlapping(stop: Stop) -> Stop | None:
    """Return the first other stop of its group that lies in its time."""
    others = Stop.objects.filter(visit_id=stop.visit_id, group=stop.group).exclude(pk=stop.pk)
    return others.filter(starts_at__lt=stop.ends_at, ends_at__gt=stop.starts_at).first()


def holders(stop: Stop, resources: Iterable[int]) -> list[Booking]:
    """Return what already holds one of the resources while the stop lasts."""
    return list(
        Booking.objects.clashing(resources=list(resources), starts_at=stop.starts_at, ends_at=stop.ends_at, but=stop.pk)
    )


def sentence(booking: Booking) -> str:
    """Say who or what is taken, with which stop of which visit, from when to when."""
    stop = booking.stop
    return _("%(who)s is taken: %(stop)s of “%(visit)s”, %(when)s.") % {
        "who": booking.resource.name,
        "stop": stop.name,
        "visit": stop.visit.name,
        "when": span(stop.starts_at, stop.ends_at),
    }


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Write from when to when by the clock of Shenyang; the day of the end only where it is another."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    end = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{starts:%Y-%m-%d %H:%M}–{end}"


def _of_programme(stop: Stop) -> dict[str, list[str]]:
    other = overlapping(stop)
    if other is None:
        return {}
    words = {"stop": other.name, "when": span(other.starts_at, other.ends_at)}
    return {STARTS: [_("Another stop of this programme lies in that time: %(stop)s, %(when)s.") % words]}


def _of_bookings(stop: Stop, wanted: Wanted) -> dict[str, list[str]]:
    duties = {resource: duty for duty, resources in wanted.items() for resource in resources}
    found: dict[str, list[str]] = {}
    for booking in holders(stop, duties):
        found.setdefault(duties[booking.resource_id].value, []).append(sentence(booking))
    return found
