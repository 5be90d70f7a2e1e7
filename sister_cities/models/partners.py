"""Partners abroad and the ties that Shenyang, its districts and its zones have with them."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from django_stubs_ext import StrPromise

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.countries import Continent, continent_of
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.models import Unit
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.compass import sphere
from sister_cities.enums import (
    CITY_LEVELS,
    IN_FORCE_ONCE,
    PARTY_OF,
    Direction,
    Level,
    PartnerKind,
    TieStatus,
)
from sister_cities.guards import STATUS_GRAPH, not_in_the_future
from sister_cities.querysets import PartnerQuerySet, TieQuerySet

# Addresses that pages of the directory have taken: a partner there would never be seen.
TAKEN_SLUGS = ("plans", "exchanges", "timeline", "anniversaries", "friendly-districts", "links", "statistics")


class Partner(models.Model):
    """The other side of a tie: a city outside the mainland, or a district or zone there.

    Coordinates in degrees, from GeoNames (CC BY 4.0); both or neither.
    """

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind, default=PartnerKind.CITY)
    name = models.CharField(_("name"), max_length=100)
    country = CountryField(_("country or region"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, blank=True, help_text=_("By its IANA name, such as Asia/Tokyo.")
    )
    website = models.URLField(_("official website"), blank=True)
    profile = models.TextField(
        _("profile"), blank=True, help_text=_("Public. Facts with their source, in our own words.")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("owner officer"),
        limit_choices_to={"is_staff": True, "is_active": True},
        help_text=_("Gets the reminders. Without one, all editors get them."),
    )

    objects: ClassVar[PartnerQuerySet] = PartnerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["slug"]
        constraints = [
            in_both("name", name="partner_in_both_languages"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="partner_on_the_globe",
                violation_error_message=_(
                    "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."
                ),
            ),
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partner_kind_known"),
            models.CheckConstraint(
                condition=~Q(slug__in=TAKEN_SLUGS),
                name="partner_address_free",
                violation_error_message=_("This address belongs to another page of the directory."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone:
            try:
                ZoneInfo(self.time_zone)
            except (KeyError, ValueError, OSError):  # an unknown name, a path out of the folder, a folder
                raise ValidationError({"time_zone": _("No such time zone. Write it as Asia/Tokyo.")}) from None

    def get_absolute_url(self) -> str:
        return reverse("sister_cities:detail", args=[self.slug])

    @property
    def place(self) -> sphere.Place | None:
        """Where it lies; None while nobody has found out."""
        if self.latitude is None or self.longitude is None:
            return None
        return sphere.Place(self.latitude, self.longitude)

    @cached_property
    def distance_km(self) -> float | None:
        """Kilometres from Shenyang along the great circle."""
        return sphere.distance_km(sphere.SHENYANG, self.place) if self.place else None

    @cached_property
    def bearing(self) -> float | None:
        """Degrees clockwise from north in which the partner lies from Shenyang."""
        return sphere.bearing(sphere.SHENYANG, self.place) if self.place else None

    @property
    def direction(self) -> Direction | None:
        return None if self.bearing is None else Direction.of(self.bearing)

    @property
    def continent(self) -> Continent | None:
        return continent_of(self.country.code)


class Tie(Sourced):
    """The relation between a party in Shenyang and a partner, at one level; its history is in `TieStep`."""

    local = models.ForeignKey(Unit, models.PROTECT, related_name="ties", verbose_name=_("party in Shenyang"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="ties", verbose_name=_("partner"))
    level = models.CharField(_("level"), max_length=30, choices=Level)
    status = models.CharField(_("status"), max_length=20, choices=TieStatus, default=TieStatus.PROPOSED)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)

    objects: ClassVar[TieQuerySet] = TieQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["pk"]
        constraints = [
            *SOURCED,
            models.UniqueConstraint(
                fields=["local", "partner", "level"],
                name="tie_once_per_level",
                violation_error_message=_("The register already holds a tie of this pair at this level."),
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="tie_level_is_known"),
            models.CheckConstraint(condition=Q(status__in=TieStatus.values), name="tie_status_is_known"),
            with_precision("signed_on", "signed_precision", name="tie_date_with_its_precision"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(status__in=IN_FORCE_ONCE),
                name="tie_date_only_once_signed",
                violation_error_message=_("A tie that is not signed yet has no date of signature."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | (Q(status__in=IN_FORCE_ONCE) & ~Q(level=Level.UNCLEAR)),
                name="tie_public_once_signed",
                violation_error_message=_("Only a signed tie of a clear level can be public."),
            ),
        ]
        triggers = [audit.trigger(), STATUS_GRAPH, not_in_the_future("signed_on")]

    def __str__(self) -> str:
        return gettext("%(partner)s (%(level)s)") % {"partner": self.partner, "level": self.get_level_display()}

    def clean(self) -> None:
        """Check what reaches over to other tables. Raises ValidationError at the field."""
        if self.signed_on and self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": _("A tie cannot be signed in the future.")})
        kinds = PARTY_OF.get(Level(self.level)) if self.level in Level.values else None
        if kinds and self.local_id and self.local.kind != kinds.local:
            raise ValidationError(
                {"local": _("At this level the party in Shenyang is a %(kind)s.") % {"kind": kinds.local.label}}
            )
        # A partner that is new has no number yet.
        partner = getattr(self, "partner", None)
        if kinds and partner and partner.kind != kinds.partner:
            raise ValidationError(
                {"partner": _("At this level the partner is a %(kind)s.") % {"kind": kinds.partner.label}}
            )

    @property
    def heading(self) -> StrPromise:
        return Level(self.level).plural

    @property
    def is_of_city(self) -> bool:
        """Whether the city itself is the party in Shenyang; otherwise one of its districts or zones is."""
        return self.level in CITY_LEVELS

    @property
    def signed_text(self) -> str:
        """The date as precisely as it is known, in the reader's language; empty if unknown."""
        return partial_text(self.signed_on, self.signed_precision)


class TieStep(models.Model):
    """One step in the history of a tie: from when it had which status."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="steps", verbose_name=_("tie"))
    status = models.CharField(_("status"), max_length=20, choices=TieStatus)
    happened_on = models.DateField(_("since"), null=True, blank=True)
    happened_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a tie")
        verbose_name_plural = _("history of the tie")
        ordering = ["pk"]
        constraints = [with_precision("happened_on", "happened_precision", name="tie_step_date_with_precision")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.happened_text}".strip()

    @property
    def happened_text(self) -> str:
        return partial_text(self.happened_on, self.happened_precision)
