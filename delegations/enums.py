"""Choices that visits and events share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeKind(TextChoices):
    AGREEMENT = "agreement", _("agreement")
    PROJECT = "project", _("project")
    TIE = "tie", _("tie")
    DECLARATION = "declaration", _("declaration")
    OTHER = "other", pgettext_lazy("outcome", "other")


class OutcomeState(TextChoices):
    OPEN = "open", pgettext_lazy("outcome", "open")
    DONE = "done", pgettext_lazy("outcome", "done")
    DROPPED = "dropped", pgettext_lazy("outcome", "dropped")
