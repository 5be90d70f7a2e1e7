"""Lists that came in as files, and lists that went out."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.enums import ExportFormat, ImportState
from shenyang_fao.core.models.files import StoredFile


class ImportJob(models.Model):
    """A file whose rows an officer wants in the register: checked first, imported as a whole or not at all.

    What the check found lies in a file of its own: it repeats what people wrote, and the audit trail keeps every column.
    """

    kind = models.CharField(_("table"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="imports", verbose_name=_("file"))
    findings = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("findings"))
    form = models.CharField(_("read as"), max_length=40)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    faulty = models.PositiveIntegerField(_("faulty"), default=0)
    plan = models.CharField(_("digest of what was shown"), max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    made_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("imported by")
    )
    done_at = models.DateTimeField(_("imported at"), null=True)

    objects: ClassVar[models.Manager["ImportJob"]] = models.Manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.IMPORTING, ImportState.DONE])
                | Q(faulty=0, decided_by__isnull=False),
                name="import_without_faults_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, done_at__isnull=False)
                | (~Q(state=ImportState.DONE) & Q(done_at__isnull=True)),
                name="import_done_has_its_time",
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def total(self) -> int:
        """How many rows were found in the file."""
        return self.added + self.changed + self.unchanged + self.faulty


class ExportRecord(models.Model):
    """Somebody took a table away: which rows, how many, and in what form."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("exported by"))
    kind = models.CharField(_("table"), max_length=60)
    form = models.CharField(_("form"), max_length=10, choices=ExportFormat)
    filters = models.TextField(_("filters"), blank=True)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("record of exporting")
        verbose_name_plural = _("records of exporting")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
