"""The programme of a visit as a calendar file, for the officers who go along."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.visits.days import with_bookings
from delegations.visits.models import Stop, Visit
from shenyang_fao.core.subscriptions import Channel, Entry, calendar_of


def calendar_file(visit: Visit) -> bytes:
    """Write the stops of a visit in the reader's language; every time is a moment, right in any zone."""
    page = reverse("admin:delegations_visit_programme", args=[visit.pk])
    entries = [_entry(stop, page) for stop in with_bookings(visit.stops.all())]
    return calendar_of(Channel(visit.slug, title=visit.name, page=page, entries=entries))


def _entry(stop: Stop, page: str) -> Entry:
    return Entry(
        key=f"stop-{stop.pk}",
        title=f"{stop.get_kind_display()}: {stop.name}",
        text="\n".join(_lines(stop)),
        url=page,
        starts=stop.starts_at,
        ends=stop.ends_at,
        published_at=timezone.now(),
        place=stop.place,
    )


def _lines(stop: Stop) -> list[str]:
    """Say who and what is booked, and the local time where it is another than Shenyang's."""
    lines = [str(booking) for booking in stop.bookings.all()]
    if stop.is_abroad:
        local = f"{stop.starts_at.astimezone(stop.zone):%Y-%m-%d %H:%M}"
        lines.append(_("Local time: %(time)s (%(zone)s)") % {"time": local, "zone": stop.time_zone})
    return lines
