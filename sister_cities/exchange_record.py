"""The record of documented exchanges: what a reader may ask of it, and what is counted beside what was published."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import F, Prefetch
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.models import PublishedFigure
from sister_cities.forms import country_choices
from sister_cities.models import Edition, Exchange, Partner

_ALL = ("", _("All"))


class RecordForm(forms.Form):
    """Filters by country and year; a value that does not exist filters nothing."""

    country = forms.ChoiceField(label=_("Country or region"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Exchange.objects.public().order_by()
        codes = found.exclude(partners=None).values_list("partners__country", flat=True).distinct()
        cast(forms.ChoiceField, self.fields["country"]).choices = [_ALL, *country_choices(codes)]
        years = found.exclude(happened_on=None).values_list("happened_on__year", flat=True).distinct()
        cast(forms.ChoiceField, self.fields["year"]).choices = [
            _ALL,
            *((str(year), str(year)) for year in sorted(years, reverse=True)),
        ]

    @property
    def is_filtered(self) -> bool:
        return any(self._asked().values())

    def exchanges(self) -> list[Exchange]:
        """Return the public exchanges asked for with their partners, newest first, those without a date last."""
        asked = self._asked()
        found = Exchange.objects.public().order_by(F("happened_on").desc(nulls_last=True), "-pk")
        if asked.get("country"):
            found = found.filter(pk__in=Exchange.objects.filter(partners__country=asked["country"]).values("pk"))
        if asked.get("year"):
            found = found.filter(happened_on__year=int(asked["year"]))
        return list(found.prefetch_related(Prefetch("partners", Partner.objects.with_page())))

    def _asked(self) -> dict[str, str]:
        self.is_valid()
        return self.cleaned_data


@dataclass(frozen=True)
class Figure:
    """What was published, and what the register holds of it."""

    label: str | LazyText
    published: PublishedFigure | None
    held: int


def programme_figures() -> list[Figure]:
    """Return editions and partners of the photo and film exchange, as published and as the register holds them."""
    published = PublishedFigure.objects.in_bulk(["photo_exchange_edition", "photo_exchange_cities"], field_name="key")
    editions = Edition.objects.public()
    partners = Partner.objects.filter(editions__in=editions).distinct()
    return [
        Figure(_("Editions"), published.get("photo_exchange_edition"), editions.count()),
        Figure(_("Cities that took part"), published.get("photo_exchange_cities"), partners.count()),
    ]
