"""Reading the official trips and the limits that hold for them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from delegations.trips.enums import TripState

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from delegations.trips.models import Trip, TripLimit  # noqa: F401 - as above

_WAITING = (TripState.FILED, TripState.REVIEWED)
# In calendar days: five working days and a weekend. Holidays make it longer; then the page of the trip says so.
NOTICE_DAYS = 8


class LimitQuerySet(QuerySet["TripLimit"]):
    def holding_on(self, day: date) -> Self:
        """Return the limits in force on a day, the newest of each key last."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(running, valid_from__lte=day).order_by("key", "valid_from")


class TripQuerySet(QuerySet["Trip"]):
    def waiting(self) -> Self:
        """Return the trips that wait for an officer's decision."""
        return self.filter(state__in=_WAITING)

    def overdue(self) -> Self:
        """Return the trips whose decision is overdue."""
        return self.waiting().filter(due_on__lt=timezone.localdate())

    def to_be_filed(self) -> Self:
        """Return the trips whose notice ran out by the calendar, holidays left aside."""
        return self.filter(state=TripState.NOTICED, noticed_on__lte=timezone.localdate() - timedelta(days=NOTICE_DAYS))

    def awaiting_report(self) -> Self:
        """Return the approved trips that are back and have no report."""
        return self.filter(state=TripState.APPROVED, returns_on__lt=timezone.localdate())

    def awaiting_documents(self) -> Self:
        """Return the trips that are back and whose travel documents are not in."""
        back = Q(returned_on__lt=timezone.localdate()) | Q(
            returned_on__isnull=True, returns_on__lt=timezone.localdate()
        )
        return self.filter(back, state__in=(TripState.APPROVED, TripState.REPORTED), documents_on__isnull=True)

    def with_due(self) -> Self:
        """Add ``waits_until``: the day of decision of a trip that waits for one."""
        return self.annotate(waits_until=Case(When(state__in=_WAITING, then="due_on"), default=None))
