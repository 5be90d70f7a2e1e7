"""The anniversaries of this year and the next."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shenyang_fao.core.subscriptions import subscribe_urls
from sister_cities.anniversaries import Anniversary, in_year, without_day
from sister_cities.models import Tie


@dataclass(frozen=True)
class Year:
    """The anniversaries of one year: those on a day, and those of which only month or year is known."""

    number: int
    on_days: list[Anniversary]
    without_day: list[Anniversary]


@require_safe
def anniversaries(request: HttpRequest) -> HttpResponse:
    """List which ties turn how many years old in this year and the next, and where to subscribe to them."""
    today = timezone.localdate()
    ties = Tie.objects.with_anniversary()
    years = [Year(year, in_year(ties, year), without_day(ties, year)) for year in (today.year, today.year + 1)]
    coming = next((found for year in years for found in year.on_days if found.falls_on >= today), None)
    context = {
        "years": years,
        "today": today,
        "coming": coming,
        "coming_days": coming.days_from(today) if coming else None,
        **subscribe_urls("anniversaries"),
    }
    return render(request, "sister_cities/anniversaries.html", context)
