"""The public table of places and deliveries of a series, as a page, a list behind each cell, and a file."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from delegations.events.enums import DeliveryKind, PlaceKind
from delegations.events.matrix import matrix_of, matrix_panel, public_deliveries, table_rows
from delegations.events.models import Series
from shenyang_fao.core.directory import page_of
from shenyang_fao.core.tables.texts import defuse


@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the table of a year or of all years."""
    series = _series(slug)
    return render(request, "delegations/matrix.html", matrix_panel(series, _year(request)))


@require_safe
def matrix_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the table as a file that Excel opens."""
    series, year = _series(slug), _year(request)
    text = io.StringIO()
    writer = csv.writer(text)
    for row in table_rows(matrix_of(series, year)):
        writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in row])
    name = f"{series.slug}-{year or 'all'}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def cell(request: HttpRequest, slug: str, place: str, kind: str) -> HttpResponse:
    """List what was brought to one kind of place."""
    series, year = _series(slug), _year(request)
    if place not in PlaceKind.values or kind not in DeliveryKind.values:
        raise Http404
    rows = public_deliveries(series).filter(place_kind=place, kind=kind)
    page = page_of(rows.filter(on__year=year) if year else rows, request.GET)
    context = {
        "series": series,
        "place": PlaceKind(place).label,
        "kind": DeliveryKind(kind).label,
        "year": year,
        "page": page,
    }
    return render(request, "delegations/matrix_cell.html", context)


def _series(slug: str) -> Series:
    return get_object_or_404(Series.objects.public(), slug=slug, has_matrix=True)


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 and asked > "0000" else None
