"""The register of ties in the back office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.admin_base import BackOfficeAdmin, BilingualAdmin
from sister_cities.models import Partner, Tie


@admin.register(Partner)
class PartnerAdmin(BilingualAdmin):
    list_display = ["name_zh_hans", "name_en", "country"]
    list_filter = ["ties__level"]
    search_fields = ["name_zh_hans", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = [("name_zh_hans", "name_en"), "slug", "country", ("latitude", "longitude")]


@admin.register(Tie)
class TieAdmin(BackOfficeAdmin):
    list_display = ["partner", "level", "signed", "source_grade", "is_public"]
    list_filter = ["level", "source_grade", "is_public"]
    list_select_related = ["partner"]
    search_fields = ["partner__name_zh_hans", "partner__name_en", "note"]
    autocomplete_fields = ["partner"]
    fields = [
        ("partner", "level"),
        ("signed_on", "signed_precision"),
        ("source", "source_grade"),
        "remark",
        "note",
        "is_public",
    ]
    readonly_fields = ["remark"]

    @admin.display(description=_("signed on"), ordering="signed_on")
    def signed(self, tie: Tie) -> str:
        return tie.signed_text or "–"

    @admin.display(description=_("remark of the source"))
    def remark(self, tie: Tie) -> str:
        return tie.source_remark
