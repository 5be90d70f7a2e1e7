"""What came of the visits, and what of it is still to be followed up."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from delegations.enums import OutcomeState
from delegations.visits.models import VisitOutcome
from shenyang_fao.core.admin_base import BilingualAdmin, code, tag
from shenyang_fao.core.admin_forms import CheckedForm

TONES = {OutcomeState.OPEN: "info", OutcomeState.DONE: "ok"}


class OutcomeForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {
        "visitoutcome_done_has_its_day": "done_on",
        "visitoutcome_due_has_an_owner": "officer",
    }

    class Meta:
        model = VisitOutcome
        fields: ClassVar[list[str]] = ["done_on", "officer"]  # the page names the others


class OverdueFilter(admin.SimpleListFilter):
    title = _("follow-up")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.overdue() if self.value() else queryset


@admin.register(VisitOutcome)
class VisitOutcomeAdmin(BilingualAdmin):
    form = OutcomeForm
    list_display = ["name_text", "visit", "kind", "state_tag", "due_text", "officer", "is_public"]
    list_filter = ["state", OverdueFilter, "kind", "officer", "is_public"]
    list_select_related = ["visit", "officer"]
    search_fields = ["name_zh_hans", "name_en", "visit__name_zh_hans", "visit__name_en"]
    search_help_text = _("Outcome or delegation")
    autocomplete_fields = ["visit", "partner"]
    fields = [
        ("visit", "kind"),
        ("name_zh_hans", "name_en"),
        ("detail_zh_hans", "detail_en"),
        ("partner", "tie"),
        ("officer", "due_on"),
        ("state", "done_on"),
        "is_public",
    ]

    @admin.display(description=pgettext_lazy("visit or event", "outcome"), ordering="name")
    def name_text(self, outcome: VisitOutcome) -> str:
        return outcome.name

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, outcome: VisitOutcome) -> SafeString:
        return outcome_tag(outcome)

    @admin.display(description=pgettext_lazy("outcome", "follow-up due on"), ordering="due_on")
    def due_text(self, outcome: VisitOutcome) -> SafeString:
        return code(outcome.due_on.isoformat() if outcome.due_on else "–")


def outcome_tag(outcome: VisitOutcome) -> SafeString:
    """Return the state in words; what is past its day says so."""
    if outcome.is_overdue:
        return tag(_("overdue"), "stop")
    return tag(outcome.get_state_display(), TONES.get(OutcomeState(outcome.state), "plain"))
