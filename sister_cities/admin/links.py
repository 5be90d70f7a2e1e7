"""Counterpart links between two institutions: the list, in which dormant ones surface, and their form."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.admin_base import BilingualAdmin, Doors, code
from shenyang_fao.core.admin_forms import CheckedForm, PartialDateField, SourcedForm
from shenyang_fao.core.directory import country_choices
from sister_cities.admin import link_page
from sister_cities.models import CounterpartLink, LinkActivity


class DormantFilter(admin.SimpleListFilter):
    title = _("last activity")
    parameter_name = "dormant"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("dormant: nothing for twelve months"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(is_dormant=True) if self.value() else queryset


class CountryFilter(admin.SimpleListFilter):
    title = _("country or region")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        codes = CounterpartLink.objects.order_by().values_list("country", flat=True).distinct()
        return country_choices(codes)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(country=self.value()) if self.value() else queryset


class LinkForm(SourcedForm):
    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"signed": ("signed_on", "signed_precision")}
    places: ClassVar[dict[str, str]] = {
        "counterpartlink_public_has_source": "source",
        "link_once": "foreign_en",
    }
    signed = PartialDateField(label=_("agreed on"))


class ActivityForm(CheckedForm):
    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"happened": ("happened_on", "happened_precision")}
    happened = PartialDateField(label=_("date"), required=True)


@admin.register(CounterpartLink)
class CounterpartLinkAdmin(BilingualAdmin, Doors):  # type: ignore[misc]
    """Contacts are shown on request only, to those who may change the link."""

    form = LinkForm
    list_display = [
        "name_text",
        "country",
        "kind",
        "stage_text",
        "signed_text",
        "last_text",
        "dormant_text",
        "is_public",
    ]
    list_filter = [DormantFilter, "kind", "stage", CountryFilter, "is_public"]
    search_fields = ["local__name_zh_hans", "local__name_en", "foreign_zh_hans", "foreign_en"]
    search_help_text = _("Name of either party")
    autocomplete_fields = ["local", "partner"]
    fields = [
        ("local", "kind"),
        ("foreign_zh_hans", "foreign_en"),
        ("partner", "country"),
        ("stage", "signed"),
        ("agreement_zh_hans", "agreement_en"),
        ("contacts", "officer"),
        ("source", "source_grade"),
        "note",
        "is_public",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CounterpartLink]:
        is_dormant = Exists(CounterpartLink.objects.dormant().filter(pk=OuterRef("pk")))
        found = CounterpartLink.objects.with_last_activity().annotate(is_dormant=is_dormant)
        return found.select_related("local", "partner", "officer").defer("contacts")

    def get_urls(self) -> list[URLPattern]:
        doors: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("edit", self.edit, "edit"),
            ("activity", partial(link_page.record, self), "activity"),
            ("contacts", partial(link_page.disclose, self), "contacts"),
        ]
        return [
            *(self.door(f"<int:pk>/{route}/", door, name, reads=True) for route, door, name in doors),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return link_page.show(self, request, self.seen(request, object_id))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change the record of the link; its form holds the contacts."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        link_page.note_contacts_shown(request, self.seen(request, pk))
        return super().change_view(request, str(pk))

    def response_post_save_add(self, request: HttpRequest, obj: CounterpartLink) -> HttpResponseRedirect:
        return _page_of(obj.pk)

    def response_post_save_change(self, request: HttpRequest, obj: CounterpartLink) -> HttpResponseRedirect:
        return _page_of(obj.pk)

    @admin.display(description=_("parties"), ordering="local__name")
    def name_text(self, link: CounterpartLink) -> str:
        return str(link)

    @admin.display(description=_("stage"), ordering="stage")
    def stage_text(self, link: CounterpartLink) -> SafeString:
        return link_page.stage_tag(link)

    @admin.display(description=_("agreed on"), ordering="signed_on")
    def signed_text(self, link: CounterpartLink) -> str:
        return link.signed_text or "–"

    @admin.display(description=_("last activity"), ordering="last_activity_on")
    def last_text(self, link: Any) -> SafeString:
        return code(link.last_activity_on.isoformat() if link.last_activity_on else "–")

    @admin.display(description=_("dormant"))
    def dormant_text(self, link: Any) -> SafeString | str:
        return link_page.dormant_tag(link) or "–"


@admin.register(LinkActivity)
class LinkActivityAdmin(BilingualAdmin):
    """Where an activity is put right or taken out; new ones are recorded on the page of their link."""

    form = ActivityForm
    list_display = ["name_text", "link", "happened_on"]
    list_select_related = ["link__local"]
    search_fields = ["name_zh_hans", "name_en"]
    readonly_fields = ["link"]
    fields = ["link", "happened", ("name_zh_hans", "name_en"), "source"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def response_post_save_change(self, request: HttpRequest, obj: LinkActivity) -> HttpResponseRedirect:
        return _page_of(obj.link_id)

    @admin.display(description=_("activity"), ordering="name")
    def name_text(self, activity: LinkActivity) -> str:
        return str(activity)


def _page_of(link_id: int) -> HttpResponseRedirect:
    return redirect("admin:sister_cities_counterpartlink_change", link_id)
