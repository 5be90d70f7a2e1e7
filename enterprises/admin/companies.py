"""Companies in the back office: an officer compares the data with the licence, verifies or returns them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from enterprises.actions import closing
from enterprises.actions import companies as actions
from enterprises.admin import tags
from enterprises.enums import CompanyState
from enterprises.form_fields import DayField, ParkField
from enterprises.models import BarLift, Company, ServiceRequest
from shenyang_fao.core import files
from shenyang_fao.core.admin_base import DoorsAdmin, do, do_asked, moment, signed_in
from shenyang_fao.core.kept import typed_in

NEWEST_REQUESTS = 10
_RANK = Case(When(state=CompanyState.PENDING, then=Value(0)), default=Value(1), output_field=IntegerField())


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What to correct"),
        help_text=_("The company reads this."),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


class ParkForm(forms.Form):
    park = ParkField(widget=UnfoldAdminSelectWidget)


class LiftForm(forms.Form):
    """Until when a barred company may file nevertheless, and why."""

    until = DayField(label=_("Until"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Only officers read this."),
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


@admin.register(Company)
class CompanyAdmin(DoorsAdmin):
    """Those that wait for verification stand first."""

    list_display = ["name_text", "uscc", "state_tag", "contact_name", "phone", "registered"]
    list_filter = ["state", "park", "registered_at"]
    search_fields = ["name_zh_hans", "name_en", "uscc", "contact_name"]
    search_help_text = _("Name, unified social credit code or contact person")
    ordering = [_RANK.asc(), "-registered_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        return Company.objects.visible_to(signed_in(request)).order_by(*self.ordering)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("<int:pk>/verify/", self.verify, "verify", reads=True),
            self.door("<int:pk>/send-back/", self.send_back, "send_back", reads=True),
            self.door("<int:pk>/lift/", self.lift, "lift", reads=True),
            self.door("<int:pk>/park/", self.park, "park", reads=True),
            self.door("<int:pk>/licence/", self.licence, "licence", reads=True),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.show(request, self.seen(request, object_id), NoteForm())

    def show(
        self, request: HttpRequest, company: Company, form: NoteForm, lift_form: LiftForm | None = None
    ) -> HttpResponse:
        """Answer with the page of a company."""
        requests = ServiceRequest.objects.visible_to(signed_in(request)).filter(company=company)
        may_verify = request.user.has_perm("enterprises.verify_company")
        may_place = may_verify and not company.has_member(signed_in(request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": company,
            "title": str(company),
            "company": company,
            "seen": actions.mark_of(company),
            "state_tag": tags.company_state(company),
            "members": company.memberships.select_related("user"),
            "requests": [(row, tags.request_state(row)) for row in requests[:NEWEST_REQUESTS]],
            "may_verify": may_verify and company.state == CompanyState.PENDING,
            "note_form": form,
            "park_form": ParkForm(initial={"park": company.park_id}) if may_place else None,
            **_bar(company, request.user, lift_form),
        }
        return TemplateResponse(request, "admin/enterprises/company.html", context)

    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The data agree with the licence."""
        company = self.seen(request, pk)
        if request.method == "POST":
            do(
                request,
                lambda: actions.verify_company(company.pk, seen=request.POST.get("seen", ""), by=signed_in(request)),
                _("The company is verified."),
            )
        return _back(company)

    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the company to correct its data."""
        company, form = self.seen(request, pk), NoteForm(typed_in(request))

        def work() -> None:
            actions.return_company(company.pk, **form.cleaned_data, by=signed_in(request))

        is_done = do_asked(request, form, work, _("The company is asked to correct its data."))
        return self.show(request, company, form) if form.is_bound and not is_done else _back(company)

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a barred company file until a day."""
        company, form = self.seen(request, pk), LiftForm(typed_in(request))

        def work() -> None:
            closing.lift_bar(company.pk, **form.cleaned_data, by=signed_in(request))

        is_done = do_asked(request, form, work, _("The company may file until that day."))
        return self.show(request, company, NoteForm(), form) if form.is_bound and not is_done else _back(company)

    def park(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say in which park the company sits; what is no choice of the list changes nothing."""
        company, form = self.seen(request, pk), ParkForm(request.POST)

        def work() -> None:
            actions.place_company(company.pk, **form.cleaned_data, by=signed_in(request))

        do_asked(request, form, work, _("The park is saved."))
        return _back(company)

    def licence(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the business licence; who opened it is recorded."""
        company = self.seen(request, pk)
        return files.hand_out(company.licence, by=signed_in(request))

    @admin.display(description=_("company"), ordering="name_zh_hans")
    def name_text(self, company: Company) -> str:
        return str(company)

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, company: Company) -> str:
        return tags.company_state(company)

    @admin.display(description=_("registered at"), ordering="registered_at")
    def registered(self, company: Company) -> str:
        return moment(company.registered_at)


def _back(company: Company) -> HttpResponse:
    return redirect("admin:enterprises_company_change", company.pk)


def _bar(company: Company, user: Any, form: LiftForm | None) -> dict[str, object]:
    """What the page says of overdue close-outs, and the form that lets the company file nevertheless."""
    standing = closing.standing_of(company)
    is_foreign = not company.has_member(user)
    return {
        "standing": standing,
        "lifts": BarLift.objects.filter(company=company).select_related("by"),
        "may_lift": bool(standing.overdue) and is_foreign and user.has_perm(closing.LIFT),
        "lift_form": form or LiftForm(),
    }
