"""The list of the trips, by what is due, and the form of a draft. Everything else moves by buttons on the page of a trip."""

import secrets
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline
from unfold.admin import StackedInline

from delegations.trips.admin import figures_page, page
from delegations.trips.admin.forms import LegForm, TripForm
from delegations.trips.enums import TripState
from delegations.trips.models import Trip, TripLeg, TripMember
from delegations.trips.page_texts import light_tag, state_tag
from shenyang_fao.core.admin_base import BilingualAdmin, Doors, HouseFields, code, tag


class WaitingFilter(admin.SimpleListFilter):
    title = _("what is due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("decision", _("waits for a decision")),
            ("overdue", _("decision overdue")),
            ("notice", _("notice ran out, to be filed")),
            ("report", _("report due")),
            ("documents", _("documents due")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        due = {
            "decision": queryset.waiting,
            "overdue": queryset.overdue,
            "notice": queryset.to_be_filed,
            "report": queryset.awaiting_report,
            "documents": queryset.awaiting_documents,
        }
        return due[str(self.value())]() if self.value() in due else queryset


class MemberInline(HouseFields, StackedInline, TranslationStackedInline):  # type: ignore[type-arg,misc]
    model = TripMember
    extra = 1
    fields = [
        ("part", "position"),
        ("name_zh_hans", "name_en"),
        ("unit_zh_hans", "unit_en"),
        ("post_zh_hans", "post_en"),
    ]


class LegInline(HouseFields, StackedInline, TranslationStackedInline):  # type: ignore[type-arg,misc]
    model = TripLeg
    form = LegForm
    extra = 1
    fields = [
        ("country", "city_zh_hans", "city_en"),
        ("arrives_on", "departs_on"),
        ("is_transit", "leaves_airport"),
        ("agenda_zh_hans", "agenda_en"),
    ]


@admin.register(Trip)
class TripAdmin(BilingualAdmin, Doors):  # type: ignore[misc]
    form = TripForm
    list_display = ["name_text", "unit", "days_text", "state_text", "light", "lane_text", "number_text"]
    list_filter = [WaitingFilter, "state", "lane", "work", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["number", "name_zh_hans", "name_en", "unit__name_zh_hans", "unit__name_en"]
    search_help_text = _("Number, group or unit")
    autocomplete_fields = ["unit"]
    inlines = [MemberInline, LegInline]
    fields = [
        ("unit", "work"),
        ("name_zh_hans", "name_en"),
        ("purpose_zh_hans", "purpose_en"),
        ("leaves_on", "returns_on"),
        ("route", "has_poor_flights"),
        ("inviter_zh_hans", "inviter_en"),
        "inviter_country",
        ("inviter_about_zh_hans", "inviter_about_en"),
        ("budget", "budget_source"),
        ("planned", "lane"),
    ]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("figures/", figures_page.view(self), "figures", reads=True),
            self.door("figures/export/<slug:key>/", figures_page.export(self), "export", reads=True),
            self.door("<int:pk>/edit/", self.edit, "edit", reads=True),
            *page.urls(self),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Trip]:
        """What is due first stands first; a trip whose decision does not wait has no light."""
        return Trip.objects.select_related("unit").with_due()

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [F("waits_until").asc(nulls_last=True), "-leaves_on", "-pk"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Trip | None:
        """Whoever saves the form waits for whoever is publishing: the form holds what the notice shows."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        return Trip.objects.select_for_update().filter(pk=found.pk).first()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft is changed: what is on notice or filed stands."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == TripState.DRAFT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A trip is withdrawn, not deleted."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return page.show(self, request, self.seen(request, object_id))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a draft."""
        if not self.has_change_permission(request, self.seen(request, pk)):
            raise PermissionDenied
        return super().change_view(request, str(pk))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
            # The address of the notice tells nothing and cannot be guessed while it is a draft.
            obj.slug = f"{obj.leaves_on:%Y-%m}-{secrets.token_hex(4)}"
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Trip) -> HttpResponseRedirect:
        return redirect("admin:delegations_trip_change", obj.pk)

    def response_post_save_change(self, request: HttpRequest, obj: Trip) -> HttpResponseRedirect:
        return redirect("admin:delegations_trip_change", obj.pk)

    @admin.display(description=_("group"), ordering="name")
    def name_text(self, trip: Trip) -> str:
        return str(trip)

    @admin.display(description=_("days"), ordering="leaves_on")
    def days_text(self, trip: Trip) -> SafeString:
        return code(f"{trip.leaves_on} – {trip.returns_on:%m-%d}")

    @admin.display(description=_("state"), ordering="state")
    def state_text(self, trip: Trip) -> SafeString:
        return state_tag(trip.state)

    @admin.display(description=_("decision due on"), ordering="due_on")
    def light(self, trip: Trip) -> SafeString | str:
        return light_tag(trip) or code("–")

    @admin.display(description=_("lane"), ordering="lane")
    def lane_text(self, trip: Trip) -> SafeString:
        return tag(trip.get_lane_display(), "info" if trip.lane != "normal" else "plain")

    @admin.display(description=_("number"), ordering="number")
    def number_text(self, trip: Trip) -> SafeString:
        return code(trip.number or "–")
