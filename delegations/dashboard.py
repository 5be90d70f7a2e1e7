"""What waits for an officer, room by room."""

from delegations.events import dashboard as events

__all__ = ["events"]
