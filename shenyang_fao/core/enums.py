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


class UnitKind(models.TextChoices):
    """What kind of body in Shenyang a unit is; declared in the order in which they are listed."""

    CITY = "city", _("municipality")
    DISTRICT = "district", _("district or county")
    ZONE = "zone", _("development zone")
    DEPARTMENT = "department", _("department")
    INSTITUTION = "institution", _("institution")


class ImportState(models.TextChoices):
    """Where the import of a file stands; checking and importing are background work."""

    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("being imported")
    DONE = "done", _("imported")
    OVERTAKEN = "overtaken", _("overtaken by other changes")
    ABANDONED = "abandoned", _("abandoned")


class ExportFormat(models.TextChoices):
    """In what form a table leaves; the key is the last part of the address."""

    XLSX = "xlsx", _("XLSX")
    CSV = "csv", _("CSV (UTF-8)")
    CSV_GBK = "csv-gbk", _("CSV (GBK)")


class CountryGroupKind(models.TextChoices):
    RCEP = "rcep", _("RCEP member")
    APEC = "apec", _("APEC economy")
    BELT_AND_ROAD = "belt_and_road", _("Belt and Road country")
