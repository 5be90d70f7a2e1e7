"""The public notices of official trips: before they are filed, and after the return. No machine keeps a copy of them."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delegations.trips import notices
from delegations.trips.deviations import deviations
from delegations.trips.enums import MADE
from delegations.trips.limits import limits_on
from delegations.trips.models import Trip, TripLeg, TripMember
from shenyang_fao.core.bilingual import is_foreign


@require_safe
def trips(request: HttpRequest) -> HttpResponse:
    """List the trips on public notice, and the reports that are on show."""
    context = {
        "running": [(trip, notices.shown(trip)) for trip in notices.running().select_related("unit")],
        "reported": [(trip, notices.shown(trip)) for trip in notices.reported().select_related("unit")],
        "contact": settings.SITE_CONTACT,
    }
    return _unkept(render(request, "delegations/trips.html", context))


@require_safe
def trip(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what has to be shown of a trip. Answers 410 once its time is over, 404 for what was never shown."""
    found = _shown(slug)
    if found is None:
        if not notices.was_shown(slug):
            raise Http404
        return _unkept(render(request, "delegations/trip_gone.html", status=410))
    members, legs = list(found.members.all()), list(found.legs.all())
    context = {
        "trip": found,
        "shown": notices.shown(found),
        "is_report": found.state in MADE,
        "noticed_until": notices.noticed_until(found),
        "working_days": limits_on(found.leaves_on).notice_working_days,
        "members": members,
        "legs": legs,
        "deviations": deviations(found),
        "is_foreign": _is_foreign(found, members, legs),
        "contact": settings.SITE_CONTACT,
    }
    return _unkept(render(request, "delegations/trip.html", context))


def _shown(slug: str) -> Trip | None:
    public = notices.running() | notices.reported()
    return public.filter(slug=slug).select_related("unit").prefetch_related("members", "legs").first()


def _is_foreign(found: Trip, members: Iterable[TripMember], legs: Iterable[TripLeg]) -> bool:
    """Tell whether something on the page stands in another language than the reader's."""
    return (
        is_foreign(found, "inviter", "inviter_about", "execution", "report")
        or any(is_foreign(member, "name", "unit", "post") for member in members)
        or any(is_foreign(leg, "city", "agenda") for leg in legs)
    )


def _unkept(response: HttpResponse) -> HttpResponse:
    """Keep the page out of every cache and index: the names on it leave with the notice."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
