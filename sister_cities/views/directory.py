"""The public directory of the city's ties, as a list and as a compass."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sister_cities import overview
from sister_cities.compass import dials
from sister_cities.forms import DirectoryFilters, offers
from sister_cities.models import Award, Tie
from sister_cities.statistics import level_figures


@dataclass(frozen=True)
class Line:
    """One line of the directory: a tie, and whether its partner has won an award."""

    tie: Tie
    is_awarded: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the public ties, with the filters and the order of the query string."""
    facets = overview.facets()
    awards = _awards()
    offered = offers(facets, list({slug: name for slug, name, _won in awards}.items()))
    filters = DirectoryFilters(request.GET, offers=offered)
    ties = filters.ties()
    drawn = [dials.world(ties), dials.near(ties)]
    winners = {partner for _slug, _name, partner in awards}
    context = {
        "filters": filters,
        "lines": [Line(tie, tie.partner_id in winners) for tie in ties],
        "figures": level_figures(facet.level for facet in facets),
        "dials": drawn,
        "has_compass": any(dial.marks for dial in drawn),
    }
    return render(request, "sister_cities/index.html", context)


def _awards() -> list[tuple[str, str, int]]:
    """Return address and name of each public award with each of its winners that has a page."""
    won = Award.objects.public().filter(partners__ties__is_public=True).order_by("pk").distinct()
    return list(won.values_list("slug", "name", "partners"))
