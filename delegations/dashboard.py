"""What waits for an officer, room by room."""

from delegations.trips import dashboard as trips  # registers its own

__all__ = ["trips"]
