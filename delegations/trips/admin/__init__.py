"""Official trips in the back office: the trips, the limits of the rules, the annual plan."""

from delegations.trips.admin import registers, trips  # each registers its own

__all__ = ["registers", "trips"]
