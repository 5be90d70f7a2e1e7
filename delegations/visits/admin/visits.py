"""Inbound visits: the list, the form with the members, and the doors to the programme and what is made from it."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline
from unfold.admin import StackedInline

from delegations.state_doors import Said, StateDoors
from delegations.visits.actions import visits as actions
from delegations.visits.admin import calendar_page, programme_page, sheets
from delegations.visits.admin.outcomes import outcome_tag
from delegations.visits.enums import VisitState
from delegations.visits.models import Member, Visit
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, BilingualAdmin, HouseFields, tag
from shenyang_fao.core.admin_forms import PartialDateField, SourcedForm
from shenyang_fao.core.directory import country_choices

TONES = {
    VisitState.PROPOSED: "info",
    VisitState.CONFIRMED: "ok",
    VisitState.UNDER_WAY: "warn",
    VisitState.COMPLETED: "plain",
    VisitState.CANCELLED: "stop",
}
# What a button says, by the state it leads to.
VERBS = {
    VisitState.PROPOSED: _("Back to proposed"),
    VisitState.CONFIRMED: _("Confirm"),
    VisitState.UNDER_WAY: _("The delegation has arrived"),
    VisitState.COMPLETED: _("The visit is over"),
    VisitState.CANCELLED: _("Cancel the visit"),
}
ENTERED_AS = (VisitState.PROPOSED, VisitState.COMPLETED)


def state_tag(visit: Visit) -> SafeString:
    state = VisitState(visit.state)
    return tag(state.label, TONES[state])


class VisitForm(SourcedForm):
    """A visit; its state changes by its buttons, only a record of an old one is entered as completed."""

    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"arrives": ("arrives_on", "arrives_precision")}
    places: ClassVar[dict[str, str]] = {
        "visit_public_has_source": "source",
        "visit_address_free": "slug",
        "visit_date_with_precision": "arrives",
        "visit_leaves_after_arrival": "departs_on",
        "visit_confirmed_has_days": "arrives",
    }
    arrives = PartialDateField(label=_("arrival"), may_lie_ahead=True)

    class Meta:
        model = Visit
        fields: ClassVar[list[str]] = ["departs_on", "source", "source_grade", "state"]  # the page names the others

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            self.fields["state"].choices = [(state.value, state.label) for state in ENTERED_AS]  # type: ignore[attr-defined]


class MemberInline(HouseFields, StackedInline, TranslationStackedInline):  # type: ignore[type-arg,misc]
    """The members in the order of protocol; their needs are shown to those who may change them."""

    model = Member
    extra = 0
    fields = [("name_zh_hans", "name_en"), ("title_zh_hans", "title_en"), ("needs", "position")]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        rows = list(super().get_fields(request, obj))
        return rows if self.has_change_permission(request, obj) else [*rows[:-1], "position"]


class CountryFilter(admin.SimpleListFilter):
    title = _("country or region")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        codes = Visit.objects.order_by().values_list("country", flat=True).distinct()
        return country_choices(codes)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(country=self.value()) if self.value() else queryset


@admin.register(Visit)
class VisitAdmin(BilingualAdmin, StateDoors):  # type: ignore[misc]
    states, acts = VisitState, actions
    said = Said(_("The visit is now “%(state)s”."), _("The visit is public."), _("The visit is no longer public."))
    form = VisitForm
    inlines = [MemberInline]
    list_display = [
        "name_text",
        "arrives_text",
        "departs_text",
        "country",
        "head_rank",
        "state_tag",
        "officer",
        "is_public",
    ]
    list_filter = ["state", "head_rank", CountryFilter, "purpose", "officer", "is_public"]
    list_select_related = ["officer"]
    search_fields = ["name_zh_hans", "name_en", "head_zh_hans", "head_en", "slug"]
    search_help_text = _("Delegation or its head")
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["partners", "host_units"]
    change_form_outer_before_template = "admin/delegations/visit_state.html"  # type: ignore[assignment]
    change_form_outer_after_template = "admin/delegations/visit_outcomes.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        doors = [
            self.door("calendar/", partial(calendar_page.show, self), "calendar", reads=True),
            self.door("briefing/<int:pk>/", partial(sheets.briefing, self), "briefing", reads=True),
            *self.state_urls(),
            self.door("<int:pk>/booklet/<str:copy>.pdf", partial(sheets.booklet_file, self), "booklet", reads=True),
            self.door("<int:pk>/programme.ics", partial(sheets.calendar, self), "calendar_file", reads=True),
        ]
        return [*doors, *programme_page.urls(self), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        first = ("slug", "officer") if obj else ("slug", "officer", "state")
        return [
            ("name_zh_hans", "name_en"), first, ("country", "partners"), ("city_zh_hans", "city_en"),
            ("head_zh_hans", "head_en"), ("head_title_zh_hans", "head_title_en"), ("head_rank", "size", "purpose"),
            ("arrives", "departs_on"), ("hosts_zh_hans", "hosts_en"), "host_units", "about",
            ("summary_zh_hans", "summary_en"), "source", ("source_grade", "note"),
        ]  # fmt: skip

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        facts = self._facts(request, object_id) if object_id else {}
        return super().changeform_view(request, object_id, form_url, facts | (extra_context or {}))

    def _facts(self, request: HttpRequest, object_id: str) -> dict[str, object]:
        """Return what the page shows beside the form; nothing for a visit that is not there."""
        if not object_id.isdecimal() or len(object_id) > DIGITS_AT_MOST:
            return {}
        visit = self.get_queryset(request).filter(pk=object_id).first()
        if visit is None:
            return {}
        may_change = self.has_change_permission(request, visit)
        return {
            "visit": visit,
            "visit_tag": state_tag(visit),
            "steps": [(state.value, VERBS[state]) for state in actions.next_steps(visit)] if may_change else [],
            "obstacles": [] if visit.is_public else actions.obstacles(visit),
            "outcomes": [(found, outcome_tag(found)) for found in visit.outcomes.select_related("officer")],
            "partners": visit.partners.all(),
            "may_change": may_change,
        }

    @admin.display(description=_("delegation"), ordering="name")
    def name_text(self, visit: Visit) -> str:
        return visit.name

    @admin.display(description=_("arrival"), ordering="arrives_on")
    def arrives_text(self, visit: Visit) -> str:
        return visit.arrives_text or "–"

    @admin.display(description=_("departure"), ordering="departs_on")
    def departs_text(self, visit: Visit) -> str:
        return visit.departs_text or "–"

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, visit: Visit) -> SafeString:
        return state_tag(visit)
