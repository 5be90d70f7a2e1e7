"""Deliveries in the back office: each with its place and day, as a list and as lines of their event."""

from django.contrib import admin
from unfold.admin import TabularInline

from delegations.events.models import Delivery
from shenyang_fao.core.admin_base import BilingualAdmin, HouseFields

FIELDS = ("on", "place_kind", "kind", "place_zh_hans", "place_en", "people")


class DeliveryInline(HouseFields, TabularInline):  # type: ignore[misc]
    """The deliveries on the page of their event."""

    model = Delivery
    fields = FIELDS
    extra = 0


@admin.register(Delivery)
class DeliveryAdmin(BilingualAdmin):
    """The newest first; filtered by series, the rows behind the public table."""

    list_display = ["place_zh_hans", "place_en", "place_kind", "kind", "on", "people", "event"]
    list_filter = ["place_kind", "kind", ("event__series", admin.RelatedOnlyFieldListFilter), "on"]
    list_select_related = ["event"]
    search_fields = ["place_zh_hans", "place_en", "event__name_zh_hans", "event__name_en"]
    fields = ["event", ("on", "people"), ("place_kind", "kind"), ("place_zh_hans", "place_en")]
    ordering = ["-on", "pk"]
