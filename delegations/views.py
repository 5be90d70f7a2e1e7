"""The overview of visits, events and trips: how many of each are on record, and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from delegations.models import Event, Visit
from delegations.trips import notices
from delegations.visits.record import facets, figures


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Count what is public, and lead to it."""
    today = timezone.localdate()
    held = facets()
    context = {
        "visit_count": len(held),
        "latest": Visit.objects.public().newest_first().first(),
        "event_count": Event.objects.public().count(),
        "next_events": Event.objects.public().coming(today)[:3],
        "notice_count": notices.running().count(),
        "figures": figures(held),
    }
    return render(request, "delegations/index.html", context)
