"""The page of one partner."""

from datetime import date

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from modeltranslation.utils import build_localized_fieldname

from sister_cities.anniversaries import Anniversary, next_of
from sister_cities.clocks import local_time
from sister_cities.compass import dials
from sister_cities.models import Agreement, Award, Edition, Exchange, Partner, Tie
from sister_cities.registry import panels_of, timeline_of


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one partner: its ties, what happened with it, where it lies, and its neighbours in the list."""
    partner = get_object_or_404(_with_records(), slug=slug)
    ties = list(partner.ties.all())
    today = timezone.localdate()
    anniversary = _next_anniversary(ties, today)
    context = {
        "partner": partner,
        "other_names": _other_names(partner),
        "ties": ties,
        "awards": partner.awards.all(),
        "dial": dials.single(partner, level=ties[0].level),
        "local_time": local_time(partner.time_zone),
        "anniversary": anniversary,
        "anniversary_days": anniversary.days_from(today) if anniversary else None,
        "panels": panels_of(partner),
        "timeline": timeline_of(partner),
        **_neighbours(partner),
    }
    return render(request, "sister_cities/detail.html", context)


def _with_records() -> QuerySet[Partner]:
    """Return the partners that have a page, each with its public records, highest level first."""
    ties = Tie.objects.public().select_related("local", "partner").by_rank()
    agreements = Agreement.objects.public().order_by("signed_on", "pk")
    found = Partner.objects.public()
    found = found.prefetch_related(Prefetch("ties", ties.prefetch_related(Prefetch("agreements", agreements))))
    found = found.prefetch_related(Prefetch("awards", Award.objects.public()))
    found = found.prefetch_related(Prefetch("exchanges", Exchange.objects.public()))
    return found.prefetch_related(Prefetch("editions", Edition.objects.public()))


def _next_anniversary(ties: list[Tie], today: date) -> Anniversary | None:
    coming = [found for found in (next_of(tie, today) for tie in ties) if found]
    return min(coming, key=lambda anniversary: anniversary.falls_on, default=None)


def _other_names(partner: Partner) -> list[dict[str, str]]:
    """The name in every language but the reader's, with its language for screen readers."""
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return [{"tag": code, "name": getattr(partner, build_localized_fieldname("name", code))} for code in others]


def _neighbours(partner: Partner) -> dict[str, Partner | None]:
    ties = Tie.objects.public().select_related("partner").by_rank()
    partners = list({tie.partner_id: tie.partner for tie in ties}.values())
    here = partners.index(partner)
    return {
        "previous": partners[here - 1] if here else None,
        "next": partners[here + 1] if here + 1 < len(partners) else None,
    }
