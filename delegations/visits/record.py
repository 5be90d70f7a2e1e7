"""The public record of inbound visits: what a reader may ask of it, and what is counted in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from delegations.visits.enums import HeadRank, Purpose
from delegations.visits.models import Visit
from delegations.visits.querysets import VisitQuerySet
from shenyang_fao.core.charts import Chart, Row, chart
from shenyang_fao.core.countries import by_sound
from shenyang_fao.core.directory import Choice, Filters, choice, country_choices
from shenyang_fao.core.figures import Figure, beside

# The years stack in three steps of rank.
SERIES = (
    gettext_lazy("heads of state or government"),
    gettext_lazy("ministers and heads of provinces"),
    gettext_lazy("other ranks"),
)
VISITS = (gettext_lazy("visits"),)
STEP = {HeadRank.STATE: 0, HeadRank.MINISTER: 1}


class VisitFilters(Filters):
    """Filters by year, rank of the head and country."""

    year = choice(gettext_lazy("Year"))
    rank = choice(gettext_lazy("Rank of the head"), HeadRank.choices)
    country = choice(gettext_lazy("Country or region"))
    purpose = choice(gettext_lazy("Purpose of the visit"), Purpose.choices)

    def visits(self) -> VisitQuerySet:
        """Return the public visits asked for, newest first, those without a date last."""
        asked = self.asked
        found = Visit.objects.public().of_rank(asked.get("rank", "")).from_country(asked.get("country", ""))
        found = found.in_year(int(asked["year"])) if "year" in asked else found
        found = found.filter(purpose=asked["purpose"]) if "purpose" in asked else found
        return found.order_by(F("arrives_on").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class Facet:
    """What is counted of one public visit."""

    year: int | None
    rank: str
    country: str
    purpose: str


def facets() -> list[Facet]:
    """Return the public visits as far as they are counted, in one query."""
    rows = Visit.objects.public().order_by("pk").values_list("arrives_on", "head_rank", "country", "purpose")
    return [Facet(on.year if on else None, rank, country, purpose) for on, rank, country, purpose in rows]


def offers(held: Iterable[Facet]) -> dict[str, list[Choice]]:
    """Return the years and countries of the public visits."""
    known = list(held)
    years = sorted({facet.year for facet in known if facet.year}, reverse=True)
    return {
        "year": [(str(year), str(year)) for year in years],
        "country": country_choices(facet.country for facet in known),
    }


def figures(held: Iterable[Facet]) -> list[Figure]:
    """Return what was published of guests received beside what the register holds of them."""
    ranks = Counter(facet.rank for facet in held)
    return beside(
        {
            "dignitaries_received": ranks[HeadRank.STATE],
            "provincial_ministerial_delegations": ranks[HeadRank.STATE] + ranks[HeadRank.MINISTER],
        }
    )


def charts(held: Sequence[Facet]) -> list[Chart]:
    """Return every chart of the record; none while it is empty."""
    if not held:
        return []
    ranks = [(str(rank.label), rank.value) for rank in HeadRank]
    purposes = [(str(purpose.label), purpose.value) for purpose in Purpose]
    codes = sorted({facet.country for facet in held}, key=lambda code: by_sound(countries.name(code)))
    named = [(countries.name(code), code) for code in codes]
    return [
        _by_year(held),
        _of("rank", _("By rank of the head"), ranks, held, lambda facet: facet.rank),
        _of("country", _("By country or region"), named, held, lambda facet: facet.country),
        _of("purpose", _("By purpose"), purposes, held, lambda facet: facet.purpose),
    ]


def _by_year(held: Iterable[Facet]) -> Chart:
    """Count the years, the newest first and those of unknown date last, each by steps of rank."""
    counts: dict[int, list[int]] = {}
    for facet in held:
        counts.setdefault(facet.year or 0, [0, 0, 0])[STEP.get(HeadRank(facet.rank), 2)] += 1
    rows: list[Row] = [
        (str(year), f"year={year}", counts[year]) if year else (_("date not confirmed"), "", counts[year])
        for year in sorted(counts, reverse=True)
    ]
    return chart("year", _("By year"), rows, series=SERIES)


def _of(
    key: str, title: str, named: Iterable[tuple[str, str]], held: Iterable[Facet], value_of: Callable[[Facet], str]
) -> Chart:
    """Count one side of the visits; what does not occur is left out."""
    counts = Counter(map(value_of, held))
    rows = [(label, f"{key}={value}", [counts[value]]) for label, value in named if counts[value]]
    return chart(key, title, rows, series=VISITS)
