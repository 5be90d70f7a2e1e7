"""Reading the register of ties."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Case, Count, Exists, F, IntegerField, Max, Model, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from shenyang_fao.core.countries import COUNTRIES_OF, Continent
from shenyang_fao.core.enums import SourceGrade
from sister_cities.enums import CITY_LEVELS, OPEN_ACTIONS, ActionState, Level, LinkStage, TieStatus

if TYPE_CHECKING:  # named in quotes below, where ruff does not look
    from sister_cities.models import (  # noqa: F401 - as above
        Award,
        CounterpartLink,
        EditionPicture,
        Partner,
        Plan,
        PlanAction,
        Tie,
    )

M = TypeVar("M", bound=Model)
# What keeps a tie from standing on firm ground; the keys are what a list asks for.
TO_CLEAR_UP = {
    "level": Q(level=Level.UNCLEAR),
    "source": Q(source="") | Q(source_grade=""),
    "secondary": Q(source_grade=SourceGrade.SECONDARY),
}


class SourcedQuerySet(QuerySet[M]):
    """Records that are public or not."""

    def public(self) -> Self:
        return self.filter(is_public=True)


class PartnerQuerySet(QuerySet["Partner"]):
    def public(self) -> Self:
        """Return the partners that have a page: those with a public tie."""
        return self.filter(ties__is_public=True).distinct()

    def with_page(self) -> Self:
        """Add ``has_page``, whether the partner has a page."""
        return self.annotate(has_page=Exists(self.model.objects.public().filter(pk=OuterRef("pk"))))


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

    def with_anniversary(self) -> Self:
        """Return the public ties that can have anniversaries, with both parties."""
        dated = self.public().filter(signed_on__isnull=False).exclude(status=TieStatus.ENDED)
        return dated.select_related("partner", "local").order_by("signed_on", "pk")

    def to_clear_up(self, reason: str = "") -> Self:
        """Return the ties about which something is still to be found out; for one reason of `TO_CLEAR_UP`, or any."""
        reasons = [TO_CLEAR_UP[reason]] if reason else TO_CLEAR_UP.values()
        return self.filter(reduce(or_, reasons))

    def by_rank(self) -> Self:
        """Highest level first, then the oldest tie; ties of unknown date come last."""
        return self.order_by(_rank(), F("signed_on").asc(nulls_last=True), "partner__slug")


class EditionPictureQuerySet(QuerySet["EditionPicture"]):
    def shown(self) -> Self:
        """Return the pictures that a public edition shows."""
        return self.filter(edition__is_public=True, picture__is_released=True)

    def with_all(self) -> Self:
        """Bring along what a gallery prints of each."""
        return self.select_related("edition", "picture", "partner")


class PlanQuerySet(QuerySet["Plan"]):
    def public(self) -> Self:
        return self.filter(is_public=True, programme__is_public=True)

    def with_counts(self) -> Self:
        """Add ``kept_count``, ``done_count``, ``overdue_count``: the actions not dropped, those done, those overdue."""
        overdue = Q(actions__state__in=OPEN_ACTIONS, actions__due_on__lt=timezone.localdate())
        return self.annotate(
            kept_count=Count("actions", filter=~Q(actions__state=ActionState.DROPPED)),
            done_count=Count("actions", filter=Q(actions__state=ActionState.DONE)),
            overdue_count=Count("actions", filter=overdue),
        )


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
        """Return the agreed links on which nothing, not even the agreement, has happened for twelve months."""
        quiet = Q(last_activity_on__isnull=True) | Q(last_activity_on__lt=a_year_ago())
        not_new = Q(signed_on__isnull=True) | Q(signed_on__lt=a_year_ago())
        return self.with_last_activity().filter(quiet, not_new, stage=LinkStage.AGREEMENT)


def a_year_ago() -> date:
    """Return this day a year ago; on 29 February the 28th."""
    today = timezone.localdate()
    leap = today.month == 2 and today.day == 29
    return today.replace(year=today.year - 1, day=28 if leap else today.day)


def _rank() -> Case:
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    return Case(*ranks, output_field=IntegerField())
