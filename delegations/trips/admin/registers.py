"""What the trips are measured by: the limits of the rules, and the annual plan of the units."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from delegations.trips.models import PlannedTrip, TripLimit
from shenyang_fao.core.admin_base import BackOfficeAdmin, code, tag
from shenyang_fao.core.admin_forms import CheckedForm


class LimitForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {
        "trip_limit_once_from_a_day": "valid_from",
        "trip_limit_days_in_order": "valid_until",
    }


@admin.register(TripLimit)
class TripLimitAdmin(BackOfficeAdmin):
    """The newest number that holds on the day of leaving is the one the rules judge by."""

    form = LimitForm
    list_display = ["key_text", "number", "days", "standing", "source"]
    list_filter = ["key"]
    fields = ["key", "value", ("valid_from", "valid_until"), "source"]

    @admin.display(description=_("rule"), ordering="key")
    def key_text(self, limit: TripLimit) -> str:
        return str(limit.get_key_display())

    @admin.display(description=_("number"), ordering="value")
    def number(self, limit: TripLimit) -> SafeString:
        return code(str(limit.value))

    @admin.display(description=_("holds"), ordering="valid_from")
    def days(self, limit: TripLimit) -> SafeString:
        return code(f"{limit.valid_from} – {limit.valid_until or ''}")

    @admin.display(description=_("today"))
    def standing(self, limit: TripLimit) -> SafeString:
        today = timezone.localdate()
        if limit.valid_from > today:
            return tag(_("not yet"), "info")
        return tag(_("over")) if limit.valid_until and limit.valid_until < today else tag(_("in force"), "ok")


@admin.register(PlannedTrip)
class PlannedTripAdmin(BackOfficeAdmin):
    """What each unit has planned for a year, and how many trips came of it."""

    list_display = ["purpose", "year_text", "unit", "countries_text", "people", "trips_text"]
    list_filter = ["year", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["purpose", "unit__name_zh_hans", "unit__name_en"]
    search_help_text = _("Task or unit")
    autocomplete_fields = ["unit"]
    fields = [("year", "unit"), "purpose", "countries", "people"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlannedTrip]:
        return PlannedTrip.objects.select_related("unit").annotate(trip_count=Count("trips"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A line that a trip stands on stays."""
        return super().has_delete_permission(request, obj) and not (obj and obj.trips.exists())

    @admin.display(description=_("year"), ordering="year")
    def year_text(self, line: PlannedTrip) -> SafeString:
        return code(str(line.year))

    @admin.display(description=_("countries and regions"))
    def countries_text(self, line: PlannedTrip) -> str:
        return " · ".join(country.name for country in line.countries) or "–"

    @admin.display(description=_("trips"), ordering="trip_count")
    def trips_text(self, line: Any) -> str:
        return str(line.trip_count)
