"""What the public reads of the events: what is coming, the record by year, and both counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.events.enums import EventKind
from delegations.events.models import Event, Series
from shenyang_fao.core.charts import Chart, chart
from shenyang_fao.core.directory import Choice, Filters, choice

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Facet:
    """By what an event is found and counted; no year for one of unknown date."""

    kind: str
    year: int | None
    series: int | None


class EventFilters(Filters):
    """Filters by kind, year and series."""

    kind = choice(gettext_lazy("Kind"))
    year = choice(gettext_lazy("Year"))
    series = choice(gettext_lazy("Series"))

    def narrowed(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Return those of the events that the reader asks for, with their series."""
        columns = {"kind": "kind", "series": "series__slug"}
        asked = {columns[name]: value for name, value in self.asked.items() if name in columns}
        if year := self.asked.get("year"):
            asked |= {"starts_on__isnull": True} if year == UNKNOWN else {"starts_on__year": int(year)}  # type: ignore[dict-item]
        return events.filter(**asked).select_related("series")


def facets() -> list[Facet]:
    """Return what every public event is counted by."""
    rows = Event.objects.public().order_by().values_list("kind", "starts_on__year", "series")
    return [Facet(kind, year, series) for kind, year, series in rows]


def public_series() -> list[Series]:
    """Return the public series by their name in the reader's language."""
    return sorted(Series.objects.public(), key=lambda series: series.name)


def offers(found: Sequence[Facet], series: Sequence[Series]) -> dict[str, list[Choice]]:
    """Return the kinds, years and series that lead to an event."""
    kinds, used = {facet.kind for facet in found}, {facet.series for facet in found}
    return {
        "kind": [(kind.value, kind.label) for kind in EventKind if kind.value in kinds],
        "year": [(_key(year), _year_text(year)) for year in _years(found)],
        "series": [(one.slug, one.name) for one in series if one.pk in used],
    }


def coming(limit: int | None = None) -> QuerySet[Event]:
    """Return the public events that are announced and not over, the nearest first; not more than so many."""
    found = Event.objects.public().coming(timezone.localdate()).select_related("series")
    return found[:limit] if limit else found


def recorded() -> QuerySet[Event]:
    """Return the public events that are not coming, newest first, those of unknown date last."""
    ahead = Event.objects.coming(timezone.localdate()).order_by().values("pk")
    return Event.objects.public().exclude(pk__in=ahead).order_by(F("starts_on").desc(nulls_last=True), "-pk")


def charts(found: Sequence[Facet]) -> list[Chart]:
    """Return the public events by year and by kind; none while there is none."""
    return [by_year(found), by_kind(found)] if found else []


def by_year(found: Sequence[Facet]) -> Chart:
    """Count the years, the newest first; unknown dates come last."""
    counts = Counter(facet.year for facet in found)
    rows = [(_year_text(year), f"year={_key(year)}", [counts[year]]) for year in _years(found)]
    return chart("year", _("Events by year"), rows, series=[_("Events")])


def by_kind(found: Sequence[Facet]) -> Chart:
    """Count the kinds, in their order."""
    counts = Counter(facet.kind for facet in found)
    rows = [(str(kind.label), f"kind={kind.value}", [counts[kind.value]]) for kind in EventKind if kind.value in counts]
    return chart("kind", _("Events by kind"), rows, series=[_("Events")])


def _years(found: Sequence[Facet]) -> list[int | None]:
    return sorted({facet.year for facet in found}, key=lambda year: year or 0, reverse=True)


def _key(year: int | None) -> str:
    return str(year) if year else UNKNOWN


def _year_text(year: int | None) -> str:
    return str(year) if year else _("date not confirmed")
