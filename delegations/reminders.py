"""Of what officers are reminded, room by room."""

from delegations.events import reminders as events

__all__ = ["events"]
