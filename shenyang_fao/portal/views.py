"""Home, the pages about the site itself, and the switch for large type."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from shenyang_fao.core.models import PublishedFigure
from shenyang_fao.portal.context import DISPLAY_COOKIE, LARGE
from sister_cities.compass import dials
from sister_cities.models import Tie
from sister_cities.overview import level_counts

_YEAR = 60 * 60 * 24 * 365
_FIGURES = ["friend_countries", "invited_foreigners"]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the office does for whom, its key figures and the compass."""
    ties = list(Tie.objects.public().select_related("partner").by_rank())
    figures = PublishedFigure.objects.in_bulk(_FIGURES, field_name="key")
    context = {
        "counts": level_counts(tie.level for tie in ties),
        "countries": figures.get("friend_countries"),
        "countries_held": len({tie.partner.country.code for tie in ties}),
        "invited": figures.get("invited_foreigners"),
        "dial": dials.world(ties),
    }
    return render(request, "portal/home.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"notice_days": settings.NOTICE_KEPT_DAYS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/site_map.html")


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead officers to the back office and companies to their requests."""
    return redirect("admin:index" if request.user.is_staff else "enterprises:request_list")


# A stranger's page could at worst enlarge the reader's type; without a token, pages stay free of cookies.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the type size asked for and go back to the page the reader came from."""
    answer = redirect(_way_back(request))
    if request.POST.get("display") == LARGE:
        answer.set_cookie(DISPLAY_COOKIE, LARGE, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.IS_HTTPS)
    else:
        answer.delete_cookie(DISPLAY_COOKIE, samesite="Lax")
    return answer


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_ours else reverse("portal:home")
