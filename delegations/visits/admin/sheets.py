"""What officers take along: the booklet of a programme, its calendar file, and the briefing on a partner."""

import re
from typing import Any

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from delegations.visits.admin.outcomes import outcome_tag
from delegations.visits.booklet import booklet
from delegations.visits.briefing import briefing_on
from delegations.visits.calendar_file import calendar_file
from delegations.visits.models import Visit
from shenyang_fao.core.admin_base import signed_in
from shenyang_fao.core.errors import Refusal
from sister_cities.models import Partner

log = structlog.get_logger(__name__)
FOR_DELEGATION, FOR_OFFICERS = "delegation", "officers"


def booklet_file(page: Any, request: HttpRequest, pk: int, copy: str) -> HttpResponse:
    """Give out the booklet; the officers' copy holds personal data and is for those who keep the visit."""
    visit: Visit = page.seen(request, pk)
    if copy not in (FOR_DELEGATION, FOR_OFFICERS):
        raise Http404
    if copy == FOR_OFFICERS and not page.has_change_permission(request, visit):
        raise PermissionDenied
    try:
        pdf = booklet(visit, internal=copy == FOR_OFFICERS)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:delegations_visit_programme", visit.pk)
    log.info("booklet_made", visit=visit.pk, copy=copy, by=signed_in(request).pk)
    return _file(pdf, f"{_stem(visit)}-{copy}.pdf", "application/pdf")


def calendar(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Give out the programme as a calendar file."""
    visit: Visit = page.seen(request, pk)
    return _file(calendar_file(visit), f"{_stem(visit)}.ics", "text/calendar; charset=utf-8")


def briefing(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that officers should know before they meet a partner, on a page that prints well."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    partner = get_object_or_404(Partner, pk=pk)
    found = briefing_on(partner)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": _("Briefing: %(partner)s") % {"partner": partner.name},
        "partner": partner,
        "briefing": found,
        "outcomes": [(outcome, outcome_tag(outcome)) for outcome in found.outcomes],
    }
    return TemplateResponse(request, "admin/delegations/briefing.html", context)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _stem(visit: Visit) -> str:
    return re.sub(r"[^a-z0-9-]", "", visit.slug.lower()) or f"visit-{visit.pk}"
