"""The officers' page of figures, and the same figures as a table to take away."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from enterprises.figures import Figures, Line, figures
from shenyang_fao.core.admin_tables import ENCODINGS, workbook_response
from shenyang_fao.core.enums import ExportFormat
from shenyang_fao.core.tables import imports, writing
from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.kinds import Number

DEMONSTRATION = "demonstration"
COUNT = Number(least=0, most=10**9)
COLUMNS = [
    Column("group", pgettext_lazy("of figures", "counted by")),
    Column("item", pgettext_lazy("of figures", "line")),
    Column("cases", gettext_lazy("cases handed in"), COUNT),
    Column("invitees", gettext_lazy("invitees"), COUNT),
    Column("letters", gettext_lazy("letters issued"), COUNT),
    Column("decisions", gettext_lazy("decisions"), COUNT),
    Column("days", gettext_lazy("median working days to the decision"), COUNT),
    Column("ratings", gettext_lazy("ratings"), COUNT),
    Column("published", gettext_lazy("as published")),
    Column("as_of", gettext_lazy("as of")),
    Column("counted", gettext_lazy("counted in this portal"), COUNT),
]


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the figures; ``page`` is the model's admin, which guards them."""

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        return _show(page, request)

    @require_safe
    def export(request: HttpRequest, form: str) -> HttpResponse:
        return _export(page, request, form)

    return [
        page.door("figures/", show, "figures", reads=True),
        page.door("figures/export/<str:form>/", export, "figures_export", reads=True),
    ]


def _show(page: Any, request: HttpRequest) -> HttpResponse:
    found = _asked(page, request)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": _("Figures"),
        "figures": found,
        "forms": ExportFormat.choices,
        "asked": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/enterprises/figures.html", context)


def _export(page: Any, request: HttpRequest, form: str) -> HttpResponse:
    found = _asked(page, request)
    if form not in ExportFormat.values:
        raise Http404
    name = f"figures-{DEMONSTRATION}-{found.year}" if found.is_demonstration else f"figures-{found.year}"
    if form == ExportFormat.XLSX:
        return workbook_response(writing.workbook(COLUMNS, rows(found), title=_("Figures")), f"{name}.xlsx")
    written = writing.csv_rows(COLUMNS, rows(found), encoding=ENCODINGS[ExportFormat(form)])
    response = HttpResponse(b"".join(written), content_type=imports.CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(page: Any, request: HttpRequest) -> Figures:
    if not page.has_view_permission(request):
        raise PermissionDenied
    return figures(year=request.GET.get("year", ""), is_demonstration=request.GET.get("companies") == DEMONSTRATION)


def rows(found: Figures) -> Iterator[dict[str, Any]]:
    """Yield the figures line by line, as they stand in a file."""
    yield {"group": _("Year"), "item": str(found.year), **_counts(found.total)}
    for month in found.months:
        yield {"group": _("Month"), "item": date_format(month.first, "YEAR_MONTH_FORMAT"), **_counts(month.line)}
    for nation in found.nationalities:
        counts: dict[str, Any] = {"cases": nation.cases, "invitees": nation.invitees}
        yield {"group": _("Nationality"), "item": nation.name, **counts}
    for park in found.parks:
        yield {"group": _("Park"), "item": park.name, "cases": park.cases, "invitees": park.invitees}
    for outcome in found.outcomes:
        yield {"group": _("Outcome"), "item": capfirst(str(outcome.state.label)), "cases": outcome.cases}
    for level, ratings in found.ratings.rows():
        yield {"group": _("Service rating"), "item": capfirst(level), "ratings": ratings}
    for line in found.baseline:
        counts = {"published": line.published, "as_of": line.as_of, "counted": line.counted}
        yield {"group": _("Published baseline"), "item": line.label, **counts}


def _counts(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("cases", "invitees", "letters", "decisions", "days")}
