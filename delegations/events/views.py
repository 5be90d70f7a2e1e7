"""The public pages of events and their series."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from delegations.events import record
from delegations.events.enums import EventState
from delegations.events.exhibiting import exhibitor_panel
from delegations.events.matrix import matrix_panel
from delegations.events.models import Event, EventDocument, EventOutcome, Series
from delegations.events.offer import sign_up_panel
from shenyang_fao.core import files
from shenyang_fao.core.bilingual import written_only_in
from shenyang_fao.core.charts import csv_named
from shenyang_fao.core.directory import page_of
from shenyang_fao.core.subscriptions import subscribe_urls
from sister_cities.models import Edition, Partner


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Show what is coming, the series, and the record by year, as the filters ask."""
    held, series = record.facets(), record.public_series()
    filters = record.EventFilters(request.GET, offers=record.offers(held, series))
    context = {
        "filters": filters,
        "coming": filters.narrowed(record.coming()),
        "page": page_of(filters.narrowed(record.recorded()), request.GET),
        "series": series,
        "charts": record.charts(held),
        **subscribe_urls("events"),
    }
    return render(request, "delegations/events.html", context)


@require_safe
def events_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with one chart as a file for programs."""
    return csv_named(key, record.charts(record.facets()))


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event: when and where, who speaks, what came of it, and which source says so."""
    found = get_object_or_404(_with_parts(), slug=slug)
    context = {
        "event": found,
        "days": found.agenda.all(),
        "partners": Partner.objects.with_page().filter(events=found),
        "only_in": _only_in(found, "summary", "venue", "address", "hosts"),
        "ends_next_day": found.ends_at and found.last_day and found.ends_at.date() > found.last_day,
        "calendar_url": _calendar_url(found),
        **sign_up_panel(found),
        **exhibitor_panel(found),
    }
    return render(request, "delegations/event.html", context)


@require_safe
def event_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give out the file of a public document of a public event."""
    public = EventDocument.objects.filter(is_public=True, event__is_public=True, file__isnull=False)
    found = get_object_or_404(public.select_related("file"), pk=pk, event__slug=slug)
    if found.file is None:
        raise Http404
    return files.give_out(found.file)


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one series with what is coming and its editions so far."""
    found = get_object_or_404(Series.objects.public(), slug=slug)
    context = {
        "series": found,
        "coming": record.coming().filter(series=found),
        "page": page_of(record.recorded().filter(series=found).select_related("series"), request.GET),
        "editions": Edition.objects.public() if found.shows_editions else [],
        "only_in": _only_in(found, "summary"),
        **(matrix_panel(found) if found.has_matrix else {}),
        **subscribe_urls("event_series", slug=slug),
    }
    return render(request, "delegations/series.html", context)


def _with_parts() -> QuerySet[Event]:
    """Return the public events with what their pages show."""
    found = Event.objects.public().select_related("series").prefetch_related("agenda", "speakers", "units")
    outcomes = EventOutcome.objects.public().prefetch_related(Prefetch("partner", Partner.objects.with_page()))
    papers = EventDocument.objects.filter(is_public=True).select_related("file")
    return found.prefetch_related(Prefetch("outcomes", outcomes), Prefetch("documents", papers))


def _only_in(found: Event | Series, *fields: str) -> str:
    """Return the name of the language that a text of the page falls back on, if any."""
    code = written_only_in(found, *fields)
    return str(get_language_info(code)["name_translated"]) if code else ""


def _calendar_url(found: Event) -> str:
    """Return the address with which a reader takes the event into a calendar; empty for one without a day, or cancelled."""
    if found.last_day is None or found.state not in (EventState.ANNOUNCED, EventState.HELD):
        return ""
    return reverse("event_calendar", kwargs={"slug": found.slug, "language": get_language()})
