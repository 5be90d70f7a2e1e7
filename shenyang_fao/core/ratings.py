"""The rating of a service (好差评) by whoever was served, for every kind of case. Apps add the tie to their own record.

The rules: State Council General Office, Guobanfa [2019] 51 (one rating for each matter handled online, given freely; every bad
rating is verified, put right and answered), and the measures of Liaoning Province of 2020-10-22 (put right within 15
working days; words may be added later). So a rating is given once and never changed, and one addition may follow.
"""

from dataclasses import dataclass
from typing import Any, Self, TypeVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit, workdays

COMMENT_AT_MOST = 1000
ANSWER_AT_MOST = 2000
R = TypeVar("R", bound=models.Model)


class Level(models.IntegerChoices):
    """The five levels, the best first."""

    VERY_SATISFIED = 5, _("very satisfied")
    SATISFIED = 4, _("satisfied")
    FAIRLY_SATISFIED = 3, _("fairly satisfied")
    DISSATISFIED = 2, _("dissatisfied")
    VERY_DISSATISFIED = 1, _("very dissatisfied")


# Bad ratings (差评): somebody gets in touch, puts it right and says what was done.
BAD = (Level.DISSATISFIED, Level.VERY_DISSATISFIED)


class CaseRatingQuerySet(models.QuerySet[R]):
    def to_follow_up(self) -> Self:
        """Return the bad ratings that nobody has answered."""
        return self.filter(level__in=BAD, answered_at=None)

    def follow_up_overdue(self) -> Self:
        """Return the bad ratings that should have been answered before today."""
        return self.to_follow_up().filter(due_on__lt=timezone.localdate())


class CaseRating(models.Model):
    """One rating of one service: the level and a comment, one addition, and what was done about a bad one."""

    level = models.PositiveSmallIntegerField(_("satisfaction"), choices=Level)
    comment = models.TextField(_("comment"), max_length=COMMENT_AT_MOST, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("rated by"))
    at = models.DateTimeField(_("rated at"), default=timezone.now)
    addition = models.TextField(_("addition"), max_length=COMMENT_AT_MOST, blank=True)
    added_at = models.DateTimeField(_("added at"), null=True, blank=True)
    due_on = models.DateField(_("follow-up due on"), null=True, blank=True)
    answer = models.TextField(_("what was done"), max_length=ANSWER_AT_MOST, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("followed up by"),
    )
    answered_at = models.DateTimeField(_("followed up at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="%(class)s_level_known"),
            models.CheckConstraint(
                condition=Q(level__in=BAD, due_on__isnull=False)
                | Q(~Q(level__in=BAD), due_on__isnull=True, answered_at__isnull=True),
                name="%(class)s_bad_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(~Q(answer=""), answered_by__isnull=False, answered_at__isnull=False),
                name="%(class)s_follow_up_whole",
            ),
            models.CheckConstraint(
                condition=Q(addition="", added_at__isnull=True) | Q(~Q(addition=""), added_at__isnull=False),
                name="%(class)s_addition_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(Level(self.level).label)

    @property
    def is_bad(self) -> bool:
        return self.level in BAD

    @property
    def is_to_follow_up(self) -> bool:
        return self.is_bad and self.answered_at is None

    @property
    def days_left(self) -> int | None:
        """Return the working days until the follow-up is due; negative when overdue, None when none is awaited."""
        if not self.is_to_follow_up or self.due_on is None:
            return None
        return workdays.working_days_between(timezone.localdate(), self.due_on)


def triggers(subject: str) -> list[pgtrigger.Trigger]:
    """Return what every table of ratings carries: ``subject`` names the field of what was rated.

    What was given stays; the addition and the follow-up are written once; no rating vanishes.
    """
    return [
        audit.trigger(),
        pgtrigger.ReadOnly(name="frozen", fields=[subject, "level", "comment", "by", "at", "due_on"]),
        pgtrigger.Protect(name="written_once", operation=pgtrigger.Update, condition=_WRITTEN_AGAIN),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    ]


_WRITTEN_AGAIN = pgtrigger.Condition(
    "((OLD.answered_at IS NOT NULL AND (OLD.answer, OLD.answered_by_id, OLD.answered_at)"
    " IS DISTINCT FROM (NEW.answer, NEW.answered_by_id, NEW.answered_at))"
    " OR (OLD.added_at IS NOT NULL AND (OLD.addition, OLD.added_at) IS DISTINCT FROM (NEW.addition, NEW.added_at)))"
)


@dataclass(frozen=True)
class Satisfaction:
    """Ratings counted: how many of each level, the best first, also those that nobody chose."""

    levels: dict[Level, int]

    @property
    def total(self) -> int:
        return sum(self.levels.values())

    @property
    def satisfied(self) -> int:
        """The good ratings: the upper three levels."""
        return sum(count for level, count in self.levels.items() if level not in BAD)

    @property
    def percent(self) -> float | None:
        """The share of good ratings in percent; None while there is no rating."""
        return 100 * self.satisfied / self.total if self.total else None

    @property
    def most(self) -> int:
        """The longest bar."""
        return max(self.levels.values())

    def rows(self) -> list[tuple[str, int]]:
        """Return each level in words with its count."""
        return [(str(level.label), count) for level, count in self.levels.items()]


def count_ratings(ratings: models.QuerySet[Any]) -> Satisfaction:
    """Count ratings by their levels, in one query."""
    counted = dict(ratings.order_by().values_list("level").annotate(Count("pk")))
    return Satisfaction({level: counted.get(level.value, 0) for level in Level})
