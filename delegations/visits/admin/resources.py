"""People, vehicles and rooms that a programme can book."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from delegations.visits.enums import ResourceKind
from delegations.visits.models import Resource
from shenyang_fao.core.admin_base import BilingualAdmin
from shenyang_fao.core.admin_forms import CheckedForm


class ResourceForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {"resource_user_is_a_person": "user"}

    class Meta:
        model = Resource
        fields: ClassVar[list[str]] = ["kind", "user"]  # the page names the others

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.cleaned_data.get("user") and self.cleaned_data.get("kind") != ResourceKind.PERSON:
            raise forms.ValidationError({"user": _("Only a person has an account.")})
        return cleaned


@admin.register(Resource)
class ResourceAdmin(BilingualAdmin):
    """The phone is shown to those who may change the record."""

    form = ResourceForm
    list_display = ["name_text", "kind", "user", "languages", "seats", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["user"]
    search_fields = ["name_zh_hans", "name_en", "languages"]
    search_help_text = _("Name or language")
    fields = [("kind", "is_active"), ("name_zh_hans", "name_en"), ("user", "languages"), ("seats", "phone")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resource]:
        found: QuerySet[Resource] = super().get_queryset(request)
        return found.defer("phone")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        rows = list(super().get_fields(request, obj))
        return rows if obj is None or self.has_change_permission(request, obj) else [*rows[:-1], "seats"]

    @admin.display(description=_("name"), ordering="name")
    def name_text(self, resource: Resource) -> str:
        return resource.name
