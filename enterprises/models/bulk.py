"""Signing off several requests at once: what an officer saw and asked for, and what became of each request."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.enums import SignOffOutcome
from enterprises.models.request import ServiceRequest
from enterprises.querysets import BulkSignOffQuerySet
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_own

# So many requests one action may sign off; the database holds it too.
REQUESTS_AT_MOST = 50


class BulkSignOff(models.Model):
    """One action of an approver. ``key`` was made with the page of confirmation: sent twice, it is one action."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects: ClassVar[BulkSignOffQuerySet] = BulkSignOffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("bulk sign-off")
        verbose_name_plural = _("bulk sign-offs")
        ordering = ["-pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.by} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"


class BulkSignOffItem(models.Model):
    """One request of it: the mark of what was seen, and what became of it in words of each language."""

    bulk = models.ForeignKey(BulkSignOff, models.CASCADE, related_name="items", verbose_name=_("bulk sign-off"))
    position = models.PositiveSmallIntegerField(_("position"))
    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="+", verbose_name=_("request"))
    seen = models.CharField(_("mark of what was seen"), max_length=20, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=SignOffOutcome, default=SignOffOutcome.WAITING)
    refusal = models.JSONField(_("why it was not signed off"), default=dict, blank=True)
    at = models.DateTimeField(_("time"), null=True, blank=True)

    class Meta:
        verbose_name = _("request of a bulk sign-off")
        verbose_name_plural = _("requests of a bulk sign-off")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "request"], name="sign_off_item_once"),
            models.UniqueConstraint(fields=["bulk", "position"], name="sign_off_item_position_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=REQUESTS_AT_MOST), name="sign_off_items_at_most"
            ),
            models.CheckConstraint(condition=Q(outcome__in=SignOffOutcome.values), name="sign_off_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=SignOffOutcome.WAITING, at__isnull=True)
                | (~Q(outcome=SignOffOutcome.WAITING) & Q(at__isnull=False)),
                name="sign_off_outcome_has_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome=SignOffOutcome.REFUSED) ^ Q(refusal={}), name="sign_off_refusal_says_why"
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def why(self) -> str:
        """Return why it was not signed off, in the reader's language; empty when it was."""
        return in_own(self.refusal)
