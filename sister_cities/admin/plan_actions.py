"""Actions of the plans: the list, the page of one, its form, and the board."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.admin_base import BilingualAdmin, Doors, code
from sister_cities.admin import plan_page
from sister_cities.admin.plan_board import board
from sister_cities.models import PlanAction


class OverdueFilter(admin.SimpleListFilter):
    title = _("deadline")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.overdue() if self.value() else queryset


class YearFilter(admin.SimpleListFilter):
    title = _("year of the deadline")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = PlanAction.objects.dates("due_on", "year", order="DESC")
        return [(str(first.year), str(first.year)) for first in years]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        year = str(self.value() or "")
        return queryset.filter(due_on__year=int(year)) if year.isdecimal() and len(year) == 4 else queryset


class MineFilter(admin.SimpleListFilter):
    title = _("officer in charge")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("in my charge")), ("none", _("in nobody's charge"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        charge = {"yes": request.user, "none": None}
        return queryset.filter(officer=charge[str(self.value())]) if self.value() in charge else queryset


@admin.register(PlanAction)
class PlanActionAdmin(BilingualAdmin, Doors):  # type: ignore[misc]
    """State and progress move by buttons on the page of an action, never by a field."""

    list_display = ["name_text", "plan", "unit", "officer", "due", "state_text", "progress_text"]
    list_filter = [
        OverdueFilter,
        "state",
        MineFilter,
        YearFilter,
        ("unit", admin.RelatedOnlyFieldListFilter),
        ("plan__programme", admin.RelatedOnlyFieldListFilter),
        ("plan__partner", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["plan__programme", "plan__partner", "unit", "officer"]
    search_fields = ["name_zh_hans", "name_en", "unit__name_zh_hans", "unit__name_en"]
    search_help_text = _("Action or unit")
    autocomplete_fields = ["plan", "unit"]
    fields = ["plan", ("name_zh_hans", "name_en"), ("unit", "officer"), "due_on"]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("board/", self.board, "board", reads=True),
            self.door("<int:pk>/edit/", self.edit, "edit", reads=True),
            *plan_page.urls(self),
            *super().get_urls(),
        ]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> PlanAction | None:
        """Whoever saves the form waits for whoever is reporting: a form holds the whole row."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        return PlanAction.objects.select_for_update().filter(pk=found.pk).first()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An action with reports is dropped, not deleted: its evidence stays."""
        return super().has_delete_permission(request, obj) and not (obj and obj.reports.exists())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return plan_page.show(self, request, self.seen(request, object_id))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change what the action is: its words, unit, officer and deadline."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return super().change_view(request, str(pk))

    def response_post_save_add(self, request: HttpRequest, obj: PlanAction) -> HttpResponseRedirect:
        return redirect(obj.get_absolute_url())

    def response_post_save_change(self, request: HttpRequest, obj: PlanAction) -> HttpResponseRedirect:
        return redirect(obj.get_absolute_url())

    def board(self, request: HttpRequest) -> HttpResponse:
        """The actions of a year by unit."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Action-plan board"),
            "board": board(year=request.GET.get("year", ""), programme=request.GET.get("programme", "")),
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/sister_cities/board.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanAction]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    @admin.display(description=_("plan action"), ordering="name")
    def name_text(self, action: PlanAction) -> str:
        return str(action)

    @admin.display(description=_("deadline"), ordering="due_on")
    def due(self, action: PlanAction) -> SafeString:
        return format_html("{} {}", code(action.due_on.isoformat()), plan_page.overdue_tag(action))

    @admin.display(description=_("state"), ordering="state")
    def state_text(self, action: PlanAction) -> SafeString:
        return plan_page.state_tag(action.state)

    @admin.display(description=_("progress"), ordering="progress")
    def progress_text(self, action: PlanAction) -> SafeString:
        return code(f"{action.progress} %")
