"""The reasons officers choose from, kept by the division head."""

from django.contrib import admin

from enterprises.models import KeptReason
from shenyang_fao.core.admin_base import BilingualAdmin


@admin.register(KeptReason)
class KeptReasonAdmin(BilingualAdmin):
    """One that was used is switched off: the database keeps it from being deleted."""

    list_display = ["text", "use", "position", "is_active"]
    list_filter = ["use", "is_active"]
    search_fields = ["text_zh_hans", "text_en"]
    fields = (
        ("use", "position", "is_active"),
        "slug",
        ("text_zh_hans", "text_en"),
        ("remedy_zh_hans", "remedy_en"),
    )
