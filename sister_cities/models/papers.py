"""What was signed and what was won: agreements of a tie, and awards."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.models import StoredFile
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.enums import AgreementKind
from sister_cities.guards import not_in_the_future
from sister_cities.models.partners import Partner, Tie
from sister_cities.querysets import SourcedQuerySet


class Agreement(Sourced):
    """A signed text of a tie: its file is private, its summary public."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="agreements", verbose_name=_("tie"))
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind, default=AgreementKind.AGREEMENT)
    name = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Before this day the owner officer is asked to renew it.")
    )
    signatories = models.TextField(
        _("signatories"), blank=True, help_text=_("Who signed for each side, with the office held.")
    )
    summary = models.TextField(_("public summary"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("text of the agreement")
    )

    objects: ClassVar[SourcedQuerySet["Agreement"]] = SourcedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]
        constraints = [
            *SOURCED,
            in_both("name", name="agreement_in_both_languages"),
            with_precision("signed_on", "signed_precision", name="agreement_date_with_precision"),
        ]
        triggers = [audit.trigger(), not_in_the_future("signed_on")]

    def __str__(self) -> str:
        return self.name

    @property
    def signed_text(self) -> str:
        return partial_text(self.signed_on, self.signed_precision)


class Award(Sourced):
    """An award in sister-city work, won by partners or, without any, by Shenyang itself."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("award"), max_length=200)
    body = models.CharField(_("awarded by"), max_length=200, blank=True)
    partners = models.ManyToManyField(
        Partner,
        blank=True,
        related_name="awards",
        verbose_name=_("partners that won it"),
        help_text=_("None: Shenyang won it."),
    )
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)
    awarded_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)

    objects: ClassVar[SourcedQuerySet["Award"]] = SourcedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["pk"]
        constraints = [
            *SOURCED,
            in_both("name", name="award_in_both_languages"),
            with_precision("awarded_on", "awarded_precision", name="award_date_with_precision"),
        ]
        triggers = [audit.trigger(), not_in_the_future("awarded_on")]

    def __str__(self) -> str:
        return self.name

    @property
    def awarded_text(self) -> str:
        return partial_text(self.awarded_on, self.awarded_precision)
