"""The public record of inbound visits."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from delegations.visits import record
from delegations.visits.models import Visit, VisitOutcome
from shenyang_fao.core.charts import csv_named
from shenyang_fao.core.directory import page_of
from sister_cities.models import Partner


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """List the public visits that the filters ask for."""
    held = record.facets()
    filters = record.VisitFilters(request.GET, offers=record.offers(held))
    found = filters.visits().prefetch_related(Prefetch("partners", Partner.objects.with_page()))
    context = {"filters": filters, "page": page_of(found, request.GET), "figures": record.figures(held)}
    return render(request, "delegations/visits.html", context)


@require_safe
def visit_history(request: HttpRequest) -> HttpResponse:
    """Show the published figures beside the record, and the record counted."""
    held = record.facets()
    context = {"figures": record.figures(held), "charts": record.charts(held)}
    return render(request, "delegations/visit_history.html", context)


@require_safe
def visit_history_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with one chart as a file for programs."""
    return csv_named(key, record.charts(record.facets()))


@require_safe
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one visit that took place; never its members, programme or notes."""
    public = Visit.objects.public().prefetch_related(
        Prefetch("partners", Partner.objects.with_page()),
        Prefetch("outcomes", VisitOutcome.objects.public(), to_attr="public_outcomes"),
        "host_units",
    )
    return render(request, "delegations/visit.html", {"visit": get_object_or_404(public, slug=slug)})
