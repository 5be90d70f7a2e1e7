"""Choices of the accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an officer does. A person may hold several; the two-person rule holds all the same."""

    RECEPTION = "reception", _("reception")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    HEAD = "head", _("division head")
    PROTOCOL = "protocol", _("protocol")
    EDITOR = "editor", _("editor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
