"""Reading the register of ties."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, OrderBy, QuerySet, Value, When
from django.db.models.functions import Collate
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from shenyang_fao.core.countries import COUNTRIES_OF, Continent
from sister_cities.enums import Level

if TYPE_CHECKING:
    from sister_cities.models import City, Tie

# Sorts Chinese names by their sound and Latin ones by letter.
_COLLATION = "zh-x-icu"


def by_name(prefix: str = "") -> OrderBy:
    """Order by the name in the reader's language; expressions must name the language column themselves."""
    column = build_localized_fieldname("name", get_language() or "zh-hans")
    return Collate(F(f"{prefix}{column}"), _COLLATION).asc()


class CityQuerySet(QuerySet["City"]):
    def public(self) -> "CityQuerySet":
        """Cities that have a public tie."""
        return self.filter(ties__is_public=True).distinct()


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
        return self.order_by(_rank(), F("signed_on").asc(nulls_last=True), by_name("city__"))

    def by_rank_and_name(self) -> "TieQuerySet":
        return self.order_by(_rank(), by_name("city__"))

    def count_by_level(self) -> dict[str, int]:
        """How many ties the register holds of each level; a level without any counts 0."""
        found = dict(self.order_by().values_list("level").annotate(Count("pk")))
        return {level: found.get(level, 0) for level in Level.values}


def _rank() -> Case:
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    return Case(*ranks, output_field=IntegerField())
