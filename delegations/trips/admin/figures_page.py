"""The yearly figures of the trips: by unit, by country, by person; each table can be taken away, and who took people's is recorded."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from delegations.trips.figures import Figures, figures
from shenyang_fao.core.admin_base import signed_in
from shenyang_fao.core.charts import COUNT, csv_of
from shenyang_fao.core.models import ExportRecord
from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.writing import csv_rows

View = Callable[..., HttpResponse]
PERSONS = "person"


def view(page: Any) -> View:
    """Return the page of the figures."""

    def show(request: HttpRequest) -> HttpResponse:
        context = {
            **page.admin_site.each_context(request),
            "opts": page.opts,
            "title": _("Official trips in figures"),
            "figures": _asked(page, request),
        }
        return TemplateResponse(request, "admin/delegations/trip_figures.html", context)

    return show


def export(page: Any) -> View:
    """Return the door through which a table is taken away."""

    def answer(request: HttpRequest, key: str) -> HttpResponse:
        found = _asked(page, request)
        chart = next((each for each in found.charts if each.key == key), None)
        if chart is None and key != PERSONS:
            raise Http404
        rows = len(found.persons) if chart is None else len(chart.bars)
        kind = f"delegations.trip.{key}"
        ExportRecord.objects.create(by=signed_in(request), kind=kind, form="csv", filters=str(found.year), rows=rows)
        return csv_of(chart) if chart else _persons_csv(found)

    return answer


def _asked(page: Any, request: HttpRequest) -> Figures:
    if not page.has_view_permission(request):
        raise PermissionDenied
    return figures(request.GET.get("year", ""))


def _persons_csv(found: Figures) -> HttpResponse:
    columns = [
        Column("name", _("Name")),
        Column("unit", _("Unit")),
        Column("trips", _("Trips"), COUNT),
        Column("days", _("Days abroad"), COUNT),
    ]
    rows = (vars(person) for person in found.persons)
    headers = {"Content-Disposition": f'attachment; filename="trips-by-person-{found.year}.csv"'}
    content = b"".join(csv_rows(columns, rows, encoding="utf-8"))
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers=headers | {"Cache-Control": "private, no-store"}
    )
