"""The register in numbers, all computed, and beside them what was published."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from shenyang_fao.core.charts import Chart, Row, chart
from shenyang_fao.core.countries import Continent, by_sound
from shenyang_fao.core.figures import Figure, beside
from sister_cities.enums import CITY_LEVELS, FIGURE_OF, PUBLIC_LEVELS, Level, ProgrammeKind
from sister_cities.models import Partner, Programme
from sister_cities.overview import Facets

SERIES = [gettext_lazy("of the city"), gettext_lazy("of districts and zones")]


def charts(facets: Sequence[Facets]) -> list[Chart]:
    """Return every chart of the register; none while it is empty."""
    return [by_level(facets), by_decade(facets), by_continent(facets), by_country(facets)] if facets else []


def by_level(facets: Iterable[Facets]) -> Chart:
    """Count each public level, in their order."""
    rows = _rows(facets, "level", lambda facet: facet.level, lambda level: str(Level(level).plural))
    return _chart("level", _("By level"), [rows[level] for level in PUBLIC_LEVELS if level in rows])


def by_decade(facets: Iterable[Facets]) -> Chart:
    """Count the decades of signing, the oldest first; ties of unknown date come last."""
    rows = _rows(facets, "decade", lambda facet: facet.decade, decade_text)
    return _chart("decade", _("By decade of signing"), [rows[decade] for decade in sorted(rows, key=_unknown_last)])


def by_continent(facets: Iterable[Facets]) -> Chart:
    """Count the continents, in the order in which they are declared."""
    known = [facet for facet in facets if facet.continent]
    rows = _rows(known, "continent", lambda facet: facet.continent or "", lambda value: str(Continent(value).label))
    return _chart("continent", _("By continent"), [rows[value] for value in Continent.values if value in rows])


def by_country(facets: Iterable[Facets]) -> Chart:
    """Count the countries and regions, those with most ties first, then by their names."""
    rows = _rows(facets, "country", lambda facet: facet.country, countries.name).values()
    return _chart("country", _("By country or region"), sorted(rows, key=lambda row: (-sum(row[2]), by_sound(row[0]))))


def decade_text(decade: str) -> str:
    """Write a decade such as 1980 in the reader's language."""
    return _("%(decade)ss") % {"decade": decade} if decade else _("date not confirmed")


def level_figures(levels: Iterable[str]) -> list[Figure]:
    """Return the figures of the levels of the city; `levels` are those of the public ties."""
    held = Counter(levels)
    labels = {key: level.plural for level, key in FIGURE_OF.items()}
    return beside({key: held[level] for level, key in FIGURE_OF.items()}, labels)


def all_figures(facets: Iterable[Facets]) -> list[Figure]:
    """Return every published figure on ties, in the order in which they are shown."""
    of_city = [facet for facet in facets if facet.level in CITY_LEVELS]
    levels = Counter(facet.level for facet in of_city)
    held = {
        "friend_cities_total": len(of_city),
        "sister_cities": levels[Level.SISTER],
        "friendly_cooperation_cities": levels[Level.FRIENDLY_COOPERATION],
        "friend_countries": len({facet.country for facet in of_city}),
        "province_rank_city_ties": None,
        "awarded_sister_cities": Partner.objects.public().filter(awards__is_public=True).count(),
    }
    return beside(held | _plan_years())


def _chart(key: str, title: str, rows: Iterable[Row]) -> Chart:
    return chart(key, title, rows, series=SERIES)


def _plan_years() -> dict[str, int | None]:
    """Return what is held for the figures of the three-year plan: the first action plan on record is the announced one."""
    plans = Programme.objects.public().filter(kind=ProgrammeKind.ACTION_PLAN, last_year__isnull=False)
    first, last = plans.order_by("first_year").values_list("first_year", "last_year").first() or (None, None)
    length = last - first + 1 if first and last else None
    return {"plan_start_year": first, "plan_end_year": last, "plan_length_years": length}


def _rows(
    facets: Iterable[Facets], name: str, value_of: Callable[[Facets], str], label_of: Callable[[str], str]
) -> dict[str, Row]:
    """Return a row for each value; an unknown one has no filter that lists it."""
    of_city: Counter[str] = Counter()
    of_places: Counter[str] = Counter()
    for facet in facets:
        (of_city if facet.level in CITY_LEVELS else of_places)[value_of(facet)] += 1
    return {
        value: (label_of(value), f"{name}={value}" if value else "", [of_city[value], of_places[value]])
        for value in of_city | of_places
    }


def _unknown_last(decade: str) -> tuple[bool, str]:
    return not decade, decade
