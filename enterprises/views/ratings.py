"""A company rates the service on a request that has ended, in place on its page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enterprises.actions import ratings
from enterprises.models import Company, ServiceRequest
from enterprises.views.access import for_company, person
from enterprises.views.requests import own_request, show_request
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import typed_in
from shenyang_fao.core.rating_forms import AdditionForm, RatingForm


@for_company
@require_http_methods(["GET", "POST"])
def rating(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Take the rating; what is wrong is shown on the request's page with what was typed."""
    case = own_request(request, number)
    form = RatingForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        done = _("Thank you. Your rating has been recorded.")
        return _do(request, case, lambda: ratings.rate(case.pk, **form.cleaned_data, by=person(request)), done)
    return show_request(request, company, case, rating_form=form) if form.is_bound else _back(case)


@for_company
@require_http_methods(["GET", "POST"])
def rating_addition(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Take the one addition to a rating."""
    case = own_request(request, number)
    form = AdditionForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        done = _("Your addition has been recorded.")
        return _do(request, case, lambda: ratings.add(case.pk, **form.cleaned_data, by=person(request)), done)
    return show_request(request, company, case, addition_form=form) if form.is_bound else _back(case)


def _do(request: HttpRequest, case: ServiceRequest, work: Callable[[], object], done: str) -> HttpResponse:
    try:
        work()
        messages.success(request, done)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return _back(case)


def _back(case: ServiceRequest) -> HttpResponse:
    return redirect(reverse("enterprises:request", args=[case.number]) + "#rating")
