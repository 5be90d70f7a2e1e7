"""Of what came of an event its follow-up owner is reminded: two weeks before the day, and once it is past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.events.models import EventOutcome
from shenyang_fao.accounts import reminders
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.reminders import Due, Occasion, days_left
from shenyang_fao.core.dates import day_text

# In days before the follow-up is due.
AHEAD = 14


@dataclass(frozen=True)
class FollowUpDue(Occasion):
    outcome: EventOutcome

    @property
    def heading(self) -> str:
        return _("Follow-ups of events")

    @property
    def line(self) -> str:
        words = _("Due on %(date)s (%(left)s): %(outcome)s – %(event)s")
        if self.outcome.is_overdue:
            words = _("Overdue since %(date)s: %(outcome)s – %(event)s")
        due_on = self.outcome.due_on or timezone.localdate()
        when = {"date": day_text(due_on), "left": days_left(due_on)}
        return words % {"outcome": self.outcome.name, "event": self.outcome.event.name, **when}

    @property
    def url(self) -> str:
        return reverse("admin:delegations_eventoutcome_change", args=[self.outcome.pk])


@reminders.source
def follow_ups() -> Iterator[Due]:
    """Yield every open follow-up that is due soon or late."""
    today = timezone.localdate()
    due = EventOutcome.objects.open().filter(due_on__lte=today + timedelta(days=AHEAD))
    found = cast("QuerySet[EventOutcome]", due)
    for outcome in found.select_related("event", "officer"):
        state = "overdue" if outcome.is_overdue else "due"
        key = f"event-outcome:{outcome.pk}:{outcome.due_on}:{state}"
        yield Due(key, FollowUpDue(outcome), (outcome.officer,), Role.PROTOCOL.value)
