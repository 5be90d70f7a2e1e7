"""Of what officers are reminded, room by room."""

from delegations.trips import reminders as trips  # registers its own

__all__ = ["trips"]
