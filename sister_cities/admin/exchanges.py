"""The photo and film exchange, and the record of documented exchanges, in the back office."""

from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modeltranslation.admin import TranslationStackedInline
from unfold.admin import StackedInline

from shenyang_fao.core.admin_base import BilingualAdmin, Doors, HouseFields, signed_in, tag
from shenyang_fao.core.admin_forms import CheckedForm, PartialDateField, SourcedForm
from sister_cities.actions import exchanges as actions
from sister_cities.admin import edition_pictures, tags
from sister_cities.films import ACCEPTED, check_film
from sister_cities.models import Edition, Exchange, Film


class FilmForm(CheckedForm):
    """A film is a link or a file; the file is judged by its content and named by it."""

    places = {"film_link_or_file": "url"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ACCEPTED

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            file.name = f"film.{check_film(file)}"
        return file


class FilmInline(HouseFields, StackedInline, TranslationStackedInline):  # type: ignore[type-arg,misc]
    """The films of an edition."""

    model = Film
    form = FilmForm
    extra = 1
    fields = [("name_zh_hans", "name_en"), ("url", "file"), ("partner", "position"), "credit"]
    autocomplete_fields = ["partner"]


@admin.register(Edition)
class EditionAdmin(BilingualAdmin, Doors):  # type: ignore[misc]  # the bases' stubs disagree
    """Editions; their pictures have a page of their own."""

    form = SourcedForm
    list_display = ["name_text", "number", "year", "picture_count", "public_tag"]
    list_filter = ["is_public", "year"]
    search_fields = ["name_zh_hans", "name_en", "slug"]
    fields = [
        ("name_zh_hans", "name_en"),
        ("slug", "number", "year"),
        ("summary_zh_hans", "summary_en"),
        "partners",
        "source",
        "source_grade",
        "note",
        "is_public",
    ]
    autocomplete_fields = ["partners"]
    inlines = [FilmInline]
    change_form_outer_before_template = "admin/sister_cities/edition_pictures_link.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        return [*edition_pictures.urls(self), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        is_described = Q(pictures__picture__alt_zh_hans__gt="", pictures__picture__alt_en__gt="")
        counts = {"total": Count("pictures"), "described": Count("pictures", filter=is_described)}
        editions: QuerySet[Edition] = super().get_queryset(request)
        return editions.annotate(**counts)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        before = actions.film_files(form.instance)
        super().save_formset(request, form, formset, change)
        actions.forget_films(before - actions.film_files(form.instance))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        actions.delete_edition(obj.pk, by=signed_in(request))

    @admin.display(description=_("name"), ordering="name")
    def name_text(self, edition: Edition) -> str:
        return str(edition)

    @admin.display(description=_("pictures"))
    def picture_count(self, edition: Any) -> SafeString | int:
        missing = edition.total - edition.described
        text = _("%(total)s, of which %(missing)s need a description") % {"total": edition.total, "missing": missing}
        return tag(text, "warn") if missing else edition.total

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, edition: Edition) -> SafeString:
        return tags.public(edition)


class ExchangeForm(SourcedForm):
    """The date as precisely as the source gives it."""

    partial_dates = {"happened": ("happened_on", "happened_precision")}

    happened = PartialDateField(label=_("date"))


@admin.register(Exchange)
class ExchangeAdmin(BilingualAdmin):
    """Documented exchanges with their sources."""

    form = ExchangeForm
    list_display = ["name_text", "happened_text", "partner_names", "source_grade", "is_public"]
    list_filter = ["is_public", "source_grade", ("partners", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name_zh_hans", "name_en", "partners__name_zh_hans", "partners__name_en"]
    fields = [("name_zh_hans", "name_en"), "happened", "partners", "source", "source_grade", "note", "is_public"]
    autocomplete_fields = ["partners"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exchange]:
        return super().get_queryset(request).prefetch_related("partners")

    @admin.display(description=_("title"), ordering="name")
    def name_text(self, exchange: Exchange) -> str:
        return str(exchange)

    @admin.display(description=_("date"), ordering="happened_on")
    def happened_text(self, exchange: Exchange) -> str:
        return exchange.happened_text or "–"

    @admin.display(description=_("partners"))
    def partner_names(self, exchange: Exchange) -> str:
        return pgettext("between names in a list", ", ").join(str(partner) for partner in exchange.partners.all())
