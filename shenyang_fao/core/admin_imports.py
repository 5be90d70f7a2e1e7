"""Imports in the back office: choose a file, see what it would do, import it; and the record of what was exported."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import files
from shenyang_fao.core.admin_base import DoorsAdmin, ReadOnlyAdmin, do, moment, signed_in, tag
from shenyang_fao.core.admin_tables import workbook_response
from shenyang_fao.core.bilingual import in_own
from shenyang_fao.core.enums import ImportState, PromiseState
from shenyang_fao.core.models import ExportRecord, ImportJob, Promise
from shenyang_fao.core.tables import imports, progress, writing
from shenyang_fao.core.tables.findings import Fate, Findings, cells_to_show
from shenyang_fao.core.tables.registry import Table, table_of, tables

TONES = {
    ImportState.CHECKING: "info",
    ImportState.CHECKED: "warn",
    ImportState.IMPORTING: "info",
    ImportState.DONE: "ok",
    ImportState.OVERTAKEN: "warn",
    ImportState.ABANDONED: "plain",
}
FATE_TONES = {Fate.NEW: "ok", Fate.CHANGED: "warn", Fate.UNCHANGED: "plain", Fate.FAULTY: "stop"}
RUNNING = {ImportState.CHECKING: imports.CHECK, ImportState.IMPORTING: imports.APPLY}
# So many rows and faults stand on the page; the file of faults holds all.
ROWS_SHOWN, FAULTS_SHOWN = 50, 200
# After so many seconds a page that waits looks again.
LOOKS_AGAIN = 2


class FileForm(forms.Form):
    """The file that somebody brings."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, or CSV in UTF-8 or GBK, separated by commas, semicolons or tabs."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )


class ImportJobAdmin(DoorsAdmin):
    """Each file that was brought, and what became of it."""

    list_display = ["table", "file_name", "state_tag", "added", "changed", "unchanged", "faulty", "by", "made"]
    list_filter = ["state"]
    list_select_related = ["file", "by"]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("new/<str:kind>/", self.new, "new", reads=True),
            self.door("template/<str:kind>/", self.template, "template", reads=True),
            self.door("<int:pk>/confirm/", self.confirm, "confirm"),
            self.door("<int:pk>/abandon/", self.abandon, "abandon"),
            self.door("<int:pk>/again/", self.again, "again"),
            self.door("<int:pk>/faults/", self.faults, "faults", reads=True),
            self.door("<int:pk>/file/", self.file, "file", reads=True),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportJob]:
        """Show the imports of tables that the person could import into."""
        kinds = [table.key for table in tables() if table.may_import(request.user)]
        return super().get_queryset(request).filter(kind__in=kinds)

    def new(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Take a file in; what is wrong with it as a whole is said at once."""
        table = _table(request, kind)
        form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                job = imports.begin(table, data=upload.read(), name=upload.name, by=signed_in(request))
            except ValidationError as fault:
                form.add_error("file", fault)
            else:
                return self._back(job)
        return self._page(request, "upload.html", table, form=form)

    def template(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Give out an empty table with its columns explained."""
        table = _table(request, kind)
        name = f"{table.model._meta.model_name}.xlsx"
        return workbook_response(writing.template(table.columns, title=table.title), name)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        job = self.seen(request, object_id)
        table, findings = table_of(job.kind), imports.findings_of(job)
        fate = request.GET.get("fate", "")
        return self._page(
            request,
            "page.html",
            table,
            job=job,
            state_tag=tag(job.get_state_display(), TONES[ImportState(job.state)]),
            counts=_counts(job),
            fate=fate,
            rows=_rows(table, findings, fate),
            faults=_faults(table, findings)[:FAULTS_SHOWN],
            **_work(job),
        )

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._press(request, pk, imports.confirm)

    def abandon(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._press(request, pk, imports.abandon, _("The file is deleted; nothing was imported."))

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._press(request, pk, imports.begin_again)

    def faults(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give out every fault as a table."""
        job = self.seen(request, pk)
        header = [str(word) for word in (_("Row"), _("Column"), _("Cell"), _("What is wrong"))]
        rows: list[writing.Cells] = [
            [float(row), *texts] for row, *texts in _faults(table_of(job.kind), imports.findings_of(job))
        ]
        return workbook_response(writing.sheets([(str(_("Faults")), header, rows)]), f"faults-{job.pk}.xlsx")

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give out the file as it was brought."""
        job = self.seen(request, pk)
        if job.file is None:
            raise Http404
        return files.hand_out(job.file, by=signed_in(request), download=True)

    @admin.display(description=_("table"), ordering="kind")
    def table(self, job: ImportJob) -> str:
        return table_of(job.kind).title

    @admin.display(description=_("file"))
    def file_name(self, job: ImportJob) -> str:
        return job.file.original_name if job.file else "–"

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, job: ImportJob) -> str:
        return tag(job.get_state_display(), TONES[ImportState(job.state)])

    @admin.display(description=_("uploaded at"), ordering="made_at")
    def made(self, job: ImportJob) -> str:
        return moment(job.made_at)

    def _press(self, request: HttpRequest, pk: int, action: Callable[..., ImportJob], done: Any = "") -> HttpResponse:
        """Do what a button asks and show the import that it is now about."""
        job = self.seen(request, pk)
        made: list[ImportJob] = []
        do(request, lambda: made.append(action(job, by=signed_in(request))), done)
        return self._back(made[0] if made else job)

    def _back(self, job: ImportJob) -> HttpResponse:
        return redirect("admin:core_importjob_change", job.pk)

    def _page(self, request: HttpRequest, template: str, table: Table, **context: Any) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "table": table,
            "list_url": f"admin:{table.key.replace('.', '_')}_changelist",
            "title": _("Import: %(table)s") % {"table": table.title},
        }
        response = TemplateResponse(request, f"admin/core/import/{template}", context)
        response["Cache-Control"] = "private, no-store"
        if context.get("is_running"):
            # Only while somebody waits for background work, and without a script.
            response["Refresh"] = str(LOOKS_AGAIN)
        return response


class ExportRecordAdmin(ReadOnlyAdmin):
    """Who took which table away."""

    list_display = ["time", "by", "table", "form", "rows", "filters"]
    list_select_related = ["by"]
    list_filter = ["at", "form"]
    search_fields = ["by__name", "by__email"]
    fields = ["at", "by", "table", "form", "rows", "filters"]

    @admin.display(description=_("time"), ordering="at")
    def time(self, record: ExportRecord) -> str:
        return moment(record.at)

    @admin.display(description=_("table"), ordering="kind")
    def table(self, record: ExportRecord) -> str:
        return table_of(record.kind).title


def _table(request: HttpRequest, kind: str) -> Table:
    table = table_of(kind)
    if not table.may_import(request.user):
        raise PermissionDenied
    return table


def _counts(job: ImportJob) -> list[tuple[str, Any, int, str]]:
    found = {Fate.NEW: job.added, Fate.CHANGED: job.changed, Fate.UNCHANGED: job.unchanged, Fate.FAULTY: job.faulty}
    return [(fate.value, fate.label, count, FATE_TONES[fate]) for fate, count in found.items()]


def _rows(table: Table, findings: Findings, fate: str) -> list[dict[str, Any]]:
    """Return rows to look at, each with its number, fate and cells; a faulty cell says what is wrong."""
    said: dict[tuple[int, str], list[str]] = {}
    for fault in findings.faults:
        said.setdefault((fault.row, fault.column), []).append(in_own(fault.message))
    chosen = sorted((row for row in findings.shown if fate in {"", row.fate}), key=lambda row: row.row)
    return [
        {
            "number": row.row,
            "fate": tag(Fate(row.fate).label, FATE_TONES[Fate(row.fate)]),
            "faults": said.get((row.row, ""), []),
            "cells": [
                {
                    "label": column.title,
                    "after": after,
                    "before": before,
                    "is_changed": column.key in row.changes,
                    "faults": said.get((row.row, column.key), []),
                }
                for column, after, before in cells_to_show(row, table.columns)
            ],
        }
        for row in chosen[:ROWS_SHOWN]
    ]


def _faults(table: Table, findings: Findings) -> list[tuple[int, str, str, str]]:
    """Return row, column, cell and what is wrong, in the reader's language."""
    labels = {column.key: column.title for column in table.columns}
    return [(fault.row, labels.get(fault.column, ""), fault.value, in_own(fault.message)) for fault in findings.faults]


def _work(job: ImportJob) -> dict[str, Any]:
    """Return how far the background work is, while there is any."""
    kind = RUNNING.get(ImportState(job.state))
    if kind is None:
        return {}
    promise = Promise.objects.filter(kind=kind, subject_id=job.pk).first()
    has_failed = promise is not None and promise.state == PromiseState.FAILED
    return {
        "promise": promise,
        "has_failed": has_failed,
        "is_running": not has_failed,
        "progress": progress.of(f"import:{job.pk}:{job.state}"),
    }
