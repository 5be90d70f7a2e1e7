"""The company's home and its registration."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enterprises.actions import companies
from enterprises.actions.closing import standing_of
from enterprises.forms import CompanyForm, taken
from enterprises.kinds import all_kinds
from enterprises.models import ServiceRequest
from enterprises.views.access import not_for_officers, own_company, person
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.files import Scan
from shenyang_fao.core.kept import typed_in

NEWEST = 5


@not_for_officers
@require_safe
def company(request: HttpRequest) -> HttpResponse:
    """Show what the company can do next: register, wait, correct, or file."""
    own = own_company(request)
    cases = ServiceRequest.objects.owned_by(person(request)).listed()[:NEWEST] if own else []
    standing = standing_of(own) if own else None
    context = {"company": own, "cases": cases, "kinds": all_kinds(), "standing": standing}
    return render(request, "enterprises/company.html", context)


@not_for_officers
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register the company, or correct what an officer has not verified yet."""
    own = own_company(request)
    if own and own.is_verified:
        messages.info(request, _("The office has verified this company. Write to the office to change its data."))
        return redirect("enterprises:company")
    typed = typed_in(request)
    form = CompanyForm(own, typed, request.FILES if typed is not None else None)
    if request.method == "POST" and form.is_valid() and _hand_in(request, form):
        return redirect("enterprises:company")
    return render(request, "enterprises/register.html", {"form": form, "company": own})


def _hand_in(request: HttpRequest, form: CompanyForm) -> bool:
    try:
        _save(form, by=person(request))
    except IntegrityError:
        # Two people registered at the same moment, or one clicked twice.
        form.add_error("uscc", taken())
        return own_company(request) is not None
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return True
    messages.success(request, _("We have received your registration. An officer compares it with the licence."))
    return True


def _save(form: CompanyForm, *, by: User) -> None:
    scan: Scan | None = form.cleaned_data["licence"]
    if form.company:
        licence = scan.store(by=by) if scan else None
        companies.correct_company(form.company.pk, data=form.cleaned_data, licence=licence, by=by)
    elif scan:
        companies.register_company(data=form.cleaned_data, licence=scan.store(by=by), by=by)
