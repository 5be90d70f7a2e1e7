"""The ratings that companies gave; each row leads to its case, where a bad one is followed up."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from enterprises.admin import tags
from enterprises.models import Rating
from shenyang_fao.core.admin_base import ReadOnlyAdmin, code, moment
from shenyang_fao.core.ratings import Level

CHARACTERS_SHOWN = 80


class FollowUpFilter(admin.SimpleListFilter):
    title = _("follow-up")
    parameter_name = "follow_up"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("rated badly, to be followed up")),
            ("overdue", _("follow-up overdue")),
            ("done", _("followed up")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "waiting":
            return queryset.to_follow_up()
        if self.value() == "overdue":
            return queryset.follow_up_overdue()
        return queryset.filter(answered_at__isnull=False) if self.value() == "done" else queryset


class LevelFilter(admin.SimpleListFilter):
    title = _("satisfaction")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in Level.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = {str(level.value) for level in Level} & {self.value()}
        return queryset.filter(level__in=map(int, chosen)) if chosen else queryset


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    """What waits for a follow-up comes first, the earliest date on top; the rest follows, the newest first."""

    list_display = ["number", "company_name", "level_tag", "comment_short", "given", "follow_up_tag", "answered_by"]
    list_display_links = ["number"]
    list_filter = [FollowUpFilter, LevelFilter]
    list_select_related = ["request__company", "answered_by"]
    search_fields = ["request__number", "request__company__name_zh_hans", "request__company__name_en"]
    search_help_text = _("Number or company")
    ordering = [F("answered_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-at"]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the case, which has everything. Raises PermissionDenied."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(reverse("admin:enterprises_servicerequest_change", args=[object_id]) + "#rating")

    @admin.display(description=_("number"), ordering="request__number")
    def number(self, row: Rating) -> str:
        return code(str(row.request.number))

    @admin.display(description=_("company"), ordering="request__company__name_zh_hans")
    def company_name(self, row: Rating) -> str:
        return str(row.request.company)

    @admin.display(description=_("satisfaction"), ordering="level")
    def level_tag(self, row: Rating) -> str:
        return tags.rating_level(row)

    @admin.display(description=_("comment"))
    def comment_short(self, row: Rating) -> str:
        return Truncator(row.comment).chars(CHARACTERS_SHOWN) or "–"

    @admin.display(description=_("rated at"), ordering="at")
    def given(self, row: Rating) -> str:
        return moment(row.at)

    @admin.display(description=_("follow-up"), ordering="due_on")
    def follow_up_tag(self, row: Rating) -> str:
        if row.due_on is None:
            return "–"
        return format_html("{} {}", code(f"{row.due_on}"), tags.follow_up(row))
