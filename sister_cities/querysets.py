"""Reading the register of ties."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When

from shenyang_fao.core.countries import COUNTRIES_OF, Continent
from sister_cities.enums import Level

if TYPE_CHECKING:
    from sister_cities.models import Tie  # noqa: F401 - named in quotes below, where ruff does not look


class TieQuerySet(QuerySet["Tie"]):
    def public(self) -> "TieQuerySet":
        return self.filter(is_public=True)

    def of_level(self, level: str) -> "TieQuerySet":
        return self.filter(level=level) if level else self

    def in_country(self, country: str) -> "TieQuerySet":
        return self.filter(city__country=country) if country else self

    def in_continent(self, continent: str) -> "TieQuerySet":
        return self.filter(city__country__in=COUNTRIES_OF[Continent(continent)]) if continent else self

    def by_rank(self) -> "TieQuerySet":
        """Highest level first, then the oldest tie; ties of unknown date come last."""
        return self.order_by(_rank(), F("signed_on").asc(nulls_last=True), "city__slug")

    def count_by_level(self) -> dict[str, int]:
        """How many ties the register holds of each level; a level without any counts 0."""
        found = dict(self.order_by().values_list("level").annotate(Count("pk")))
        return {level: found.get(level, 0) for level in Level.values}


def _rank() -> Case:
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    return Case(*ranks, output_field=IntegerField())
