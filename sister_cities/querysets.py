"""Reading the register of ties."""

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Case, Count, F, IntegerField, Max, Model, Q, QuerySet, Value, When
from django.utils import timezone

from shenyang_fao.core.countries import COUNTRIES_OF, Continent
from sister_cities.enums import CITY_LEVELS, OPEN_ACTIONS, PUBLIC_LEVELS, Level, LinkStage

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from sister_cities.models import (  # noqa: F401 - as above
        Award,
        CounterpartLink,
        Partner,
        Plan,
        PlanAction,
        Tie,
    )

M = TypeVar("M", bound=Model)


class SourcedQuerySet(QuerySet[M]):
    """Records that are public or not."""

    def public(self) -> Self:
        return self.filter(is_public=True)


class PartnerQuerySet(QuerySet["Partner"]):
    def public(self) -> Self:
        """Return the partners that have a page: those with a public tie."""
        return self.filter(ties__is_public=True).distinct()


class TieQuerySet(SourcedQuerySet["Tie"]):
    def of_level(self, level: str) -> Self:
        return self.filter(level=level) if level else self

    def of_city(self) -> Self:
        """Return the ties of the city itself, without those of its districts and zones."""
        return self.filter(level__in=CITY_LEVELS)

    def in_country(self, country: str) -> Self:
        return self.filter(partner__country=country) if country else self

    def in_continent(self, continent: str) -> Self:
        return self.filter(partner__country__in=COUNTRIES_OF[Continent(continent)]) if continent else self

    def in_decade(self, decade: str) -> Self:
        """Return the ties signed in the ten years from ``decade``, such as 1980."""
        return self.filter(signed_on__year__range=(int(decade), int(decade) + 9)) if decade else self

    def with_award(self, award: str) -> Self:
        """Return the ties whose partner has won the award with this address."""
        return self.filter(partner__awards__slug=award, partner__awards__is_public=True) if award else self

    def by_rank(self) -> Self:
        """Highest level first, then the oldest tie; ties of unknown date come last."""
        return self.order_by(_rank(), F("signed_on").asc(nulls_last=True), "partner__slug")

    def count_by_level(self) -> dict[str, int]:
        """How many ties the register holds of each public level; a level without any counts 0."""
        found = dict(self.order_by().values_list("level").annotate(Count("pk")))
        return {level.value: found.get(level, 0) for level in PUBLIC_LEVELS}


class AwardQuerySet(SourcedQuerySet["Award"]):
    def of_shenyang(self) -> Self:
        """Return the awards that Shenyang itself has won."""
        return self.filter(partners=None)


class PlanQuerySet(QuerySet["Plan"]):
    def public(self) -> Self:
        return self.filter(is_public=True, programme__is_public=True)


class PlanActionQuerySet(QuerySet["PlanAction"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_ACTIONS)

    def overdue(self) -> Self:
        """Return the open actions whose deadline has passed."""
        return self.open().filter(due_on__lt=timezone.localdate())


class CounterpartLinkQuerySet(SourcedQuerySet["CounterpartLink"]):
    def with_last_activity(self) -> Self:
        """Add ``last_activity_on``, the day of the newest activity; None without any."""
        return self.annotate(last_activity_on=Max("activities__happened_on"))

    def dormant(self) -> Self:
        """Return the agreed links on which nothing has happened for twelve months."""
        links = self.with_last_activity().filter(stage=LinkStage.AGREEMENT)
        return links.filter(Q(last_activity_on__isnull=True) | Q(last_activity_on__lt=a_year_ago()))


def a_year_ago() -> date:
    """Return this day a year ago; on 29 February the 28th."""
    today = timezone.localdate()
    leap = today.month == 2 and today.day == 29
    return today.replace(year=today.year - 1, day=28 if leap else today.day)


def _rank() -> Case:
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    return Case(*ranks, output_field=IntegerField())
