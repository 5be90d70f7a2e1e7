"""The register in numbers."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenyang_fao.core.charts import csv_named
from sister_cities.models import Award, Partner
from sister_cities.overview import facets
from sister_cities.statistics import all_figures, charts


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show what the register holds, counted, beside the published figures."""
    held = facets()
    context = {
        "figures": all_figures(held),
        "charts": charts(held),
        "awards": Award.objects.public().prefetch_related(Prefetch("partners", Partner.objects.with_page())),
    }
    return render(request, "sister_cities/statistics.html", context)


@require_safe
def statistics_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with one chart as a file for programs."""
    return csv_named(key, charts(facets()))
