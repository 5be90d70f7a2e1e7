"""The doors above a list of the back office whose model has a table: import, and export of what the filters leave."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from shenyang_fao.core.admin_base import BackOfficeAdmin, signed_in
from shenyang_fao.core.enums import ExportFormat
from shenyang_fao.core.models import ExportRecord
from shenyang_fao.core.tables import imports, writing
from shenyang_fao.core.tables.registry import Table, table_of

R = TypeVar("R", bound=HttpResponseBase)
ENCODINGS = {ExportFormat.CSV: "utf-8", ExportFormat.CSV_GBK: "gb18030"}


class TableAdmin(BackOfficeAdmin):
    """A list whose records can be taken away as a table and, by those who have all its rights, brought as one."""

    list_before_template = "admin/core/import/doors.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view(require_safe(self.export))
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/<str:form>/", door, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        table = table_of(self.opts.label_lower)
        context = {
            "exports": [(self._export_address(form.value), form.label) for form in ExportFormat],
            "asked": request.GET.urlencode(),
            "import_url": table.may_import(request.user) and reverse("admin:core_importjob_new", args=[table.key]),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def export(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Answer with the records that the list's filters leave, and write down who took them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in ExportFormat.values:
            raise Http404
        try:
            queryset = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        table = table_of(self.opts.label_lower)
        ExportRecord.objects.create(
            by=signed_in(request),
            kind=table.key,
            form=form,
            filters=unquote_plus(request.GET.urlencode()),
            rows=queryset.count(),
        )
        return table_response(table, table.records(queryset), ExportFormat(form))

    def _export_address(self, form: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export", args=[form])


def table_response(table: Table, records: Iterable[dict[str, Any]], form: ExportFormat) -> HttpResponseBase:
    """Return records as a file named after the table and the day."""
    name = f"{table.model._meta.model_name}-{timezone.localdate():%Y%m%d}"
    if form == ExportFormat.XLSX:
        return workbook_response(writing.workbook(table.columns, records, title=table.title), f"{name}.xlsx")
    rows = writing.csv_rows(table.columns, records, encoding=ENCODINGS[form])
    response = StreamingHttpResponse(_in_language(get_language(), rows), content_type=imports.CSV)
    return _as_file(response, f"{name}.csv")


def workbook_response(data: bytes, name: str) -> HttpResponse:
    """Return an XLSX file."""
    return _as_file(HttpResponse(data, content_type=imports.XLSX), name)


def _as_file(response: R, name: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _in_language(language: str | None, rows: Iterator[bytes]) -> Iterator[bytes]:
    """Rows are written after the view is over, and with it the reader's language."""
    with override(language):
        yield from rows
