"""Agreements in the back office: what was signed, and its private text."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget

from shenyang_fao.core import files
from shenyang_fao.core.admin_base import BilingualAdmin, Doors, signed_in
from shenyang_fao.core.admin_forms import PartialDateField, SourcedForm
from sister_cities.actions import papers
from sister_cities.admin import tags
from sister_cities.models import Agreement


class AgreementForm(SourcedForm):
    signed = PartialDateField(label=_("date of signature"))
    upload = forms.FileField(
        label=_("File of the text"),
        required=False,
        help_text=_(
            "PDF, JPEG, PNG or WebP. It stays private, takes the place of the earlier one, and each opening is recorded."
        ),
        widget=UnfoldAdminFileFieldWidget,
    )

    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"signed": ("signed_on", "signed_precision")}
    places: ClassVar[dict[str, str]] = {
        "agreement_public_has_source": "source",
        "agreement_date_with_precision": "signed",
    }

    class Meta:
        model = Agreement
        fields: ClassVar[list[str]] = ["tie", "valid_until"]  # the page names the others

    def clean_upload(self) -> tuple[bytes, str, str] | None:
        """Return the checked bytes, their media type and the name; None when no file was chosen."""
        upload = self.cleaned_data["upload"]
        return (*files.check_upload(upload), upload.name) if upload else None

    def clean(self) -> Any:
        cleaned = super().clean()
        found = self.cleaned_data
        signed_on = found.get("signed", (None,))[0]
        if signed_on and found.get("valid_until") and found["valid_until"] < signed_on:
            self.add_error("valid_until", str(_("This day lies before the signature.")))
        return cleaned

    def clean_tie(self) -> Any:
        tie = self.cleaned_data["tie"]
        if self.instance.pk and tie.pk != self.instance.tie_id:
            raise ValidationError(_("An agreement stays with its tie."))
        return tie


@admin.register(Agreement)
class AgreementAdmin(Doors, BilingualAdmin):  # type: ignore[misc]
    """Reached from the page of a tie."""

    form = AgreementForm
    list_display = ["name_zh_hans", "name_en", "tie", "kind", "signed", "valid_until", "public_tag"]
    list_filter = ["kind", "valid_until", "is_public"]
    list_select_related = ["tie__partner"]
    search_fields = ["name_zh_hans", "name_en", "tie__partner__name_zh_hans", "tie__partner__name_en"]
    autocomplete_fields = ["tie"]
    readonly_fields = ["text"]
    fields = [
        ("tie", "kind"),
        ("name_zh_hans", "name_en"),
        ("signed", "valid_until"),
        ("signatories_zh_hans", "signatories_en"),
        ("summary_zh_hans", "summary_en"),
        ("text", "upload"),
        "source",
        ("source_grade", "is_public"),
        "note",
    ]

    def get_urls(self) -> list[URLPattern]:
        return [self.door("<int:pk>/file/", self.file, "file", reads=True), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("upload"):
            data, media_type, name = form.cleaned_data["upload"]
            papers.file_text(obj.pk, data=data, media_type=media_type, name=name, by=signed_in(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        papers.delete_agreement(obj, by=signed_in(request))

    def response_add(self, request: HttpRequest, obj: Agreement, post_url_continue: str | None = None) -> HttpResponse:
        return _to_tie(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Agreement) -> HttpResponse:
        return _to_tie(request, obj, super().response_change(request, obj))

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the text; who opened it is recorded."""
        agreement = self.seen(request, pk)
        if agreement.file is None:
            raise Http404
        return files.hand_out(agreement.file, by=signed_in(request))

    @admin.display(description=_("date of signature"), ordering="signed_on")
    def signed(self, agreement: Agreement) -> str:
        return agreement.signed_text or "–"

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, agreement: Agreement) -> str:
        return tags.public(agreement)

    @admin.display(description=_("text of the agreement"))
    def text(self, agreement: Agreement) -> str:
        if not agreement.pk or agreement.file is None:
            return "–"
        link = reverse("admin:sister_cities_agreement_file", args=[agreement.pk])
        words = '<a class="underline" href="{}" target="_blank" rel="noopener">{}</a>'
        return format_html(words, link, agreement.file.original_name)


def _to_tie(request: HttpRequest, agreement: Agreement, usual: HttpResponse) -> HttpResponse:
    """After saving the officer goes on where the agreement was reached from; other buttons lead where they usually do."""
    if {"_continue", "_addanother", "_popup"}.isdisjoint(request.POST):
        return redirect("admin:sister_cities_tie_change", agreement.tie_id)
    return usual
