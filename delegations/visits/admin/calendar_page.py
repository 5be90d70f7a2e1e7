"""A month of all programmes, and of one person, vehicle or room among them."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from delegations.visits.days import calendar_of, with_bookings
from delegations.visits.models import Resource, Stop
from shenyang_fao.core.admin_base import DIGITS_AT_MOST

YEARS = range(1990, 2101)


def show(page: Any, request: HttpRequest) -> HttpResponse:
    """Show a month; one that does not exist is the present one, and a filter that is unknown filters nothing."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    first = month_of(request.GET)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    resources = list(Resource.objects.defer("phone").order_by("kind", "name", "pk"))
    chosen = _chosen(request.GET, resources)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": _("Programme calendar"),
        "month": format_date(first, pgettext("pattern of a month and year", "F Y")),
        "first": first,
        "today": timezone.localdate(),
        "days": calendar_of(_stops(first, last, chosen), first, last),
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "resources": resources,
        "chosen": chosen,
    }
    return TemplateResponse(request, "admin/delegations/calendar.html", context)


def month_of(query: QueryDict) -> date:
    """Return the first day of the month asked for, as 2027-05; of the present one where there is no such month."""
    try:
        found = date.fromisoformat(f"{query.get('month', '')}-01")
    except ValueError:
        found = timezone.localdate()
    return (found if found.year in YEARS else timezone.localdate()).replace(day=1)


def _chosen(query: QueryDict, resources: list[Resource]) -> Resource | None:
    asked = query.get("resource", "")
    if not asked.isdecimal() or len(asked) > DIGITS_AT_MOST:
        return None
    return next((resource for resource in resources if resource.pk == int(asked)), None)


def _stops(first: date, last: date, chosen: Resource | None) -> list[Stop]:
    stops = with_bookings(Stop.objects.between(first, last).select_related("visit"))
    if chosen:
        stops = stops.filter(pk__in=chosen.bookings.values("stop"))
    return list(stops)
