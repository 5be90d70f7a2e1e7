"""Counterpart links between two institutions (对口合作): a school with a school, a hospital with a hospital."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.fields import EncryptedText
from shenyang_fao.core.models import Unit
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.enums import LinkKind, LinkStage
from sister_cities.guards import not_in_the_future
from sister_cities.models.partners import Partner
from sister_cities.querysets import CounterpartLinkQuerySet


class CounterpartLink(Sourced):
    local = models.ForeignKey(Unit, models.PROTECT, related_name="links", verbose_name=_("party in Shenyang"))
    foreign = models.CharField(_("foreign party"), max_length=200)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("in the partner city")
    )
    country = CountryField(_("country or region"))
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind)
    stage = models.CharField(_("stage"), max_length=20, choices=LinkStage, default=LinkStage.AGREEMENT)
    agreement = models.TextField(_("what was agreed"), blank=True, help_text=_("Public."))
    signed_on = models.DateField(_("agreed on"), null=True, blank=True)
    signed_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    contacts = EncryptedText(_("contacts"), blank=True, help_text=_("For officers only; stored encrypted."))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counterpart_links",
        verbose_name=_("owner officer"),
        limit_choices_to={"is_staff": True, "is_active": True},
    )

    objects: ClassVar[CounterpartLinkQuerySet] = CounterpartLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("counterpart link")
        verbose_name_plural = _("counterpart links")
        ordering = ["pk"]
        constraints = [
            *SOURCED,
            in_both("foreign", name="link_in_both_languages"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.UniqueConstraint(
                fields=["local", "foreign_en", "kind"],
                name="link_once",
                violation_error_message=_("The register already holds this link."),
            ),
            with_precision("signed_on", "signed_precision", name="link_date_with_precision"),
        ]
        triggers = [audit.trigger(), not_in_the_future("signed_on")]

    def __str__(self) -> str:
        return f"{self.local} – {self.foreign}"

    @property
    def signed_text(self) -> str:
        return partial_text(self.signed_on, self.signed_precision)


class LinkActivity(models.Model):
    """Something the two did together; a link without any for twelve months is dormant."""

    link = models.ForeignKey(CounterpartLink, models.CASCADE, related_name="activities", verbose_name=_("link"))
    happened_on = models.DateField(_("date"))
    happened_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, default=Precision.DAY)
    name = models.CharField(_("activity"), max_length=300)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-happened_on", "-pk"]
        constraints = [in_both("name", name="activity_in_both_languages")]
        triggers = [audit.trigger(), not_in_the_future("happened_on")]

    def __str__(self) -> str:
        return self.name

    @property
    def happened_text(self) -> str:
        return partial_text(self.happened_on, self.happened_precision)
