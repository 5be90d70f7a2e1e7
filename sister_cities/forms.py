"""What a reader may ask of the directory."""

from collections.abc import Iterable
from math import inf
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from shenyang_fao.core.countries import Continent, by_sound
from sister_cities.enums import Level, Sort
from sister_cities.models import Tie

_ALL = ("", _("All"))


class DirectoryForm(forms.Form):
    """Filters by level, continent and country; a value that does not exist filters nothing."""

    level = forms.ChoiceField(label=_("Level"), choices=[_ALL, *Level.choices], required=False)
    continent = forms.ChoiceField(label=_("Continent"), choices=[_ALL, *Continent.choices], required=False)
    country = forms.ChoiceField(label=_("Country or region"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=Sort.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Tie.objects.public().order_by().values_list("partner__country", flat=True).distinct()
        found = sorted(((countries.name(code), code) for code in codes), key=lambda pair: by_sound(pair[0]))
        country = cast(forms.ChoiceField, self.fields["country"])
        country.choices = [_ALL, *((code, name) for name, code in found)]

    @property
    def is_filtered(self) -> bool:
        asked = self._asked()
        return any(asked.get(name) for name in ("level", "continent", "country"))

    def ties(self) -> list[Tie]:
        """Return the public ties asked for, highest level first and sorted as asked within a level."""
        asked = self._asked()
        found = Tie.objects.public().select_related("partner").of_level(asked.get("level", ""))
        found = found.in_country(asked.get("country", "")).in_continent(asked.get("continent", ""))
        return _sorted(found.by_rank(), asked.get("sort", ""))

    def _asked(self) -> dict[str, str]:
        self.is_valid()
        return self.cleaned_data


def _sorted(ties: Iterable[Tie], sort: str) -> list[Tie]:
    """Sort within each level; `ties` come in the order of their dates."""
    rows = list(ties)
    if sort == Sort.NAME:
        rows.sort(key=lambda tie: by_sound(tie.partner.name))
    if sort == Sort.DISTANCE:
        rows.sort(key=lambda tie: inf if tie.partner.distance_km is None else tie.partner.distance_km)
    return sorted(rows, key=lambda tie: Level.values.index(tie.level))
