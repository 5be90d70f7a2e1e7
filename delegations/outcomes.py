"""What came of a visit or an event, and who follows it up by when."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from delegations.enums import OutcomeKind, OutcomeState
from sister_cities.models import Partner, Tie

Kept = TypeVar("Kept", bound="Outcome")


class OutcomeQuerySet(models.QuerySet[Kept]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def open(self) -> Self:
        return self.filter(state=OutcomeState.OPEN)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())


class Outcome(models.Model):
    """An agreement, a project or a tie that came of something; a child adds what it came of.

    A child's ``Meta`` extends this one and adds its own constraints to ``OUTCOME``.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=OutcomeKind)
    name = models.CharField(pgettext_lazy("visit or event", "outcome"), max_length=300)
    detail = models.TextField(_("details"), blank=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    tie = models.ForeignKey(Tie, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tie"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("follow-up owner"),
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    due_on = models.DateField(pgettext_lazy("outcome", "follow-up due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OutcomeState, default=OutcomeState.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        return self.state == OutcomeState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()


# The constraints of every outcome; Django fills in the names.
OUTCOME: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(state=OutcomeState.DONE, done_on__isnull=False)
        | (~Q(state=OutcomeState.DONE) & Q(done_on__isnull=True)),
        name="%(class)s_done_has_its_day",
        violation_error_message=_("What is done has the day on which it was done."),
    ),
    models.CheckConstraint(
        condition=~Q(state=OutcomeState.OPEN) | Q(due_on__isnull=True) | Q(officer__isnull=False),
        name="%(class)s_due_has_an_owner",
        violation_error_message=_("A follow-up with a date needs an owner."),
    ),
]
