"""The queue of requests, whatever their kind, and the doors of the case page."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from enterprises import kinds
from enterprises.actions.bulk import RIGHT as SIGN_OFF_RIGHT
from enterprises.actions.bulk import check_count
from enterprises.admin import case_doors, consents, figures, tags
from enterprises.admin.bulk import to_confirm
from enterprises.admin.case_page import show_case
from enterprises.enums import Lane, RequestState
from enterprises.models import ServiceRequest
from shenyang_fao.core.admin_base import DoorsAdmin, code, do, moment, signed_in


class WaitingFilter(admin.SimpleListFilter):
    title = _("whose turn")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("me", _("waiting for me")),
            ("office", _("waiting for the office")),
            ("company", _("waiting for the company")),
            ("back", _("came back after correction")),
            ("consent", _("waiting for consent")),
            ("message", _("unread message")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "me":
            return queryset.waiting_for(request.user)
        reads = {
            "office": queryset.running,
            "company": queryset.waiting_for_company,
            "back": queryset.came_back,
            "consent": queryset.waiting_for_consent,
            "message": queryset.with_unread,
        }
        return reads.get(str(self.value()), queryset.all)()


class ClockFilter(admin.SimpleListFilter):
    title = _("clock")
    parameter_name = "clock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("overdue")),
            ("due", _("due today or overdue")),
            ("escalated", _("reported to the division head")),
            ("close_out", _("close-out overdue")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        reads = {
            "overdue": queryset.overdue,
            "due": queryset.due,
            "escalated": queryset.escalated,
            "close_out": queryset.close_out_overdue,
        }
        return reads.get(str(self.value()), queryset.all)()


class LaneFilter(admin.SimpleListFilter):
    title = _("lane")
    parameter_name = "lane"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Lane.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(lane=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, label in RequestState.choices if value != RequestState.DRAFT]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(ServiceRequest)
class ServiceRequestAdmin(DoorsAdmin):
    """Every change of state is a button on the case page, never a field."""

    list_display = [
        "number_text", "company_name", "kind_title", "state_tag", "clock_tag", "waited_days", "invitee_count", "submitted",
    ]  # fmt: skip
    list_filter = [WaitingFilter, ClockFilter, LaneFilter, StateFilter]
    list_select_related = ["company"]
    search_fields = ["number", "company__name_zh_hans", "company__name_en", "company__uscc"]
    search_help_text = _("Number or company")
    # The list's own bar of actions needs scripts; this door needs none.
    list_before_template = "admin/enterprises/queue_doors.html"  # type: ignore[assignment]
    actions = ["sign_off_together"]  # type: ignore[assignment]  # the other lists have none

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceRequest]:
        """Only what was ever submitted, and only for those who may see it."""
        return (
            ServiceRequest.objects.visible_to(signed_in(request))
            .with_days_waited()
            .with_deadline()
            .with_unread_count(from_office=False)
            .with_consent_mark()
            .annotate(size=Count("invitation__invitees"))
            .in_queue_order()
        )

    def has_sign_off_permission(self, request: HttpRequest) -> bool:
        return bool(signed_in(request).has_perm(SIGN_OFF_RIGHT))

    @admin.action(description=_("Sign off together"), permissions=["sign_off"])
    def sign_off_together(self, request: HttpRequest, queryset: QuerySet[ServiceRequest]) -> HttpResponse | None:
        """Lead to the page that names what was chosen; nothing is signed off here."""
        chosen = list(queryset.values_list("pk", flat=True))
        return to_confirm(chosen) if do(request, lambda: check_count(len(chosen))) else None

    def get_urls(self) -> list[URLPattern]:
        return [*figures.urls(self), *case_doors.urls(self), *consents.urls(self), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return show_case(self, request, self.seen(request, object_id))

    @admin.display(description=_("number"), ordering="number")
    def number_text(self, row: ServiceRequest) -> str:
        return code(str(row.number))

    @admin.display(description=_("company"), ordering="company__name_zh_hans")
    def company_name(self, row: ServiceRequest) -> str:
        return str(row.company)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_title(self, row: ServiceRequest) -> str:
        return code(str(kinds.kind_of(row).title))

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, row: ServiceRequest) -> str:
        return format_html(
            "{} {} {} {} {}",
            tags.request_state(row),
            tags.lane(row),
            tags.escalation(row),
            tags.consent(row),
            tags.unread(row),
        )

    @admin.display(description=_("clock"), ordering="due_on")
    def clock_tag(self, row: ServiceRequest) -> str:
        return tags.clock(row) or "–"

    @admin.display(description=_("days waited"), ordering="waited")
    def waited_days(self, row: ServiceRequest) -> int:
        """Working days at the office only, over all periods."""
        return row.days_waited

    @admin.display(description=_("invitees"), ordering="size")
    def invitee_count(self, row: Any) -> int:
        return int(row.size)

    @admin.display(description=_("submitted at"), ordering="submitted_at")
    def submitted(self, row: ServiceRequest) -> str:
        return moment(row.submitted_at)
