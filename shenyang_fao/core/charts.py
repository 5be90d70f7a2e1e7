"""Bar charts without a script: a table whose rows draw their own bars, and the same numbers as CSV.

    kinds = chart("kind", _("By kind"), [(kind.label, f"kind={kind.value}", [counts[kind]]) for kind in Kind], series=[_("Visits")])
    return csv_named(key, all_charts())                 # a view for programs: one chart by its key

The template includes `includes/chart.html` with the chart and `list_url`: each label leads to the rows that it counts. Several
series are stacked, at most three, each in a colour of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django_stubs_ext import StrOrPromise

from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.kinds import Number
from shenyang_fao.core.tables.writing import csv_rows

COUNT = Number(least=0, most=10**9)


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: of which series, how much, and where it begins and how long it is in per cent of the longest bar."""

    series: StrOrPromise
    count: int
    begins: float
    share: float


@dataclass(frozen=True)
class Bar:
    """One row: what is counted, the query string that lists it (perhaps none), and the count of each series."""

    label: str
    query: str
    parts: list[Part]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def is_mixed(self) -> bool:
        """Whether more than one series stands in it, so that each is to be named."""
        return sum(part.count > 0 for part in self.parts) > 1


@dataclass(frozen=True)
class Chart:
    """Rows of one title; `key` is its anchor in the page and the name of its file."""

    key: str
    title: str
    series: Sequence[StrOrPromise]
    bars: list[Bar]


Row = tuple[str, str, Sequence[int]]


def chart(key: str, title: str, rows: Iterable[Row], *, series: Sequence[StrOrPromise]) -> Chart:
    """Return the chart of rows of a label, a query string and a count for each series."""
    known = list(rows)
    most = max((sum(counts) for _label, _query, counts in known), default=0) or 1
    return Chart(
        key, title, series, [Bar(label, query, _parts(counts, series, most)) for label, query, counts in known]
    )


def csv_of(found: Chart) -> HttpResponse:
    """Answer with the chart as a CSV file in UTF-8, with the mark by which office programs know it."""
    columns = [
        Column("label", found.title),
        *(Column(str(place), name, COUNT) for place, name in enumerate(found.series)),
    ]
    rows = (
        {"label": bar.label} | {str(place): part.count for place, part in enumerate(bar.parts)} for bar in found.bars
    )
    content = b"".join(csv_rows(columns, rows, encoding="utf-8"))
    headers = {"Content-Disposition": f'attachment; filename="{found.key}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def csv_named(key: str, charts: Iterable[Chart]) -> HttpResponse:
    """Answer with the chart of a key as a CSV file. Raises Http404."""
    found = next((each for each in charts if each.key == key), None)
    if found is None:
        raise Http404
    return csv_of(found)


def _parts(counts: Sequence[int], series: Sequence[StrOrPromise], most: int) -> list[Part]:
    begins = [sum(counts[:place]) for place in range(len(counts))]
    named = zip(series, counts, begins, strict=True)
    return [Part(name, count, 100 * before / most, 100 * count / most) for name, count, before in named]
