"""What became of each guest of an issued invitation, as the company reports it."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises.invitations.models import Invitee
from shenyang_fao.core import audit


class VisitResult(models.Model):
    """A guest came, with both days, or did not come, perhaps with the reason."""

    invitee = models.OneToOneField(
        Invitee, models.CASCADE, primary_key=True, related_name="result", verbose_name=gettext_lazy("invitee")
    )
    came = models.BooleanField(gettext_lazy("came"))
    entered_on = models.DateField(gettext_lazy("entered China on"), null=True, blank=True)
    left_on = models.DateField(gettext_lazy("left China on"), null=True, blank=True)
    why = models.CharField(gettext_lazy("why the guest did not come"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["VisitResult"]] = models.Manager()

    class Meta:
        verbose_name = gettext_lazy("result of a visit")
        verbose_name_plural = gettext_lazy("results of visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    came=True, entered_on__isnull=False, left_on__isnull=False, left_on__gte=F("entered_on"), why=""
                )
                | Q(came=False, entered_on__isnull=True, left_on__isnull=True),
                name="visit_result_has_its_days",
            )
        ]
        triggers = [audit.trigger(), pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.invitee} - {self.text}"

    @property
    def text(self) -> str:
        """Say it in a line."""
        if self.came and self.entered_on and self.left_on:
            days = {"entered": date_format(self.entered_on), "left": date_format(self.left_on)}
            return _("came: entered on %(entered)s, left on %(left)s") % days
        return _("did not come: %(why)s") % {"why": self.why} if self.why else _("did not come")
