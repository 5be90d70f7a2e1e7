"""Reading the inbound visits."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from delegations.visits.enums import VisitState

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from delegations.visits.models import Booking, Stop, Visit  # noqa: F401 - as above


class VisitQuerySet(QuerySet["Visit"]):
    def public(self) -> Self:
        """Return what the public may read: after the visit, and marked so."""
        return self.filter(is_public=True)

    def recorded(self) -> Self:
        """Return the visits that took place."""
        return self.filter(state=VisitState.COMPLETED)

    def coming(self, today: date) -> Self:
        return self.filter(state__in=[VisitState.CONFIRMED, VisitState.UNDER_WAY], departs_on__gte=today)

    def in_year(self, year: int | None) -> Self:
        return self.filter(arrives_on__year=year) if year else self

    def of_rank(self, rank: str) -> Self:
        return self.filter(head_rank=rank) if rank else self

    def from_country(self, country: str) -> Self:
        return self.filter(country=country) if country else self

    def newest_first(self) -> Self:
        return self.order_by("-arrives_on", "-pk")


class StopQuerySet(QuerySet["Stop"]):
    def between(self, first: date, last: date) -> Self:
        """Return the stops that touch the days from first to last, both counted, by the clock of Shenyang."""
        starts, ends = (
            timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1))
        )
        return self.filter(starts_at__lt=ends, ends_at__gt=starts)


class BookingQuerySet(QuerySet["Booking"]):
    def clashing(self, *, resources: list[int], starts_at: object, ends_at: object, but: int | None = None) -> Self:
        """Return what already holds one of the resources in that time, except a stop of one's own."""
        held = self.filter(resource__in=resources, during__overlap=(starts_at, ends_at))
        return held.filter(~Q(stop=but)).select_related("stop__visit", "resource").order_by("during")
