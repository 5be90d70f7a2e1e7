"""The public directory of sister cities."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from modeltranslation.utils import build_localized_fieldname

from sister_cities import dials
from sister_cities.forms import DirectoryForm
from sister_cities.models import Partner, Tie
from sister_cities.overview import level_counts


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the public ties, with the filters and the order of the query string."""
    form = DirectoryForm(request.GET)
    ties = form.ties()
    context = {
        "form": form,
        "ties": ties,
        "counts": level_counts(),
        "dials": [dials.world(ties), dials.near(ties)],
    }
    return render(request, "sister_cities/index.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one city with its public ties and the way to its neighbours in the list."""
    city = get_object_or_404(Partner, slug=slug, pk__in=Tie.objects.public().values("partner"))
    context = {
        "city": city,
        "other_names": _other_names(city),
        "ties": city.ties.public().by_rank(),
        **_neighbours(city),
    }
    return render(request, "sister_cities/detail.html", context)


def _other_names(city: Partner) -> list[dict[str, str]]:
    """The name in every language but the reader's, with its language for screen readers."""
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return [{"tag": code, "name": getattr(city, build_localized_fieldname("name", code))} for code in others]


def _neighbours(city: Partner) -> dict[str, Partner | None]:
    ties = Tie.objects.public().select_related("partner").by_rank()
    cities = list({tie.partner_id: tie.partner for tie in ties}.values())
    here = cities.index(city)
    return {
        "previous": cities[here - 1] if here else None,
        "next": cities[here + 1] if here + 1 < len(cities) else None,
    }
