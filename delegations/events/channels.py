"""Events for those who subscribe, and one event for a reader's own calendar or the mail that confirms a sign-up."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from delegations.events.enums import EventState
from delegations.events.models import Event, Series
from shenyang_fao.core.dates import Precision
from shenyang_fao.core.subscriptions import Channel, Entry

# How long what is past stays in a calendar that somebody subscribed to.
_KEPT = timedelta(days=90)


def events() -> Channel:
    """Return every public event on a known day: what was announced, and whether it was cancelled."""
    return Channel(
        "events",
        title=_("Events of the Shenyang Foreign Affairs Office"),
        page=reverse("delegations:events"),
        entries=[entry_of(event) for event in _dated(Event.objects.public())],
    )


def of_series(slug: str) -> Channel:
    """Return the events of one public series. Raises Http404."""
    series = get_object_or_404(Series.objects.public(), slug=slug)
    found = _dated(Event.objects.public().filter(series=series))
    return Channel(
        f"events-{slug}",
        title=series.name,
        page=series.get_absolute_url(),
        entries=[entry_of(event) for event in found],
    )


def of_event(slug: str) -> Channel:
    """Return one public event on a known day. Raises Http404."""
    known = Event.objects.public().filter(starts_precision=Precision.DAY)
    return channel_of(get_object_or_404(known, slug=slug))


def channel_of(event: Event, *, page: str = "") -> Channel:
    """Return the calendar of a single event, known to the day; ``page`` stands for its own page, as before it is public."""
    page = page or event.get_absolute_url()
    return Channel(f"event-{event.slug}", title=event.name, page=page, entries=[replace(entry_of(event), url=page)])


def entry_of(event: Event) -> Entry:
    """Return an event, known to the day, as a calendar and a feed tell it. Raises ValueError for another."""
    first, last = event.starts_on, event.last_day
    if first is None or last is None:
        raise ValueError("an event without a day has no place in a calendar")
    is_cancelled = event.state == EventState.CANCELLED
    return Entry(
        key=f"event-{event.pk}",
        title=_("Cancelled: %(event)s") % {"event": event.name} if is_cancelled else event.name,
        text=_text(event),
        url=event.get_absolute_url(),
        starts=event.starts_at or first,
        ends=_end(event, last),
        published_at=event.published_at or event.changed_at,
        updated_at=event.changed_at,
        place=pgettext("between names in a list", ", ").join(filter(None, [event.venue, event.address])),
        is_cancelled=is_cancelled,
    )


def _end(event: Event, last: date) -> date | datetime | None:
    """Return the end told; of whole days the day after the last. A time of unknown end goes on to its last day, if that is another."""
    day_after = last + timedelta(days=1)
    if event.starts_at is None:
        return day_after
    lasts_days = last != event.starts_on
    return event.ends_at or (timezone.make_aware(datetime.combine(day_after, time())) if lasts_days else None)


def _text(event: Event) -> str:
    parts = [event.get_kind_display(), event.hosts, event.summary]
    return "\n".join(str(part) for part in parts if part)


def _dated(found: QuerySet[Event]) -> QuerySet[Event]:
    since = timezone.localdate() - _KEPT
    is_told = Q(starts_precision=Precision.DAY) & ~Q(state=EventState.PLANNED)
    is_fresh = Q(starts_on__gte=since) | Q(ends_on__gte=since)
    return found.filter(is_told & is_fresh).order_by("starts_on", "starts_time", "pk")
