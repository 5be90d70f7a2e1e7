"""The doors of a consent on the page of a case: ask, send the link again, withdraw."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from enterprises.actions import consent as actions
from enterprises.admin.case_page import Typed, show_case
from enterprises.admin.consent_panel import ConsentForm
from shenyang_fao.core.admin_base import do, do_asked, signed_in
from shenyang_fao.core.kept import typed_in


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the doors; ``page`` is the admin of requests, which guards them."""
    again = partial(_press, actions.ask_again, _("A new link is being sent; the old one no longer works."))
    withdraw = partial(_press, actions.withdraw, _("The consent is no longer asked for."))
    return [
        page.door("<int:pk>/consent/", partial(ask, page), "consent_ask", reads=True),
        page.door("<int:pk>/consent/<int:consent>/again/", partial(again, page), "consent_again", reads=True),
        page.door("<int:pk>/consent/<int:consent>/withdraw/", partial(withdraw, page), "consent_withdraw", reads=True),
    ]


def ask(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a unit for its consent."""
    case = page.seen(request, pk)
    form = ConsentForm(typed_in(request))

    def work() -> None:
        actions.ask(case.pk, unit=form.cleaned_data["unit"], contact=form.contact, by=signed_in(request))

    if do_asked(request, form, work, _("The unit is asked; the link is being sent.")):
        return redirect("admin:enterprises_servicerequest_change", case.pk)
    if not form.is_bound:
        return redirect("admin:enterprises_servicerequest_change", case.pk)
    return show_case(page, request, case, Typed(consent=form))


def _press(
    action: Callable[..., object], done: LazyText, page: Any, request: HttpRequest, pk: int, consent: int
) -> HttpResponse:
    """A button without a form, on one consent of this case."""
    case = page.seen(request, pk)
    if not case.consents.filter(pk=consent).exists():
        raise Http404
    if request.method == "POST":
        do(request, lambda: action(consent, by=signed_in(request)), done)
    return redirect("admin:enterprises_servicerequest_change", case.pk)
