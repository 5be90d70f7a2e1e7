"""Reading the foundation's own tables."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from shenyang_fao.core.bilingual import written_in_both
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.pictures.shown import is_shown

if TYPE_CHECKING:
    from shenyang_fao.core.models import CountryGroup, Picture, Promise  # noqa: F401 - named in an annotation only


class PromiseQuerySet(models.QuerySet["Promise"]):
    def due(self, now: datetime) -> "PromiseQuerySet":
        """Return the promises whose time has come, oldest first."""
        return self.filter(state=PromiseState.WAITING, due_at__lte=now).order_by("due_at", "pk")

    def about(self, kinds: list[str], subject_id: int) -> "PromiseQuerySet":
        """Return the promises of these kinds on one subject, in the order they were made."""
        return self.filter(kind__in=kinds, subject_id=subject_id).order_by("pk")


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self) -> "PictureQuerySet":
        """Return the pictures that anybody may see now: released, and shown by a public record."""
        return self.filter(is_shown(), is_released=True)

    def undescribed(self) -> "PictureQuerySet":
        """Return the pictures that lack a description in one of the languages."""
        return self.exclude(written_in_both("alt"))


class CountryGroupQuerySet(models.QuerySet["CountryGroup"]):
    def holding_on(self, day: date) -> Self:
        """Return the memberships in force on a day; without a date of entry the register takes its source's word."""
        begun = models.Q(since__isnull=True) | models.Q(since__lte=day)
        return self.filter(begun & (models.Q(until__isnull=True) | models.Q(until__gte=day)))

    def codes(self, *groups: str) -> frozenset[str]:
        """Return the codes of the countries and regions in any of the groups."""
        return frozenset(self.filter(group__in=groups).values_list("country", flat=True))
