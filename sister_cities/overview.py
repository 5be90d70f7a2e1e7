"""The register at a glance: what it holds, counted, beside what was published."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shenyang_fao.core.countries import Continent, continent_of
from shenyang_fao.core.models import PublishedFigure
from sister_cities.enums import FIGURE_OF, Level
from sister_cities.models import Tie


@dataclass(frozen=True)
class Facets:
    """What filters and statistics know of one public tie."""

    level: str
    country: str
    signed_on: date | None

    @property
    def decade(self) -> str:
        """The first year of the ten in which it was signed; empty if unknown."""
        return str(self.signed_on.year // 10 * 10) if self.signed_on else ""

    @property
    def continent(self) -> Continent | None:
        return continent_of(self.country)


@dataclass(frozen=True)
class LevelCount:
    """What was published about a level, and what the register holds of it."""

    level: Level
    figure: PublishedFigure | None
    held: int


def facets() -> list[Facets]:
    """Return the facets of every public tie, in no order."""
    rows = Tie.objects.public().order_by().values_list("level", "partner__country", "signed_on")
    return [Facets(*row) for row in rows]


def level_counts(levels: Iterable[str]) -> list[LevelCount]:
    """Both counts of each level of the city; `levels` are those of the public ties."""
    held = Counter(levels)
    figures = PublishedFigure.objects.in_bulk(list(FIGURE_OF.values()), field_name="key")
    return [LevelCount(level, figures.get(FIGURE_OF[level]), held[level]) for level in FIGURE_OF]
