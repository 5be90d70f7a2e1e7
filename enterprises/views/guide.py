"""Public: what the office does for enterprises."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.kinds import all_kinds, find


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every kind of request on offer."""
    context = {"kinds": all_kinds(), "working_days": settings.DECISION_WORKING_DAYS}
    return render(request, "enterprises/index.html", context)


@require_safe
def item(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the guide of one kind: who, conditions, papers, steps, days, fee, law."""
    found = find(kind)
    if found is None:
        raise Http404
    context = {
        "kind": found,
        "working_days": settings.DECISION_WORKING_DAYS,
        "close_out_days": settings.CLOSE_OUT_DAYS,
    }
    return render(request, found.guide_template, context)
