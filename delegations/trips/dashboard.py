"""What waits for an officer among the official trips; each number leads to the list behind it."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.trips.models import Trip
from shenyang_fao.core.dashboard import Group, Tile, source


@source
def official_trips(user: Any) -> Group | None:
    """Count decisions, notices that ran out, reports and documents, in one query."""
    if not user.has_perm("delegations.view_trip"):
        return None
    trips = Trip.objects
    counts = {
        "decision": (_("Trips that wait for a decision"), trips.waiting(), False),
        "overdue": (_("Decisions overdue"), trips.overdue(), True),
        "notice": (_("Notices that ran out"), trips.to_be_filed(), False),
        "report": (_("Trips without report"), trips.awaiting_report(), False),
        "documents": (_("Travel documents not handed in"), trips.awaiting_documents(), False),
    }
    found = trips.aggregate(
        **{name: Count("pk", filter=Q(pk__in=rows.values("pk"))) for name, (_title, rows, _urgent) in counts.items()}
    )
    url = reverse("admin:delegations_trip_changelist")
    tiles = [
        Tile(title, found[name], f"{url}?due={name}", is_urgent=is_urgent)
        for name, (title, _rows, is_urgent) in counts.items()
    ]
    return Group(_("Official trips abroad"), tiles)
