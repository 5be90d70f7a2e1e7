"""What a reader may ask of the directory."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_stubs_ext import StrPromise

from shenyang_fao.core.countries import Continent, by_sound
from sister_cities.enums import PUBLIC_LEVELS, Level, Sort
from sister_cities.models import Tie
from sister_cities.overview import Facets
from sister_cities.statistics import decade_text

Choice = tuple[str, str | StrPromise]
_ALL: Choice = ("", _("All"))
_FILTERS = ("level", "continent", "country", "decade", "award")


class DirectoryForm(forms.Form):
    """Filters over the public ties, and their order; a value that does not exist filters nothing."""

    level = forms.ChoiceField(
        label=_("Level"), choices=[_ALL, *((level.value, level.label) for level in PUBLIC_LEVELS)], required=False
    )
    continent = forms.ChoiceField(label=_("Continent"), choices=[_ALL, *Continent.choices], required=False)
    country = forms.ChoiceField(label=_("Country or region"), required=False)
    decade = forms.ChoiceField(label=_("Established in"), required=False)
    award = forms.ChoiceField(label=_("Award"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=Sort.choices, required=False)

    def __init__(self, query: QueryDict, *, facets: Iterable[Facets], awards: Iterable[Choice]) -> None:
        """Offer the countries and decades that `facets` name, and the awards given as address and name."""
        super().__init__(query)
        known = list(facets)
        self._offer("country", country_choices(facet.country for facet in known))
        decades = sorted({facet.decade for facet in known if facet.decade})
        self._offer("decade", [(decade, decade_text(decade)) for decade in decades])
        self._offer("award", list(awards))

    @property
    def is_filtered(self) -> bool:
        asked = self._asked()
        return any(asked.get(name) for name in _FILTERS)

    def ties(self) -> list[Tie]:
        """Return the public ties asked for, highest level first and sorted as asked within a level."""
        asked = self._asked()
        found = Tie.objects.public().select_related("partner", "local").of_level(asked.get("level", ""))
        found = found.in_country(asked.get("country", "")).in_continent(asked.get("continent", ""))
        found = found.in_decade(asked.get("decade", "")).with_award(asked.get("award", ""))
        return _sorted(found.by_rank(), asked.get("sort", ""))

    def _offer(self, name: str, choices: Sequence[Choice]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [_ALL, *choices]

    def _asked(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def country_choices(codes: Iterable[str]) -> list[Choice]:
    """Return the countries of these codes, each once, by the sound of their names."""
    named: list[Choice] = [(code, countries.name(code)) for code in set(codes)]
    return sorted(named, key=lambda choice: by_sound(str(choice[1])))


def _sorted(ties: Iterable[Tie], sort: str) -> list[Tie]:
    """Sort within each level; `ties` come in the order of their dates."""
    rows = list(ties)
    if sort == Sort.NAME:
        rows.sort(key=lambda tie: by_sound(tie.partner.name))
    if sort == Sort.DISTANCE:
        rows.sort(key=lambda tie: inf if tie.partner.distance_km is None else tie.partner.distance_km)
    return sorted(rows, key=lambda tie: Level.values.index(tie.level))
