"""A company's exhibitions: the calls, its applications and what became of them. What is not its own is not found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations.events import exhibiting
from delegations.events.enums import ApplicationState
from delegations.events.exhibitor_forms import ExhibitorForm
from delegations.events.offer import has_begun
from delegations.events.signups import Exhibitor
from enterprises.company_doors import for_company, person
from enterprises.models import Company
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import take_typing

TONES = {
    ApplicationState.APPLIED: "progress",
    ApplicationState.SELECTED: "ok",
    ApplicationState.DECLINED: "stop",
    ApplicationState.WITHDRAWN: "",
}


@for_company
@require_safe
def exhibitions(request: HttpRequest, company: Company) -> HttpResponse:
    """List the applications of the company and the calls it can answer."""
    own = list(company.exhibitions.select_related("event").order_by("-pk"))
    applied = {row.event_id for row in own if row.state != ApplicationState.WITHDRAWN}
    context = {
        "company": company,
        "rows": [
            {"row": row, "tone": TONES[ApplicationState(row.state)], "may_withdraw": _is_alive(row)} for row in own
        ],
        "calls": [event for event in exhibiting.open_calls() if event.pk not in applied],
    }
    return render(request, "delegations/exhibitor_list.html", context)


@for_company
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, company: Company, slug: str) -> HttpResponse:
    """Take an application for the company."""
    event = get_object_or_404(exhibiting.open_calls(), slug=slug)
    typed = request.POST if request.method == "POST" else take_typing(request)
    form = ExhibitorForm(typed, initial={"contact": f"{company.contact_name}, {company.phone}"})
    if request.method == "POST" and form.is_valid():
        try:
            exhibiting.apply(event.pk, company=company, application=form.application, by=person(request))
            messages.success(request, _("Your application has been received. The office decides after the deadline."))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect("exhibitions:list")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "event": event, "company": company}
    return render(request, "delegations/exhibitor_apply.html", context, status=status)


@for_company
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, company: Company, pk: int) -> HttpResponse:
    """Ask whether to withdraw an application of the company, and withdraw it."""
    row = get_object_or_404(company.exhibitions.select_related("event"), pk=pk)
    if request.method != "POST":
        return render(request, "delegations/exhibitor_withdraw.html", {"row": row})
    try:
        exhibiting.withdraw(row.pk, by=person(request))
        messages.success(request, _("The application has been withdrawn."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("exhibitions:list")


def _is_alive(row: Exhibitor) -> bool:
    return row.state in (ApplicationState.APPLIED, ApplicationState.SELECTED) and not has_begun(row.event)
