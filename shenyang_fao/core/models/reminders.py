"""Which officer has been reminded of what: the row is there once, so the mail is."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit


class Reminder(models.Model):
    """That an officer was told something once; ``key`` says what, such as ``anniversary:7:2027:90``."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("officer"))
    key = models.CharField(_("occasion"), max_length=80)
    at = models.DateTimeField(_("reminded at"), default=timezone.now)

    class Meta:
        # The register of ties made the table; every app's reminders stand in it.
        app_label = "sister_cities"
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="reminder_once")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.key
