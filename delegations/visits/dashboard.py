"""What waits for a protocol officer; each number leads to the list behind it."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.enums import OutcomeState
from delegations.visits.enums import VisitState
from delegations.visits.models import Visit, VisitOutcome
from shenyang_fao.core.dashboard import Group, Tile, source

WAITING = {
    VisitState.PROPOSED.value: _("Proposed visits"),
    VisitState.CONFIRMED.value: _("Confirmed visits"),
    VisitState.UNDER_WAY.value: _("Delegations here now"),
}


@source
def visits(user: Any) -> Group | None:
    """Count the visits that are proposed, confirmed and under way, and the follow-up that is open and overdue."""
    if not user.has_perm("delegations.view_visit"):
        return None
    counted = Visit.objects.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in WAITING})
    url = f"{reverse('admin:delegations_visit_changelist')}?state__exact="
    tiles = [Tile(title, counted[state], f"{url}{state}") for state, title in WAITING.items()]
    return Group(_("Inbound visits"), [*tiles, *_outcomes(user)])


def _outcomes(user: Any) -> list[Tile]:
    if not user.has_perm("delegations.view_visitoutcome"):
        return []
    url = reverse("admin:delegations_visitoutcome_changelist")
    open_ = VisitOutcome.objects.open()
    overdue = VisitOutcome.objects.overdue().count()
    return [
        Tile(_("Open follow-up"), open_.count(), f"{url}?state__exact={OutcomeState.OPEN.value}"),
        Tile(_("Overdue follow-up"), overdue, f"{url}?overdue=yes", is_urgent=True),
    ]
