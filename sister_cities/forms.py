"""What a reader may ask of the directory."""

from collections.abc import Iterable, Sequence
from math import inf

from django import forms
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.countries import Continent, by_sound
from shenyang_fao.core.directory import Choice, Filters, choice, country_choices
from sister_cities.enums import PUBLIC_LEVELS, Level, Sort
from sister_cities.models import Tie
from sister_cities.overview import Facets
from sister_cities.statistics import decade_text


class DirectoryFilters(Filters):
    """Filters over the public ties, and their order."""

    level = choice(_("Level"), [(level.value, level.label) for level in PUBLIC_LEVELS])
    continent = choice(_("Continent"), Continent.choices)
    country = choice(_("Country or region"))
    decade = choice(_("Established in"))
    award = choice(_("Award"))
    sort = forms.ChoiceField(label=_("Sort by"), choices=Sort.choices, required=False)

    def ties(self) -> list[Tie]:
        """Return the public ties asked for, highest level first and sorted as asked within a level."""
        asked = self.asked
        found = Tie.objects.public().select_related("partner", "local").of_level(asked.get("level", ""))
        found = found.in_country(asked.get("country", "")).in_continent(asked.get("continent", ""))
        found = found.in_decade(asked.get("decade", "")).with_award(asked.get("award", ""))
        return _sorted(found.by_rank(), self.order)


def offers(facets: Iterable[Facets], awards: Sequence[Choice]) -> dict[str, Sequence[Choice]]:
    """Return the countries and decades that `facets` name, and the awards given as address and name."""
    known = list(facets)
    decades = sorted({facet.decade for facet in known if facet.decade})
    return {
        "country": country_choices(facet.country for facet in known),
        "decade": [(decade, decade_text(decade)) for decade in decades],
        "award": awards,
    }


def _sorted(ties: Iterable[Tie], order: str) -> list[Tie]:
    """Sort within each level; `ties` come in the order of their dates."""
    rows = list(ties)
    if order == Sort.NAME:
        rows.sort(key=lambda tie: by_sound(tie.partner.name))
    if order == Sort.DISTANCE:
        rows.sort(key=lambda tie: inf if tie.partner.distance_km is None else tie.partner.distance_km)
    return sorted(rows, key=lambda tie: Level.values.index(tie.level))
