"""Officers are reminded of what is to be followed up after a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.visits.models import VisitOutcome
from shenyang_fao.accounts import reminders
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.reminders import Due, Occasion, days_left
from shenyang_fao.core.dates import day_text

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class FollowUp(Occasion):
    """An outcome that is due soon, or overdue."""

    outcome: VisitOutcome

    @property
    def heading(self) -> str:
        return _("Follow-up of visits")

    @property
    def is_marked(self) -> bool:
        return self.outcome.is_overdue

    @property
    def line(self) -> str:
        due_on = self.outcome.due_on or timezone.localdate()
        words = {"outcome": self.outcome.name, "visit": self.outcome.visit.name, "date": day_text(due_on)}
        if self.outcome.is_overdue:
            return _("Overdue since %(date)s: %(outcome)s – %(visit)s") % words
        return _("Due on %(date)s (%(left)s): %(outcome)s – %(visit)s") % (words | {"left": days_left(due_on)})

    @property
    def url(self) -> str:
        return reverse("admin:delegations_visitoutcome_change", args=[self.outcome.pk])


@reminders.source
def follow_ups() -> Iterator[Due]:
    """Yield what is due within fourteen days, and once more what has become overdue."""
    today = timezone.localdate()
    due = VisitOutcome.objects.open().filter(due_on__lte=today + AHEAD).order_by("due_on", "pk")
    for outcome in due.select_related("visit__officer", "officer"):
        state = "overdue" if outcome.is_overdue else "due"
        key = f"visit-outcome:{outcome.pk}:{outcome.due_on}:{state}"
        yield Due(key, FollowUp(outcome), (outcome.officer, outcome.visit.officer), Role.PROTOCOL.value)
