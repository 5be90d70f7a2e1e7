"""The parts every case has, whoever files it: timeline, papers, correspondence. Apps add the tie to their own record."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TimelineEntry(models.Model):
    """One change of state: what was done, by whom, with a note that the other side may read."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    verb = models.CharField(_("action"), max_length=20)
    from_state = models.CharField(_("from"), max_length=20, blank=True)
    to_state = models.CharField(_("to"), max_length=20)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} - {self.to_state}"


class CaseMessage(models.Model):
    """A message between the office and the other side of a case."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("from"))
    is_from_office = models.BooleanField(_("from the office"))
    body = models.TextField(_("message"), max_length=4000)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.body[:60]


class CasePaper(models.Model):
    """A paper filed with a case; the file itself is private."""

    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    filed_at = models.DateTimeField(_("filed at"), default=timezone.now)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by"))

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
