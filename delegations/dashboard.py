"""What waits for officers, room by room."""

from delegations.events import dashboard as events
from delegations.trips import dashboard as trips
from delegations.visits import dashboard as visits

__all__ = ["events", "trips", "visits"]
