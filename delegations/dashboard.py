"""What waits for officers, room by room."""

from delegations.visits import dashboard as visits

__all__ = ["visits"]
