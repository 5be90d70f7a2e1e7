"""The public events with a partner, on the partner's page."""

from collections.abc import Iterator

from django.db.models import F, Prefetch, prefetch_related_objects

from delegations.events.enums import EventKind, EventState
from delegations.events.models import Event
from sister_cities import registry
from sister_cities.models import Partner


@registry.panel(order=60)
def events(partner: Partner) -> registry.Panel | None:
    """Every public event with this partner, the newest first."""
    found = _events_of(partner)
    return registry.Panel("delegations/events_panel.html", {"events": found}) if found else None


@registry.entries
def held(partner: Partner) -> Iterator[registry.Entry]:
    """The events that were held; a signing stands in the timeline as the tie or the agreement that was signed."""
    for event in _events_of(partner):
        if event.state == EventState.HELD and event.kind != EventKind.SIGNING:
            yield registry.Entry(
                happened_on=event.starts_on,
                precision=event.starts_precision,
                title=event.name,
                kind=event.get_kind_display(),
                url=event.get_absolute_url(),
                links=event.links,
                source_remark=event.source_remark,
                is_to_be_confirmed=event.is_to_be_confirmed,
            )


def _events_of(partner: Partner) -> list[Event]:
    """Return them, asked for once a page."""
    newest_first = Event.objects.public().order_by(F("starts_on").desc(nulls_last=True), "-pk")
    prefetch_related_objects([partner], Prefetch("events", newest_first))
    return list(partner.events.all())
