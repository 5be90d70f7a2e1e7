"""What every page of the back office shares."""

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin

from shenyang_fao.core import audit


class BackOfficeAdmin(ModelAdmin):
    """A list and a form whose changes are signed by the officer who makes them."""

    compressed_fields = True
    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        audit.sign(request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        audit.sign(request.user)  # type: ignore[arg-type]
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        self._delete_all(by=request.user, queryset=queryset)

    @staticmethod
    @audit.action
    def _delete_all(*, by: Any, queryset: QuerySet[Model]) -> None:
        queryset.delete()


class BilingualAdmin(BackOfficeAdmin, TranslationAdmin):
    """A form with both languages side by side; name the rows in ``fieldsets``."""


class ReadOnlyAdmin(BackOfficeAdmin):
    """Records that the system writes and officers only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
