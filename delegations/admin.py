"""The back office of this app, room by room."""

from delegations.visits import admin as visits

__all__ = ["visits"]
