"""Series of events."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from delegations.events.admin.forms import SeriesForm
from delegations.events.models import Series
from shenyang_fao.core.admin_base import BilingualAdmin
from sister_cities.admin import tags as source_tags


@admin.register(Series)
class SeriesAdmin(BilingualAdmin):
    form = SeriesForm
    list_display = ["name_text", "kind", "event_count", "grade_tag", "public_tag"]
    list_filter = ["kind", "is_public"]
    search_fields = ["name_zh_hans", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = [
        ("name_zh_hans", "name_en"),
        ("slug", "kind"),
        ("summary_zh_hans", "summary_en"),
        ("has_matrix", "shows_editions"),
        "source",
        "source_grade",
        "note",
        "is_public",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        found: QuerySet[Series] = super().get_queryset(request)
        return found.annotate(event_total=Count("events"))

    @admin.display(description=_("name"), ordering="name")
    def name_text(self, series: Series) -> str:
        return str(series)

    @admin.display(description=_("events"), ordering="event_total")
    def event_count(self, series: Series) -> int:
        return int(series.event_total)  # type: ignore[attr-defined]  # counted by the list's query

    @admin.display(description=_("source"), ordering="source_grade")
    def grade_tag(self, series: Series) -> SafeString:
        return source_tags.grade(series)

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, series: Series) -> SafeString:
        return source_tags.public(series)
