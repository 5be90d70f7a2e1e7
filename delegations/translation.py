"""Which fields are written in two languages, room by room."""

from delegations.events import translation as events
from delegations.trips import translation as trips
from delegations.visits import translation as visits

__all__ = ["events", "trips", "visits"]
