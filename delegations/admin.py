"""The back office of this app, room by room."""

from delegations.trips import admin as trips  # registers its own

__all__ = ["trips"]
