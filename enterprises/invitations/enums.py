"""Choices of the invitation letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentType(models.TextChoices):
    """Two documents of the office that are never confused; the company's own letter is not issued here."""

    AUTHORISED = "authorised", _("Invitation letter of a duly authorised unit")
    VERIFICATION = "verification", _("Invitation verification sheet")


class VisaClass(models.TextChoices):
    """Regulations on the Administration of the Entry and Exit of Foreigners, art. 6."""

    F = "F", _("F – exchange, visit, inspection")
    M = "M", _("M – commercial and trade activities")
    OTHER = "other", _("other")


class Reason(models.TextChoices):
    EXCHANGE = "exchange", _("exchange, visit or inspection")
    TRADE = "trade", _("commerce and trade")
    OTHER = "other", _("another reason")


class Entries(models.TextChoices):
    SINGLE = "single", _("single entry")
    DOUBLE = "double", _("double entry")
    MULTIPLE = "multiple", _("multiple entries")


class Payer(models.TextChoices):
    """Who pays the stay and medical costs."""

    INVITER = "inviter", _("the inviting company")
    INVITEE = "invitee", _("the invitee or the invitee's employer")
    SHARED = "shared", _("both, each its own part")


class Sex(models.TextChoices):
    MALE = "M", _("male")
    FEMALE = "F", _("female")
    UNSPECIFIED = "X", _("unspecified")


class PassportType(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary passport")
    SERVICE = "service", _("service or official passport")
    DIPLOMATIC = "diplomatic", _("diplomatic passport")


class PaperRole(models.TextChoices):
    """What is filed with a request for invitation letters (Liaoning and Xi'an guides)."""

    SEALED_REQUEST = "sealed_request", _("sealed request on the company's letterhead")
    GUARANTEE = "guarantee", _("guarantee letter signed by the legal representative")
    PASSPORT = "passport", _("passport data page")
    OTHER = "other", _("further paper")


class LetterState(models.TextChoices):
    PREPARING = "preparing", _("being prepared")
    ISSUED = "issued", _("issued")
    REVOKED = "revoked", _("revoked")
    SUPERSEDED = "superseded", _("superseded")


class TemplateState(models.TextChoices):
    """A version of the letters' texts; which of the released ones is in force follows from their days."""

    DRAFT = "draft", pgettext_lazy("letter template", "draft")
    RELEASED = "released", pgettext_lazy("letter template", "released")
    RETIRED = "retired", pgettext_lazy("letter template", "retired")


class Layout(models.TextChoices):
    TABLE = "table", _("one letter with a table of the invitees")
    EACH = "each", _("a page for each invitee")
