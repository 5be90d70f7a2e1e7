"""Home, the pages about the site itself, and the switch for large type."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from delegations.events.record import coming
from shenyang_fao.core.figures import beside
from shenyang_fao.core.redirects import way_back
from shenyang_fao.portal.context_processors import DISPLAY_COOKIE, LARGE
from shenyang_fao.portal.specimens import specimens
from sister_cities.compass import dials
from sister_cities.models import Tie
from sister_cities.statistics import level_figures

_YEAR = 60 * 60 * 24 * 365
_FIGURES = {
    "friend_countries": _("Countries with city ties"),
    "invited_foreigners": _("Foreign guests given invitation letters"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the office does for whom, its key figures and the compass."""
    ties = list(Tie.objects.public().select_related("partner").by_rank())
    held = {"friend_countries": len({tie.partner.country.code for tie in ties}), "invited_foreigners": None}
    countries, invited = beside(held, _FIGURES)
    context = {
        "figures": level_figures(tie.level for tie in ties),
        "countries": countries if countries.published else None,
        "invited": invited if invited.published else None,
        "dial": dials.world(ties),
        "coming": coming(limit=3),
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


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state to people who build pages: anybody on a demonstration machine, else officers.

    Raises Http404 for everybody else: to the public there is no such page.
    """
    if not (settings.EMBEDDED or settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "portal/components.html", specimens(request.GET))


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead officers to the back office and companies to their requests."""
    return redirect("admin:index" if request.user.is_staff else "enterprises:request_list")


# A stranger's page could at worst enlarge the reader's type; without a token, pages stay free of cookies.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the type size asked for and go back to the page the reader came from."""
    answer = redirect(way_back(request, otherwise=reverse("portal:home")))
    if request.POST.get("display") == LARGE:
        answer.set_cookie(DISPLAY_COOKIE, LARGE, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.IS_HTTPS)
    else:
        answer.delete_cookie(DISPLAY_COOKIE, samesite="Lax")
    return answer
