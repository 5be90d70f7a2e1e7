"""The register in numbers, all computed, and beside them what was published."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_countries import countries

from shenyang_fao.core.countries import Continent, by_sound
from shenyang_fao.core.models import PublishedFigure
from sister_cities.enums import CITY_LEVELS, PUBLIC_LEVELS, Level, ProgrammeKind
from sister_cities.models import Partner, Programme
from sister_cities.overview import Facets


@dataclass(frozen=True)
class Count:
    """One row of a statistic: ties of the city, ties of its districts and zones, and how long its bar is."""

    label: str
    query: str
    of_city: int
    of_places: int
    most: int

    @property
    def total(self) -> int:
        return self.of_city + self.of_places

    @property
    def city_share(self) -> float:
        """Per cent of the longest bar."""
        return 100 * self.of_city / self.most

    @property
    def places_share(self) -> float:
        """Per cent of the longest bar."""
        return 100 * self.of_places / self.most


@dataclass(frozen=True)
class Comparison:
    """A figure as published, and what the register has for it; None where it cannot tell."""

    figure: PublishedFigure
    held: int | None


def by_level(facets: Iterable[Facets]) -> list[Count]:
    """Count each public level, in their order."""
    counts = {count.query: count for count in _counted(facets, "level", lambda facet: facet.level)}
    found = [(level, counts.get(f"level={level.value}")) for level in PUBLIC_LEVELS]
    return [_named(count, str(level.plural)) for level, count in found if count]


def by_decade(facets: Iterable[Facets]) -> list[Count]:
    """Count the decades of signing, the oldest first; ties of unknown date come last."""
    counts = _counted(facets, "decade", lambda facet: facet.decade)
    counts.sort(key=lambda count: (not count.label, count.label))
    return [_named(count, decade_text(count.label)) for count in counts]


def by_continent(facets: Iterable[Facets]) -> list[Count]:
    """Count the continents, in the order in which they are declared."""
    counts = {count.label: count for count in _counted(facets, "continent", lambda facet: facet.continent or "")}
    return [_named(counts[value], str(Continent(value).label)) for value in Continent.values if value in counts]


def by_country(facets: Iterable[Facets]) -> list[Count]:
    """Count the countries and regions, those with most ties first, then by their names."""
    counts = _counted(facets, "country", lambda facet: facet.country)
    named = [_named(count, countries.name(count.label)) for count in counts]
    return sorted(named, key=lambda count: (-count.total, by_sound(count.label)))


def decade_text(decade: str) -> str:
    """Write a decade such as 1980 in the reader's language."""
    return _("%(decade)ss") % {"decade": decade} if decade else _("date not confirmed")


def comparisons(facets: Iterable[Facets]) -> list[Comparison]:
    """Return every published figure on ties, with what the register has for each."""
    held = _held([facet for facet in facets if facet.level in CITY_LEVELS])
    figures = PublishedFigure.objects.in_bulk(list(held), field_name="key")
    return [Comparison(figures[key], value) for key, value in held.items() if key in figures]


def _held(facets: list[Facets]) -> dict[str, int | None]:
    """Return what the register has for each key of achievements.csv, in the order in which they are shown."""
    levels = Counter(facet.level for facet in facets)
    winners = Partner.objects.public().filter(awards__is_public=True).count()
    return {
        "friend_cities_total": len(facets),
        "sister_cities": levels[Level.SISTER],
        "friendly_cooperation_cities": levels[Level.FRIENDLY_COOPERATION],
        "friend_countries": len({facet.country for facet in facets}),
        "province_rank_city_ties": None,
        "awarded_sister_cities": winners,
        **_plan_years(),
    }


def _plan_years() -> dict[str, int | None]:
    """Return the years of the first action plan on record: the one that was announced."""
    plans = Programme.objects.public().filter(kind=ProgrammeKind.ACTION_PLAN, last_year__isnull=False)
    first, last = plans.order_by("first_year").values_list("first_year", "last_year").first() or (None, None)
    length = last - first + 1 if first and last else None
    return {"plan_start_year": first, "plan_end_year": last, "plan_length_years": length}


def _counted(facets: Iterable[Facets], name: str, value_of: Callable[[Facets], str]) -> list[Count]:
    """Count by a value; the label is the value as it stands in the query string, for a caller to replace."""
    of_city: Counter[str] = Counter()
    of_places: Counter[str] = Counter()
    for facet in facets:
        (of_city if facet.level in CITY_LEVELS else of_places)[value_of(facet)] += 1
    values = of_city | of_places
    most = max((of_city[value] + of_places[value] for value in values), default=0)
    return [
        Count(value, f"{name}={value}" if value else "", of_city[value], of_places[value], most) for value in values
    ]


def _named(count: Count, label: str) -> Count:
    return Count(label, count.query, count.of_city, count.of_places, count.most)
