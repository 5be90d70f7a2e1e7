"""Who comes in: people of a company to their own records, and nobody else. What is not theirs is not found."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from enterprises.models import Company, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.kept import keep_typing, sign_in_required
from shenyang_fao.core.throttle import is_too_often

# In ten minutes, of one person: a guest with a passport every five seconds.
PAGES_WITH_FILES, WINDOW_SECONDS = 120, 600

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CompanyView = Callable[Concatenate[HttpRequest, Company, P], HttpResponse]
DraftView = Callable[Concatenate[HttpRequest, ServiceRequest, P], HttpResponse]


def person(request: HttpRequest) -> User:
    """Return who is signed in; the guards below have let nobody else in."""
    return cast(User, request.user)


def own_company(request: HttpRequest) -> Company | None:
    """Return the company the person files for."""
    return Company.objects.filter(memberships__user=person(request)).select_related("licence").first()


def not_for_officers(view: View[P]) -> View[P]:
    """Let people sign in first, and show officers the way to their own rooms."""

    @sign_in_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if person(request).is_staff and own_company(request) is None:
            return render(request, "enterprises/for_companies.html", status=403)
        if _sends_too_often(request):
            keep_typing(request)
            messages.warning(
                request, _("You have sent a great deal in a short time. Wait a few minutes, then send this again.")
            )
            return redirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def _sends_too_often(request: HttpRequest) -> bool:
    """Tell whether a person sends more pages with files, each of which is opened and drawn anew, than anybody fills in."""
    who = str(person(request).pk)
    return bool(request.FILES) and is_too_often(
        request, what="files", limit=PAGES_WITH_FILES, seconds=WINDOW_SECONDS, who=who
    )


def for_company(view: CompanyView[P]) -> View[P]:
    """Hand the person's company to the view; whoever has none yet registers it first."""

    @not_for_officers
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        company = own_company(request)
        if company is None:
            return redirect("enterprises:company")
        return view(request, company, *args, **kwargs)

    return guarded


def for_draft(view: DraftView[P]) -> Callable[..., HttpResponse]:
    """Hand a request of the person's company to the view while it may be changed; afterwards lead to its page."""

    @not_for_officers
    @wraps(view)
    def guarded(request: HttpRequest, /, key: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        case = get_object_or_404(ServiceRequest.objects.owned_by(person(request)).select_related("company"), key=key)
        if not case.is_editable:
            return closed(request, case)
        try:
            return view(request, case, *args, **kwargs)
        except NotNow as refusal:
            messages.warning(request, str(refusal))
            return redirect(case.next_step_url())

    return guarded


def closed(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Say that a request can no longer be changed, on the page where it stands now."""
    messages.info(request, _("This request has been handed in and can no longer be changed here."))
    return redirect("enterprises:request", case.number) if case.number else redirect("enterprises:request_list")
