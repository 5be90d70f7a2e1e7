"""The back office of this app, room by room."""

from delegations.events import admin as events
from delegations.visits import admin as visits

__all__ = ["events", "visits"]
