"""One city, one policy: the programmes, the published plans, and the counterpart links."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sister_cities.models import Programme
from sister_cities.plan_record import LinkFilters, countries_linked, place_ties, plan_figures, public_plans


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show the programmes, the published plans in them, and the ties of districts and zones."""
    context = {
        "programmes": Programme.objects.public().order_by(F("first_year").desc(nulls_last=True), "slug"),
        "plans": public_plans(),
        "figures": plan_figures(),
        "ties": place_ties(),
    }
    return render(request, "sister_cities/plans.html", context)


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Show the public links between institutions, with the filters of the query string."""
    filters = LinkFilters(request.GET, offers={"country": countries_linked()})
    return render(request, "sister_cities/links.html", {"filters": filters, "links": filters.links()})
