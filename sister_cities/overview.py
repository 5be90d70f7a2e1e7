"""The register at a glance: what filters and statistics know of each public tie."""

from dataclasses import dataclass
from datetime import date

from shenyang_fao.core.countries import Continent, continent_of
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


def facets() -> list[Facets]:
    """Return the facets of every public tie, in no order."""
    rows = Tie.objects.public().order_by().values_list("level", "partner__country", "signed_on")
    return [Facets(*row) for row in rows]
