"""Partners, awards and the bodies in Shenyang in the back office."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.admin_base import BilingualAdmin
from shenyang_fao.core.admin_forms import CheckedForm, PartialDateField, SourcedForm
from shenyang_fao.core.models import Unit
from sister_cities import registry
from sister_cities.admin import tags
from sister_cities.clocks import zone_of
from sister_cities.enums import PARTY_OF, Level
from sister_cities.models import Award, Partner, Tie


class PartnerForm(CheckedForm):
    """A partner; an empty time zone is filled in from the country and the place."""

    places: ClassVar[dict[str, str]] = {"partner_on_the_globe": "latitude", "partner_address_free": "slug"}

    class Meta:
        model = Partner
        fields: ClassVar[list[str]] = ["kind", "latitude", "longitude", "time_zone"]  # the page names the others

    def clean(self) -> Any:
        cleaned = super().clean()
        found = self.cleaned_data
        if "time_zone" in found and not found["time_zone"] and not {"latitude", "longitude"} & set(self.errors):
            found["time_zone"] = zone_of(str(found.get("country", "")), found.get("latitude"), found.get("longitude"))
        return cleaned

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        levels = self.instance.ties.values_list("level", flat=True) if self.instance.pk else []
        if any(PARTY_OF[Level(level)].partner != kind for level in levels if Level(level) in PARTY_OF):
            self.add_error("kind", str(_("A tie of this partner needs its present kind. Change the tie first.")))
        return kind


@admin.register(Partner)
class PartnerAdmin(BilingualAdmin):
    form = PartnerForm
    list_display = ["name_zh_hans", "name_en", "kind", "country", "officer", "tie_count"]
    list_filter = ["kind", "ties__level", "officer"]
    list_select_related = ["officer"]
    search_fields = ["name_zh_hans", "name_en", "slug"]
    search_help_text = _("Name in either language")
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["tie_links", "sheets"]
    fields = [
        ("name_zh_hans", "name_en"),
        ("kind", "country"),
        ("slug", "officer"),
        ("latitude", "longitude"),
        ("time_zone", "website"),
        "tie_links",
        "sheets",
        ("profile_zh_hans", "profile_en"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        found: QuerySet[Partner] = super().get_queryset(request)
        return found.annotate(number_of_ties=Count("ties", distinct=True))

    @admin.display(description=_("ties"), ordering="number_of_ties")
    def tie_count(self, partner: Partner) -> int:
        return partner.number_of_ties  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("ties"))
    def tie_links(self, partner: Partner) -> str:
        ties = list(Tie.objects.filter(partner=partner.pk).select_related("local"))
        rows = [(_address(tie), tie.local.name, tie.get_level_display(), tags.tie_status(tie.status)) for tie in ties]
        if not rows:
            return "–"
        return format_html_join("", '<p class="bo-tags"><a class="underline" href="{}">{} · {}</a> {}</p>', rows)

    @admin.display(description=_("for officers"))
    def sheets(self, partner: Partner) -> str:
        doors = registry.doors_of(partner) if partner.pk else []
        rows = [(door.url, door.title) for door in doors]
        return format_html_join("", '<p class="bo-tags"><a class="underline" href="{}">{}</a></p>', rows) or "–"


class AwardForm(SourcedForm):
    awarded = PartialDateField(label=_("awarded on"))

    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"awarded": ("awarded_on", "awarded_precision")}
    places: ClassVar[dict[str, str]] = {
        "award_public_has_source": "source",
        "award_date_with_precision": "awarded",
    }

    class Meta:
        model = Award
        fields: ClassVar[list[str]] = ["source", "source_grade"]  # the page names the others


@admin.register(Award)
class AwardAdmin(BilingualAdmin):
    form = AwardForm
    list_display = ["name_zh_hans", "name_en", "awarded", "grade_tag", "public_tag"]
    list_filter = ["is_public", "source_grade"]
    search_fields = ["name_zh_hans", "name_en", "body_zh_hans", "body_en"]
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["partners"]
    fields = [
        ("name_zh_hans", "name_en"),
        ("body_zh_hans", "body_en"),
        ("awarded", "slug"),
        "partners",
        "source",
        ("source_grade", "is_public"),
        "note",
    ]

    @admin.display(description=_("awarded on"), ordering="awarded_on")
    def awarded(self, award: Award) -> str:
        return award.awarded_text or "–"

    @admin.display(description=_("source"), ordering="source_grade")
    def grade_tag(self, award: Award) -> str:
        return tags.grade(award)

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, award: Award) -> str:
        return tags.public(award)


class UnitForm(CheckedForm):
    class Meta:
        model = Unit
        fields: ClassVar[list[str]] = ["kind"]  # the page names the others

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        levels = Tie.objects.filter(local=self.instance.pk).values_list("level", flat=True) if self.instance.pk else []
        if any(PARTY_OF[Level(level)].local != kind for level in levels if Level(level) in PARTY_OF):
            self.add_error("kind", str(_("A tie of this unit needs its present kind. Change the tie first.")))
        return kind


@admin.register(Unit)
class UnitAdmin(BilingualAdmin):
    form = UnitForm
    list_display = ["name_zh_hans", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["name_zh_hans", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = [("name_zh_hans", "name_en"), ("kind", "slug")]


def _address(tie: Tie) -> str:
    return reverse("admin:sister_cities_tie_change", args=[tie.pk])
