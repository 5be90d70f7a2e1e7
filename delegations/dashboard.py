"""What waits for an officer, room by room."""

from delegations.events import dashboard as events
from delegations.trips import dashboard as trips

__all__ = ["events", "trips"]
