"""The back office, room by room."""

from delegations.events import admin as events

__all__ = ["events"]
