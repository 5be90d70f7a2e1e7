"""Of what officers are reminded, room by room."""

from delegations.events import reminders as events
from delegations.trips import reminders as trips
from delegations.visits import reminders as visits

__all__ = ["events", "trips", "visits"]
