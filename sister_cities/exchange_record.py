"""The record of documented exchanges: what a reader may ask of it, and what is counted beside what was published."""

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.directory import Choice, Filters, choice, country_choices
from shenyang_fao.core.figures import Figure, beside
from sister_cities.models import Edition, Exchange, Partner


class RecordFilters(Filters):
    """Filters by country and year."""

    country = choice(_("Country or region"))
    year = choice(_("Year"))

    def exchanges(self) -> QuerySet[Exchange]:
        """Return the public exchanges asked for with their partners, newest first, those without a date last."""
        found = Exchange.objects.public().order_by(F("happened_on").desc(nulls_last=True), "-pk")
        if country := self.asked.get("country"):
            # By key, so that an exchange with two partners in a country stands there once.
            found = found.filter(pk__in=Exchange.objects.filter(partners__country=country).values("pk"))
        if year := self.asked.get("year"):
            found = found.filter(happened_on__year=int(year))
        return found.prefetch_related(Prefetch("partners", Partner.objects.with_page()))


def offers() -> dict[str, list[Choice]]:
    """Return the countries and years of the public exchanges."""
    found = Exchange.objects.public().order_by()
    codes = found.exclude(partners=None).values_list("partners__country", flat=True).distinct()
    years = found.exclude(happened_on=None).values_list("happened_on__year", flat=True).distinct()
    return {
        "country": country_choices(codes),
        "year": [(str(year), str(year)) for year in sorted(years, reverse=True)],
    }


def programme_figures() -> list[Figure]:
    """Return editions and partners of the photo and film exchange, as published and as the register holds them."""
    editions = Edition.objects.public()
    partners = Partner.objects.filter(editions__in=editions).distinct()
    return beside(
        {"photo_exchange_edition": editions.count(), "photo_exchange_cities": partners.count()},
        {"photo_exchange_edition": _("Editions"), "photo_exchange_cities": _("Cities that took part")},
    )
