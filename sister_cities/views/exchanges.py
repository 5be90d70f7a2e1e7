"""The photo and film exchange, and the record of documented exchanges."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shenyang_fao.core.byte_ranges import respond_in_parts
from shenyang_fao.core.directory import page_of
from sister_cities.exchange_record import RecordFilters, offers, programme_figures
from sister_cities.models import Edition, EditionPicture, Film, Partner

# A film's address names one file for ever; an unpublished edition closes it for whoever has not fetched it yet.
CACHING = "public, max-age=86400"


@require_safe
def exchanges(request: HttpRequest) -> HttpResponse:
    """Show the programme with its editions, and the documented exchanges that the filters ask for."""
    filters = RecordFilters(request.GET, offers=offers())
    context = {
        "filters": filters,
        "page": page_of(filters.exchanges(), request.GET),
        "editions": Edition.objects.public(),
        "figures": programme_figures(),
    }
    return render(request, "sister_cities/exchanges.html", context)


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one edition: who took part, its pictures and its films."""
    found = get_object_or_404(Edition.objects.public(), slug=slug)
    context = {
        "edition": found,
        "partners": Partner.objects.with_page().filter(editions=found),
        "pictures": _pictures(found),
        "films": found.films.select_related("edition", "partner"),
    }
    return render(request, "sister_cities/edition.html", context)


@require_safe
def edition_picture(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Show one picture as large as the window, with the way to its neighbours."""
    pictures = _pictures(get_object_or_404(Edition.objects.public(), slug=slug))
    here = next((index for index, entry in enumerate(pictures) if entry.picture.key == key), None)
    if here is None:
        raise Http404
    context = {
        "edition": pictures[here].edition,
        "entry": pictures[here],
        "number": here + 1,
        "total": len(pictures),
        "previous": pictures[here - 1] if here else None,
        "next": pictures[here + 1] if here + 1 < len(pictures) else None,
    }
    return render(request, "sister_cities/edition_picture.html", context)


@require_safe
def film(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Give out a film of a public edition, whole or in the part that the browser asks for."""
    found = get_object_or_404(Film.objects.exclude(file=""), pk=pk, edition__slug=slug, edition__is_public=True)
    response = respond_in_parts(request, found.file.open("rb"), media_type=found.media_type)
    response["Cache-Control"] = CACHING
    return response


def _pictures(edition: Edition) -> list[EditionPicture]:
    return list(edition.pictures.shown().with_all())
