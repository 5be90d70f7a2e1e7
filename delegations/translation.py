"""Which fields are written in two languages, room by room."""

from delegations.visits import translation as visits

__all__ = ["visits"]
