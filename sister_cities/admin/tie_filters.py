"""What the list of ties can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sister_cities.querysets import TO_CLEAR_UP
from sister_cities.upcoming import with_anniversary_soon

ANY = "any"
DAYS_AHEAD = ("30", "90", "180")


class ClearUpFilter(admin.SimpleListFilter):
    """Ties about which something is still to be found out."""

    title = _("to clear up")
    parameter_name = "clear_up"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (ANY, _("anything")),
            ("level", _("level not clear")),
            ("source", _("no source")),
            ("secondary", _("secondary source")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        reason = self.value()
        if reason == ANY:
            return queryset.to_clear_up()
        return queryset.to_clear_up(reason) if reason in TO_CLEAR_UP else queryset


class AnniversaryFilter(admin.SimpleListFilter):
    """Ties whose anniversary comes soon."""

    title = _("anniversary")
    parameter_name = "anniversary"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(days, _("within %(days)s days") % {"days": days}) for days in DAYS_AHEAD]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        days = self.value()
        return with_anniversary_soon(queryset, days=int(days)) if days in DAYS_AHEAD else queryset
