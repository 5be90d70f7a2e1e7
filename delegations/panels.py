"""What the rooms bring to a partner's page."""

from delegations.events import panels as events
from delegations.visits import panels as visits

__all__ = ["events", "visits"]
