"""Reading the official trips and the limits that hold for them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from delegations.trips.enums import TripState

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from delegations.trips.models import Trip, TripLimit  # noqa: F401 - as above


class LimitQuerySet(QuerySet["TripLimit"]):
    def holding_on(self, day: date) -> Self:
        """Return the limits in force on a day, the newest of each key last."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(running, valid_from__lte=day).order_by("key", "valid_from")


class TripQuerySet(QuerySet["Trip"]):
    def waiting(self) -> Self:
        """Return the trips that wait for an officer's decision."""
        return self.filter(state__in=[TripState.FILED, TripState.REVIEWED])
