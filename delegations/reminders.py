"""Of what officers are reminded, room by room."""

from delegations.events import reminders as events
from delegations.trips import reminders as trips

__all__ = ["events", "trips"]
