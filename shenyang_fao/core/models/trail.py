"""The audit trail, and who looked at what."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One change of one row, written by the database itself."""

    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("actor"), null=True)
    table = models.CharField(_("table"), max_length=63)
    row = models.CharField(_("row"), max_length=64)
    operation = models.CharField(_("operation"), max_length=6)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["table", "row"], name="audit_row"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"


class ViewRecord(models.Model):
    """Somebody looked at a private file: reading leaves no trace in a trigger, so the view writes it."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("viewed by"))
    file = models.ForeignKey("StoredFile", models.PROTECT, related_name="views", verbose_name=_("file"))

    class Meta:
        verbose_name = _("record of viewing")
        verbose_name_plural = _("records of viewing")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d %H:%M}"
