"""What the rooms add to a partner's page."""

from delegations.events import panels as events

__all__ = ["events"]
