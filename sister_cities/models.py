"""Cities abroad and the ties that Shenyang has with them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from django_stubs_ext import StrPromise

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.countries import Continent, continent_of
from shenyang_fao.core.dates import Precision, partial_text
from shenyang_fao.core.enums import SourceGrade
from sister_cities import sources, sphere
from sister_cities.enums import Direction, Level
from sister_cities.querysets import TieQuerySet


class City(models.Model):
    """A city outside the mainland; coordinates in degrees, from GeoNames (CC BY 4.0)."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    country = CountryField(_("country or region"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    # Named, because modeltranslation puts a manager of its own here, whose type no checker can find.
    objects: ClassVar[models.Manager["City"]] = models.Manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]
        constraints = [
            in_both("name", name="city_in_both_languages"),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="city_on_the_globe"
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sister_cities:detail", args=[self.slug])

    @property
    def place(self) -> sphere.Place:
        return sphere.Place(self.latitude, self.longitude)

    @cached_property
    def distance_km(self) -> float:
        """Kilometres from Shenyang along the great circle."""
        return sphere.distance_km(sphere.SHENYANG, self.place)

    @cached_property
    def bearing(self) -> float:
        """Degrees clockwise from north in which the city lies from Shenyang."""
        return sphere.bearing(sphere.SHENYANG, self.place)

    @property
    def direction(self) -> Direction:
        return Direction.of(self.bearing)

    @property
    def continent(self) -> Continent | None:
        return continent_of(self.country.code)


class Tie(models.Model):
    """An agreement between Shenyang and a city, at one level."""

    city = models.ForeignKey(City, models.PROTECT, related_name="ties", verbose_name=_("city"))
    level = models.CharField(_("level"), max_length=30, choices=Level)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    source = models.TextField(_("source"))
    source_grade = models.CharField(_("weight of the source"), max_length=10, choices=SourceGrade)
    note = models.TextField(_("internal note"), blank=True)
    is_public = models.BooleanField(_("public"), default=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["city", "level"], name="tie_once_per_level"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="tie_level_is_known"),
            models.CheckConstraint(condition=~Q(source=""), name="tie_has_a_source"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_precision="")
                | Q(signed_on__isnull=False, signed_precision__in=Precision.values),
                name="tie_date_with_its_precision",
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.city} ({self.get_level_display()})"

    @property
    def heading(self) -> StrPromise:
        return Level(self.level).plural

    @property
    def signed_text(self) -> str:
        """The date as precisely as it is known, in the reader's language; empty if unknown."""
        return partial_text(self.signed_on, self.signed_precision)

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.source_grade == SourceGrade.SECONDARY

    @cached_property
    def links(self) -> list[sources.Link]:
        return sources.links(self.source)

    @property
    def source_remark(self) -> str:
        return sources.remark(self.source)
