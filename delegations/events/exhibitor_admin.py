"""The applications of companies for booths: an officer selects or declines."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from delegations.events import exhibiting
from delegations.events.enums import ApplicationState
from delegations.events.exhibitor_forms import DecisionForm
from delegations.events.signups import Exhibitor
from shenyang_fao.core.admin_base import DoorsAdmin, do_asked, moment, signed_in, tag
from shenyang_fao.core.kept import take_typing

A = ApplicationState
TONES = {A.APPLIED: "info", A.SELECTED: "ok", A.DECLINED: "stop", A.WITHDRAWN: "plain"}


def state_tag(row: Exhibitor) -> SafeString:
    """Return the state of an application as a label."""
    state = ApplicationState(row.state)
    return tag(state.label, TONES[state])


@admin.register(Exhibitor)
class ExhibitorAdmin(DoorsAdmin):
    """The oldest application of the newest event first."""

    list_display = ["company_name", "event_name", "state_text", "applied", "decided_by"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter), "state"]
    list_select_related = ["company", "event", "decided_by"]
    search_fields = ["company__name_zh_hans", "company__name_en", "products"]
    search_help_text = _("Company or products")
    ordering = ["-event__starts_on", "event", "applied_at"]

    def get_urls(self) -> list[URLPattern]:
        decide = self.decide
        return [
            self.door("<int:pk>/select/", partial(decide, ApplicationState.SELECTED), "select", reads=True),
            self.door("<int:pk>/decline/", partial(decide, ApplicationState.DECLINED), "decline", reads=True),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.show(request, self.seen(request, object_id))

    def show(
        self, request: HttpRequest, row: Exhibitor, state: str = "", form: DecisionForm | None = None
    ) -> HttpResponse:
        """Answer with the page of an application; a form that was sent stands at its own button."""
        is_alive = row.state != ApplicationState.WITHDRAWN
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": str(row),
            "row": row,
            "state_tag": state_tag(row),
            "booths_left": exhibiting.booths_left(row.event),
            "may_decide": is_alive and request.user.has_perm(exhibiting.DECIDE),
            "select_form": form if form and state == ApplicationState.SELECTED else DecisionForm(),
            "decline_form": form if form and state == ApplicationState.DECLINED else DecisionForm(),
        }
        response = TemplateResponse(request, "admin/delegations/exhibitor.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def decide(self, state: ApplicationState, request: HttpRequest, pk: int) -> HttpResponse:
        """Select a company or decline it."""
        row = self.seen(request, pk)
        form = DecisionForm(request.POST if request.method == "POST" else take_typing(request))

        def work() -> object:
            reason = form.cleaned_data["reason"]
            return exhibiting.decide(row.pk, state=state, reason=reason, by=signed_in(request))

        if do_asked(request, form, work, _("Decided; the company is told.")) or not form.is_bound:
            return redirect("admin:delegations_exhibitor_change", row.pk)
        return self.show(request, row, state.value, form)

    @admin.display(description=_("company"), ordering="company__name_zh_hans")
    def company_name(self, row: Exhibitor) -> str:
        return str(row.company)

    @admin.display(description=_("event"), ordering="event__starts_on")
    def event_name(self, row: Exhibitor) -> str:
        return str(row.event)

    @admin.display(description=_("state"), ordering="state")
    def state_text(self, row: Exhibitor) -> str:
        return state_tag(row)

    @admin.display(description=_("applied at"), ordering="applied_at")
    def applied(self, row: Exhibitor) -> str:
        return moment(row.applied_at)
