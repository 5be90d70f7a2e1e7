"""Of what officers are reminded, room by room."""

from delegations.visits import reminders as visits

__all__ = ["visits"]
