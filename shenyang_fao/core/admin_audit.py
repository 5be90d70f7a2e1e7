"""The audit trail and the records of viewing, in words: who, which record, which columns, from what to what."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import DateTimeField, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modeltranslation.fields import TranslationField
from unfold.paginator import InfinitePaginator

from shenyang_fao.core.admin_base import ReadOnlyAdmin, in_words, moment, tag
from shenyang_fao.core.models import AuditEntry, ViewRecord

OPERATIONS = {"INSERT": (_("created"), "ok"), "UPDATE": (_("changed"), "info"), "DELETE": (_("deleted"), "stop")}
SECRET_COLUMNS = {"password", "code"}
# How a Fernet token begins: version 0x80 and the high bytes of the time, in base 64.
CLOSED = "gAAAA"
SHORT = 60


class Change(NamedTuple):
    """One column of a change, ready to be read."""

    name: str
    before: str
    after: str


class TableFilter(admin.SimpleListFilter):
    title = _("table")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [(table, str(model._meta.verbose_name_plural)) for table, model in _governed().items()]
        return sorted(named, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(table=self.value()) if self.value() else queryset


class OperationFilter(admin.SimpleListFilter):
    title = _("operation")
    parameter_name = "operation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, words) for code, (words, _tone) in OPERATIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(operation=self.value()) if self.value() else queryset


class AuditEntryAdmin(ReadOnlyAdmin):
    """One line a change; the database wrote it."""

    list_display = ["time", "actor", "operation_tag", "table_name", "row", "summary"]
    # Counting the whole trail would take longer than reading a page of it.
    paginator = InfinitePaginator
    show_full_result_count = False
    list_filter = [TableFilter, OperationFilter, "at"]
    search_fields = ["=row"]
    search_help_text = _("Number of the record")
    fields = ["at", "actor", "operation_tag", "table_name", "row", "changes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        name = get_user_model()._default_manager.filter(pk=OuterRef("actor_id")).values("name")[:1]
        return super().get_queryset(request).annotate(actor_name=Subquery(name))  # type: ignore[no-any-return]

    @admin.display(description=_("time"), ordering="at")
    def time(self, entry: AuditEntry) -> str:
        return moment(entry.at)

    @admin.display(description=_("by"))
    def actor(self, entry: Any) -> Any:
        if entry.actor_id is None:
            return _("the system")
        return entry.actor_name or entry.actor_id

    @admin.display(description=_("operation"))
    def operation_tag(self, entry: AuditEntry) -> Any:
        return tag(*OPERATIONS[entry.operation])

    @admin.display(description=_("table"))
    def table_name(self, entry: AuditEntry) -> str:
        model = _governed().get(entry.table)
        return str(model._meta.verbose_name) if model else entry.table

    @admin.display(description=_("what changed"))
    def summary(self, entry: AuditEntry) -> Any:
        if entry.operation != "UPDATE":
            return ""
        parts = ((change.name, change.after) for change in read_changes(entry, length=SHORT))
        return format_html_join(
            pgettext("between two changes", "; "), pgettext("between a column and its value", "{}: {}"), parts
        )

    @admin.display(description=_("what changed"))
    def changes(self, entry: AuditEntry) -> str:
        return render_to_string("admin/core/auditentry/changes.html", {"changes": list(read_changes(entry))})


class ViewRecordAdmin(ReadOnlyAdmin):
    """Who opened which private file."""

    list_display = ["time", "by", "file", "file_type"]
    list_select_related = ["by", "file"]
    list_filter = ["at"]
    search_fields = ["by__name", "by__email", "file__original_name"]
    search_help_text = _("Person or file name")
    fields = ["at", "by", "file", "file_type"]

    @admin.display(description=_("time"), ordering="at")
    def time(self, record: ViewRecord) -> str:
        return moment(record.at)

    @admin.display(description=_("type"))
    def file_type(self, record: ViewRecord) -> str:
        return record.file.media_type


def read_changes(entry: AuditEntry, *, length: int = 2000) -> Iterator[Change]:
    """Yield the columns that a change touched, named as people know them; secrets stay hidden."""
    before, after = entry.before or {}, entry.after or {}
    fields = _fields(_governed().get(entry.table))
    # The column without a language repeats the one of the first language.
    mirrors = {field.translated_field.name for field in fields.values() if isinstance(field, TranslationField)}
    for column in [name for name in after or before if name not in mirrors]:
        if before.get(column) != after.get(column):
            field = fields.get(column)
            texts = [Truncator(_readable(column, field, row.get(column))).chars(length) for row in (before, after)]
            yield Change(_name_of(field) if field else column, *texts)


def _name_of(field: Any) -> str:
    return in_words(field) if isinstance(field, TranslationField) else str(field.verbose_name)


def _readable(column: str, field: Any, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if column in SECRET_COLUMNS or (isinstance(value, str) and value.startswith(CLOSED)):
        return str(_("hidden"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return _worded(field, value)


def _worded(field: Any, value: Any) -> str:
    if isinstance(field, DateTimeField):
        return f"{localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return " · ".join(map(str, value)) or "–"
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _fields(model: type[Model] | None) -> dict[str | None, Any]:
    return {field.column: field for field in model._meta.concrete_fields} if model else {}


@lru_cache(maxsize=1)
def _governed() -> dict[str, type[Model]]:
    """The tables under the audit trigger, by name."""
    models = apps.get_models()
    return {
        model._meta.db_table: model
        for model in models
        if any(trigger.name == "audit" for trigger in getattr(model._meta, "triggers", []))
    }
