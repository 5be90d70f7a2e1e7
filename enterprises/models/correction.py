"""What the office asks to be mended, what it refuses, and the reasons it keeps for both."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.enums import ReasonUse
from enterprises.models.request import ServiceRequest
from enterprises.querysets import CorrectionQuerySet, KeptReasonQuerySet
from shenyang_fao.core import audit, workdays
from shenyang_fao.core.bilingual import in_both


class KeptReason(models.Model):
    """A reason officers choose instead of writing it each time. One that was used is switched off, never deleted."""

    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    use = models.CharField(_("used for"), max_length=10, choices=ReasonUse)
    text = models.TextField(_("reason given"), max_length=500)
    remedy = models.TextField(
        _("what the company can do"),
        max_length=500,
        blank=True,
        help_text=_("For refusals: it is shown below the reason."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("offered to officers"), default=True)

    objects: ClassVar[KeptReasonQuerySet] = KeptReasonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("kept reason")
        verbose_name_plural = _("kept reasons")
        ordering = ["use", "position", "pk"]
        constraints = [
            in_both("text", name="kept_reason_in_both"),
            models.CheckConstraint(condition=Q(use__in=ReasonUse.values), name="kept_reason_use_known"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return str(self.text)


class Correction(models.Model):
    """One return for correction: what to mend, item by item, and until when."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="corrections", verbose_name=_("request"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    deadline_on = models.DateField(_("to be corrected by"))
    half_reminded_at = models.DateTimeField(_("reminded half-way at"), null=True, blank=True)
    last_reminded_at = models.DateTimeField(_("reminded of the last day at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(answered_at__isnull=True), name="correction_one_open"
            )
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.request} {self.asked_at:%Y-%m-%d}"

    @property
    def days_left(self) -> int:
        """Return the working days until the deadline, its own day counted; negative once it has passed."""
        return workdays.working_days_between(timezone.localdate(), self.deadline_on)


class CorrectionItem(models.Model):
    """One thing to mend: the step it stands in, which row and which field or paper of it, and what is wrong.

    ``before`` is a keyed digest of what stood there when it was asked: it tells later whether anything was changed.
    """

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="items", verbose_name=_("correction"))
    step = models.CharField(_("step"), max_length=30)
    part = models.BigIntegerField(_("belongs to"), null=True, blank=True)
    field = models.CharField(_("answer or paper"), max_length=60, blank=True)
    kept = models.ForeignKey(
        KeptReason, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("kept reason")
    )
    reason = models.TextField(_("what to correct"), max_length=2000, blank=True)
    before = models.CharField(_("digest of what stood there"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("item to correct")
        verbose_name_plural = _("items to correct")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") | Q(kept__isnull=False), name="correction_item_says_why")
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.reason[:60] or str(self.kept)


class RefusalNote(models.Model):
    """Why a request was refused, and what the company can do now; at least one of each in words the company reads."""

    request = models.OneToOneField(
        ServiceRequest, models.CASCADE, primary_key=True, related_name="refusal", verbose_name=_("request")
    )
    kept = models.ForeignKey(
        KeptReason, models.PROTECT, null=True, blank=True, related_name="refusals", verbose_name=_("kept reason")
    )
    reason = models.TextField(_("reason given"), max_length=2000, blank=True)
    remedy = models.TextField(_("what the company can do"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") | Q(kept__isnull=False), name="refusal_says_why"),
            models.CheckConstraint(condition=~Q(remedy="") | Q(kept__isnull=False), name="refusal_says_what_now"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def reasons(self) -> list[str]:
        """Return what the company reads: the kept reason in the reader's language, then the officer's own words."""
        return [text for text in (str(self.kept.text) if self.kept else "", self.reason) if text]

    @property
    def remedies(self) -> list[str]:
        """Return what the company can do now, in the same order."""
        return [text for text in (str(self.kept.remedy or "") if self.kept else "", self.remedy) if text]
