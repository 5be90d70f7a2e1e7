"""The register in numbers."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sister_cities.models import Award, Partner
from sister_cities.overview import facets
from sister_cities.statistics import by_continent, by_country, by_decade, by_level, comparisons


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show what the register holds, counted, beside the published figures."""
    held = facets()
    context = {
        "comparisons": comparisons(held),
        "levels": by_level(held),
        "decades": by_decade(held),
        "continents": by_continent(held),
        "countries": by_country(held),
        "awards": Award.objects.public().prefetch_related(Prefetch("partners", Partner.objects.with_page())),
    }
    return render(request, "sister_cities/statistics.html", context)
