"""What this app brings to a partner's page, room by room."""

from delegations.visits import panels as visits

__all__ = ["visits"]
