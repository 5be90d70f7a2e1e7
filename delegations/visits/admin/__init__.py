"""Inbound visits in the back office."""

from delegations.visits.admin import outcomes, resources, visits  # each registers its own

__all__ = ["outcomes", "resources", "visits"]
