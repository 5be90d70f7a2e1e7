"""Programmes, and the plan of each partner in them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.admin_base import BilingualAdmin, tag
from shenyang_fao.core.admin_forms import CheckedForm, SourcedForm
from sister_cities.admin import plan_page
from sister_cities.models import Plan, Programme


class ProgrammeForm(SourcedForm):
    places: ClassVar[dict[str, str]] = {
        "programme_public_has_source": "source",
        "programme_years_in_order": "last_year",
    }


class PlanForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {"plan_once_per_partner": "partner", "plan_public_has_summary": "is_public"}


@admin.register(Programme)
class ProgrammeAdmin(BilingualAdmin):
    form = ProgrammeForm
    list_display = ["name_text", "kind", "first_year", "last_year", "is_public"]
    list_filter = ["kind", "is_public"]
    search_fields = ["name_zh_hans", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = [
        ("name_zh_hans", "name_en"),
        ("slug", "kind"),
        ("first_year", "last_year"),
        ("summary_zh_hans", "summary_en"),
        ("source", "source_grade"),
        "note",
        "is_public",
    ]

    @admin.display(description=_("name"), ordering="name")
    def name_text(self, programme: Programme) -> str:
        return str(programme)


@admin.register(Plan)
class PlanAdmin(BilingualAdmin):
    """The actions of a plan stand below its form, each with a page of its own."""

    form = PlanForm
    list_display = ["partner_text", "programme", "done_text", "overdue_text", "is_public"]
    list_filter = ["programme", "is_public", ("partner", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["programme", "partner"]
    search_fields = ["partner__name_zh_hans", "partner__name_en", "programme__name_zh_hans", "programme__name_en"]
    autocomplete_fields = ["partner"]
    fields = [
        ("programme", "partner"),
        ("objectives_zh_hans", "objectives_en"),
        ("summary_zh_hans", "summary_en"),
        "is_public",
    ]
    change_form_outer_after_template = "admin/sister_cities/plan_actions.html"  # type: ignore[assignment]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        return Plan.objects.select_related("programme", "partner").with_counts()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        plan = self.get_object(request, object_id)
        rows = plan.actions.select_related("unit", "officer") if plan else []
        context = {
            "actions_of_plan": [
                (action, plan_page.state_tag(action.state), plan_page.overdue_tag(action)) for action in rows
            ],
            "add_action_url": f"{reverse('admin:sister_cities_planaction_add')}?plan={object_id}",
            "may_add_action": request.user.has_perm("sister_cities.add_planaction"),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=_("partner"), ordering="partner__name")
    def partner_text(self, plan: Plan) -> str:
        return str(plan.partner or _gettext("The programme as a whole"))

    @admin.display(description=_("actions done"))
    def done_text(self, plan: Any) -> str:
        return _gettext("%(done)s of %(total)s") % {"done": plan.done_count, "total": plan.kept_count}

    @admin.display(description=_("overdue"))
    def overdue_text(self, plan: Any) -> Any:
        return tag(str(plan.overdue_count), "stop") if plan.overdue_count else "0"
