"""Choices of the foundation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PromiseState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class SourceGrade(models.TextChoices):
    """How much weight a source carries; secondary ones are public only with the mark "to be confirmed"."""

    OFFICIAL = "official", _("official source")
    PRESS = "press", _("press")
    SECONDARY = "secondary", _("secondary source, to be confirmed")
