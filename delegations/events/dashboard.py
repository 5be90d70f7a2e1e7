"""What waits for an officer with the events; each number leads to the list behind it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.events.models import Event, EventOutcome
from shenyang_fao.core.dashboard import Group, Tile, source


@source
def events(user: Any) -> Group | None:
    """Count what is coming, what is over without a word on how it went, and follow-ups that are late."""
    if not user.has_perm("delegations.view_event"):
        return None
    today = timezone.localdate()
    address, outcomes = reverse("admin:delegations_event_changelist"), EventOutcome.objects.overdue().count()
    return Group(
        _("Events"),
        [
            Tile(_("Events to come"), Event.objects.coming(today).count(), f"{address}?when=coming"),
            Tile(
                _("Events over: say how they went"),
                Event.objects.over(today).count(),
                f"{address}?when=over",
                is_urgent=True,
            ),
            Tile(
                _("Overdue follow-ups of events"),
                outcomes,
                f"{reverse('admin:delegations_eventoutcome_changelist')}?overdue=yes",
                is_urgent=True,
            ),
        ],
    )
