"""Of what among the official trips officers are reminded: notices that ran out, documents, reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.trips.deviations import back_on, documents_due_on, report_due_on
from delegations.trips.models import Trip
from delegations.trips.notices import noticed_until
from shenyang_fao.accounts import reminders
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.reminders import Due, Occasion, days_left, step_of
from shenyang_fao.core.dates import day_text

# In days before the day on which it is due; the day after tells once more that it is late.
DOCUMENT_STEPS = (1, 7)
REPORT_STEPS = (3, 10, 31)
REPORT, DOCUMENTS = gettext_lazy("The report is due"), gettext_lazy("The travel documents are due")


@dataclass(frozen=True)
class TripDue(Occasion):
    trip: Trip
    what: str | LazyText
    on: date

    @property
    def heading(self) -> str:
        return _("Official trips abroad")

    @property
    def is_marked(self) -> bool:
        return self.on < timezone.localdate()

    @property
    def line(self) -> str:
        words = _("%(what)s on %(date)s (%(left)s): %(trip)s")
        if self.is_marked:
            words = _("%(what)s since %(date)s: %(trip)s")
        when = {"date": day_text(self.on), "left": days_left(self.on)}
        return words % {"what": str(self.what), "trip": self.trip.name, **when}

    @property
    def url(self) -> str:
        return reverse("admin:delegations_trip_change", args=[self.trip.pk])


class NoticeOver(TripDue):
    @property
    def line(self) -> str:
        words = {"date": day_text(self.on), "trip": self.trip.name}
        return _("The notice ran its working days until %(date)s, the trip can be filed: %(trip)s") % words


@reminders.source
def everything_due() -> Iterator[Due]:
    """Yield what the trips have to tell as of today."""
    for trip in Trip.objects.awaiting_documents().select_related("created_by"):
        yield from _stepwise(trip, DOCUMENTS, documents_due_on(back_on(trip)), DOCUMENT_STEPS, "documents")
    for trip in Trip.objects.awaiting_report().select_related("created_by"):
        yield from _stepwise(trip, REPORT, report_due_on(back_on(trip)), REPORT_STEPS, "report")
    for trip in Trip.objects.to_be_filed().select_related("created_by"):
        until = noticed_until(trip)
        if until and until < timezone.localdate():
            yield _due(f"trip:{trip.pk}:notice:{trip.noticed_on}", NoticeOver(trip, "", until))


def _stepwise(trip: Trip, what: str | LazyText, on: date, steps: tuple[int, ...], name: str) -> Iterator[Due]:
    """Yield what is due within the nearest step, or is late."""
    days = (on - timezone.localdate()).days
    step = "late" if days < 0 else step_of(days, steps)
    if step is not None:
        yield _due(f"trip:{trip.pk}:{name}:{on}:{step}", TripDue(trip, what, on))


def _due(key: str, occasion: TripDue) -> Due:
    return Due(key, occasion, (occasion.trip.created_by,), Role.PROTOCOL.value)
