"""What came of the events, and who follows it up: the list behind the number on the start page."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from delegations.events.admin import tags
from delegations.events.admin.filters import OverdueFilter
from delegations.events.admin.forms import OutcomeForm
from delegations.events.models import EventOutcome
from shenyang_fao.core.admin_base import BilingualAdmin
from sister_cities.admin import tags as source_tags


@admin.register(EventOutcome)
class EventOutcomeAdmin(BilingualAdmin):
    """An outcome is added on the page of its event."""

    form = OutcomeForm
    list_display = ["name_text", "event", "kind", "officer", "due_on", "state_tag", "public_tag"]
    list_filter = [OverdueFilter, "state", "kind", "is_public"]
    list_select_related = ["event", "officer"]
    search_fields = ["name_zh_hans", "name_en", "event__name_zh_hans", "event__name_en"]
    autocomplete_fields = ["partner"]
    readonly_fields = ["event"]
    fields = [
        "event",
        ("name_zh_hans", "name_en"),
        ("detail_zh_hans", "detail_en"),
        ("kind", "is_public"),
        ("partner", "tie"),
        ("officer", "due_on"),
        ("state", "done_on"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("outcome"), ordering="name")
    def name_text(self, outcome: EventOutcome) -> str:
        return str(outcome)

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, outcome: EventOutcome) -> SafeString:
        return tags.outcome(outcome)

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, outcome: EventOutcome) -> SafeString:
        return source_tags.public(outcome)
