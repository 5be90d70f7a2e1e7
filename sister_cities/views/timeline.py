"""All ties by the year in which they were signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sister_cities import chronicle


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show every public tie by decade and year; those of unknown date at the end."""
    return render(request, "sister_cities/timeline.html", {"decades": chronicle.decades()})
