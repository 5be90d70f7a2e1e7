"""Addresses that calendar programs and feed readers ask; the language is part of the file's name."""

from delegations.events import channels as events
from shenyang_fao.core.subscriptions import addresses, calendar_address

urlpatterns = [
    *addresses("events", events.events),
    *addresses("series/<slug:slug>", events.of_series, name="event_series"),
    calendar_address("events/<slug:slug>", events.of_event, name="event"),
]
