"""The stops of a programme and what is booked for them: added, changed, moved, removed, copied.

Everything that is booked at once is locked in one order, so that two officers wait for each other and neither is thrown out.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from delegations.visits.actions.rights import MAY_CHANGE, locked
from delegations.visits.clashes import STARTS, Clash, Wanted, holders, overlapping, require_free, sentence
from delegations.visits.enums import BOOKED, Duty
from delegations.visits.models import Booking, Resource, Stop, Visit
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow

# What a copy of a stop takes over; its times are shifted, its bookings made anew where they are free.
COPIED = (
    "kind", "name_zh_hans", "name_en", "place_zh_hans", "place_en", "time_zone", "group", "host_zh_hans", "host_en", "note",
)  # fmt: skip


@dataclass
class Copied:
    """What became of a copied programme: how many stops, and in words what was left out because it is taken."""

    stops: int = 0
    left: list[str] = field(default_factory=list)


@audit.action
def save_stop(
    visit_id: int, *, stop_id: int | None = None, values: Mapping[str, Any], wanted: Wanted, by: User
) -> Stop:
    """Add a stop to a programme or change one, with exactly these bookings.

    Raises Clash with the field of each sentence, NotNow for a programme that is closed, PermissionDenied, Stop.DoesNotExist.
    """
    visit = _open(visit_id, by)
    stop = Stop.objects.get(pk=stop_id, visit=visit) if stop_id else Stop(visit=visit)
    for name, value in values.items():
        setattr(stop, name, value)
    _require_one_duty_each(wanted)
    with _taken_by_nobody_else(stop, wanted):
        # Bookings that stay move with the stop; those given up go first.
        Booking.objects.filter(stop=stop.pk).exclude(resource__in=_all(wanted)).delete()
        stop.save()
        _book(stop, wanted)
    return stop


@audit.action
def move_stop(stop_id: int, *, starts_at: datetime, by: User) -> Stop:
    """Let a stop begin at another moment, as long as before, with all that is booked for it. Raises as `save_stop` does."""
    stop = _stop(stop_id, by)
    lasts = stop.ends_at - stop.starts_at
    stop.starts_at, stop.ends_at = starts_at, starts_at + lasts
    with _taken_by_nobody_else(stop, bookings_of(stop)):
        stop.save(update_fields=["starts_at", "ends_at"])
    return stop


@audit.action
def remove_stop(stop_id: int, *, by: User) -> None:
    """Take a stop out of its programme; what was booked for it is free. Raises NotNow, PermissionDenied, Stop.DoesNotExist."""
    _stop(stop_id, by).delete()


@audit.action
def copy_programme(visit_id: int, *, source_id: int, days: int, by: User) -> Copied:
    """Copy every stop of another visit so many days later, at the same time of day where it takes place.

    A stop in whose time another lies is left out, and whoever is taken is left unbooked: both are named.
    Raises NotNow, PermissionDenied.
    """
    visit = _open(visit_id, by)
    stops = list(Stop.objects.filter(visit_id=source_id).prefetch_related("bookings"))
    _lock({booking.resource_id for stop in stops for booking in stop.bookings.all()})
    done = Copied()
    for stop in stops:
        _copy(stop, visit, days, done)
    return done


def bookings_of(stop: Stop) -> dict[Duty, list[int]]:
    """Return what is booked for a stop, by duty."""
    found: dict[Duty, list[int]] = {}
    for booking in stop.bookings.all():
        found.setdefault(Duty(booking.duty), []).append(booking.resource_id)
    return found


def shifted(moment: datetime, stop: Stop, days: int) -> datetime:
    """Return the same time of day so many days later, by the clock of the stop: across a change of the clock as well."""
    local = moment.astimezone(stop.zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=stop.zone)


def _open(visit_id: int, by: User) -> Visit:
    visit = locked(visit_id, by=by)
    if visit.state not in BOOKED:
        raise NotNow(_("The visit is “%(state)s”: its programme is closed.") % {"state": visit.get_state_display()})
    return visit


def _stop(stop_id: int, by: User) -> Stop:
    if not by.has_perm(MAY_CHANGE):
        raise PermissionDenied
    visit_id = Stop.objects.values_list("visit_id", flat=True).get(pk=stop_id)
    _open(visit_id, by)
    return Stop.objects.get(pk=stop_id)


def _all(wanted: Wanted) -> set[int]:
    return {resource for resources in wanted.values() for resource in resources}


def _lock(resources: set[int]) -> None:
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=resources).order_by("pk").values_list("pk"))


def _require_one_duty_each(wanted: Wanted) -> None:
    seen: set[int] = set()
    for duty, resources in wanted.items():
        if seen & set(resources):
            raise Clash({duty.value: [_("The same person cannot do both at one stop.")]})
        seen |= set(resources)


@contextmanager
def _taken_by_nobody_else(stop: Stop, wanted: Wanted) -> Iterator[None]:
    """Look before writing; where the database alone notices, because somebody was faster, look again and say the same."""
    _lock(_all(wanted))
    require_free(stop, wanted)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        require_free(stop, wanted)
        # Whoever was faster has let go again meanwhile.
        raise Clash({STARTS: [_("Somebody else has just changed this. Please look at it again.")]}) from error


def _book(stop: Stop, wanted: Wanted) -> None:
    held = {booking.resource_id: booking for booking in stop.bookings.all()}
    for duty, resources in wanted.items():
        for resource in resources:
            booking = held.get(resource, Booking(stop=stop, resource_id=resource))
            if booking.duty != duty:
                booking.duty = duty
                booking.save()


def _copy(stop: Stop, visit: Visit, days: int, done: Copied) -> None:
    copy = Stop(visit=visit, **{name: getattr(stop, name) for name in COPIED})
    copy.starts_at, copy.ends_at = (shifted(moment, stop, days) for moment in (stop.starts_at, stop.ends_at))
    other = overlapping(copy)
    if other is not None:
        words = {"stop": stop.name, "other": other.name}
        done.left.append(_("%(stop)s: left out, for “%(other)s” lies in that time.") % words)
        return
    copy.save()
    done.stops += 1
    taken = {booking.resource_id: booking for booking in holders(copy, _all(bookings_of(stop)))}
    done.left += [f"{copy.name}: {sentence(booking)}" for booking in taken.values()]
    _book(copy, _without(bookings_of(stop), taken))


def _without(wanted: Wanted, taken: Mapping[int, Model]) -> dict[Duty, list[int]]:
    return {duty: [resource for resource in resources if resource not in taken] for duty, resources in wanted.items()}
