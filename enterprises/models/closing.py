"""How a request ends: what the company reports afterwards, and what happens while it does not."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.models.company import Company
from enterprises.models.request import ServiceRequest
from shenyang_fao.core import audit


class CloseOut(models.Model):
    """The company's report of how what was issued was used. Each kind keeps its details beside it."""

    request = models.OneToOneField(
        ServiceRequest, models.CASCADE, primary_key=True, related_name="close_out", verbose_name=_("request")
    )
    is_cancelled = models.BooleanField(_("wholly cancelled"), default=False)
    note = models.TextField(_("remark"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)

    objects: ClassVar[models.Manager["CloseOut"]] = models.Manager()

    class Meta:
        verbose_name = _("close-out")
        verbose_name_plural = _("close-outs")
        triggers = [audit.trigger(), pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.request)


class BarLift(models.Model):
    """An approver lets a company file although a close-out is overdue, for a reason and until a day. The newest counts."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="bar_lifts", verbose_name=_("company"))
    reason = models.TextField(_("reason"), max_length=1000)
    until = models.DateField(_("until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lifted by"))
    at = models.DateTimeField(_("lifted at"), default=timezone.now)

    objects: ClassVar[models.Manager["BarLift"]] = models.Manager()

    class Meta:
        verbose_name = _("lifted bar")
        verbose_name_plural = _("lifted bars")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="bar_lift_says_why")]
        triggers = [audit.trigger(), pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.company} - {self.until}"
