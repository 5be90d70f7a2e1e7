"""Ties in the back office: the list with what is to be cleared up, and a page with the next steps of each tie."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import sources
from shenyang_fao.core.admin_base import Doors, do, signed_in
from shenyang_fao.core.admin_tables import TableAdmin
from sister_cities.actions import papers
from sister_cities.actions import ties as actions
from sister_cities.admin import tags, tie_steps
from sister_cities.admin.tie_filters import AnniversaryFilter, ClearUpFilter
from sister_cities.admin.tie_forms import TieForm
from sister_cities.models import Tie

Rows = list[Any]
# What the form may correct; the status and whether a tie is public change by their buttons only.
CORRECTED = ["local", "partner", "level", "signed_on", "signed_precision", "source", "source_grade", "note"]


@admin.register(Tie)
class TieAdmin(TableAdmin, Doors):  # type: ignore[misc]
    form = TieForm
    list_display = ["partner", "local", "level_tag", "status_tag", "signed", "grade_tag", "public_tag"]
    list_filter = ["status", "level", ClearUpFilter, AnniversaryFilter, "is_public"]
    list_select_related = ["partner", "local"]
    search_fields = ["partner__name_zh_hans", "partner__name_en", "local__name_zh_hans", "local__name_en", "note"]
    search_help_text = _("Name of either party, or the note")
    autocomplete_fields = ["local", "partner"]
    ordering = ["partner__slug", "pk"]
    change_form_outer_before_template = "admin/sister_cities/tie_state.html"  # type: ignore[assignment]
    change_form_outer_after_template = "admin/sister_cities/tie_papers.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        return [*tie_steps.urls(self), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Rows:
        start: Rows = [] if obj else ["status"]
        end: Rows = ["remark", "note"] if obj else ["note"]
        dates = ("signed", "is_date_unknown")
        return [("local", "partner"), ("level", *start), dates, "source", "source_grade", *end]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["remark"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        facts = tie_steps.facts_of(object_id, signed_in(request)) if object_id else {}
        return super().changeform_view(request, object_id, form_url, facts | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by = signed_in(request)
        if change:
            actions.correct_tie(obj, columns=CORRECTED, by=by)
        else:
            actions.enter_tie(obj, by=by)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        papers.delete_tie(obj, by=signed_in(request))

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the tie to everybody."""
        tie = self.seen(request, pk)
        do(request, lambda: actions.publish(tie.pk, by=signed_in(request)), _("The tie is public."))
        return tie_steps.back(tie)

    def unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the tie off the public pages."""
        tie = self.seen(request, pk)
        do(request, lambda: actions.unpublish(tie.pk, by=signed_in(request)), _("The tie is no longer public."))
        return tie_steps.back(tie)

    @admin.display(description=_("level"), ordering="level")
    def level_tag(self, tie: Tie) -> str:
        return tags.level(tie.level)

    @admin.display(description=_("status"), ordering="status")
    def status_tag(self, tie: Tie) -> str:
        return tags.tie_status(tie.status)

    @admin.display(description=_("signed on"), ordering="signed_on")
    def signed(self, tie: Tie) -> str:
        return tie.signed_text or "–"

    @admin.display(description=_("source"), ordering="source_grade")
    def grade_tag(self, tie: Tie) -> str:
        return tags.grade(tie)

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, tie: Tie) -> str:
        return tags.public(tie)

    @admin.display(description=_("what the source says"))
    def remark(self, tie: Tie) -> str:
        found = [f"{link.host}: {link.grade.label}" for link in sources.links(tie.source)]
        return " · ".join([*found, tie.source_remark]) if tie.source_remark else " · ".join(found) or "–"
