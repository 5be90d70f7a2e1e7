"""Events in the back office."""

from delegations.events.admin import events, outcomes, series

__all__ = ["events", "outcomes", "series"]
