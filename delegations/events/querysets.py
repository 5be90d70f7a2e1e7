"""Reading the events and their series."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from delegations.events.enums import EventState
from shenyang_fao.core.dates import Precision

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from delegations.events.models import Event, Series  # noqa: F401 - as above


class SeriesQuerySet(QuerySet["Series"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class EventQuerySet(QuerySet["Event"]):
    def public(self) -> Self:
        """Return what the public may read; what is only planned without a word outside is not marked public."""
        return self.filter(is_public=True)

    def coming(self, today: date) -> Self:
        """Return the announced events that are not over, the nearest first; one of a month or year until that is over."""
        first_of_month, first_of_year = today.replace(day=1), today.replace(month=1, day=1)
        ahead = (
            Q(ends_on__gte=today)
            | Q(ends_on__isnull=True, starts_on__gte=today)
            | Q(starts_precision=Precision.MONTH, starts_on__gte=first_of_month)
            | Q(starts_precision=Precision.YEAR, starts_on__gte=first_of_year)
        )
        return self.filter(ahead, state=EventState.ANNOUNCED).order_by("starts_on", "starts_time", "pk")

    def over(self, today: date) -> Self:
        """Return the announced events whose day is past, for somebody to say how they went."""
        return self.filter(state=EventState.ANNOUNCED).exclude(pk__in=self.model.objects.coming(today).values("pk"))

    def in_year(self, year: int | None) -> Self:
        return self.filter(starts_on__year=year) if year else self
