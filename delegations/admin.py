"""The back office of this app, room by room."""

from delegations.events import admin as events
from delegations.events import delivery_admin, exhibitor_admin, sign_up_admin
from delegations.trips import admin as trips
from delegations.visits import admin as visits

__all__ = ["delivery_admin", "events", "exhibitor_admin", "sign_up_admin", "trips", "visits"]
