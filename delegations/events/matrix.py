"""The table of the Five Visits, Five Deliveries (五进五送): where the office went, what it brought, and whom it reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from delegations.events.enums import DeliveryKind, PlaceKind
from delegations.events.models import Delivery, Series


@dataclass(frozen=True)
class Cell:
    """How often something was brought to a kind of place, how many people it reached, and the list of it."""

    title: str
    count: int
    people: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A kind of place with a cell for each delivery, and their sum."""

    title: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """The whole table of a year, or of all years; the sums below its columns stand in ``totals``."""

    lines: list[Line]
    totals: Line
    headings: list[str]
    years: list[int]
    year: int | None


def matrix_panel(series: Series, year: int | None = None) -> dict[str, object]:
    """Return the context of `delegations/matrix_panel.html`: two queries."""
    return {"series": series, "matrix": matrix_of(series, year)}


def matrix_of(series: Series, year: int | None = None) -> Matrix:
    """Count the deliveries of a series' public events."""
    rows = public_deliveries(series)
    years = [found.year for found in rows.order_by().dates("on", "year", order="DESC")]
    in_year = rows.filter(on__year=year) if year else rows
    counted = in_year.order_by().values_list("place_kind", "kind").annotate(Count("pk"), Sum("people"))
    found = {(place, kind): (count, people or 0) for place, kind, count, people in counted}
    lines = [_line(series, PlaceKind(place), found, year) for place in PlaceKind]
    headings = [capfirst(str(kind.label)) for kind in DeliveryKind]
    columns = [_sum(heading, [line.cells[at] for line in lines]) for at, heading in enumerate(headings)]
    title = capfirst(_("together"))
    totals = Line(title, columns, _sum(title, columns))
    return Matrix(lines, totals, headings, years, year)


def public_deliveries(series: Series) -> QuerySet[Delivery]:
    """Return what was brought at a series' events that the public may read."""
    return Delivery.objects.filter(event__series=series, event__is_public=True).select_related("event")


def table_rows(matrix: Matrix) -> Iterator[list[str | int]]:
    """Yield the table as rows of a file, counts and people beside each other."""
    heads = [name for title in matrix.headings for name in (title, _("%(name)s: people") % {"name": title})]
    yield [_("Taken to"), *heads, matrix.totals.title, capfirst(_("people together"))]
    for line in (*matrix.lines, matrix.totals):
        yield [line.title, *(number for cell in (*line.cells, line.total) for number in (cell.count, cell.people))]


def _line(series: Series, place: PlaceKind, found: dict[tuple[str, str], tuple[int, int]], year: int | None) -> Line:
    cells = []
    for kind in DeliveryKind:
        count, people = found.get((place.value, kind.value), (0, 0))
        url = reverse("delegations:matrix_cell", args=[series.slug, place.value, kind.value]) if count else ""
        asked = f"?{urlencode({'year': year})}" if year and url else ""
        cells.append(Cell(capfirst(str(kind.label)), count, people, url + asked))
    title = capfirst(str(place.label))
    return Line(title, cells, _sum(title, cells))


def _sum(title: str, cells: list[Cell]) -> Cell:
    return Cell(title, sum(cell.count for cell in cells), sum(cell.people for cell in cells))
