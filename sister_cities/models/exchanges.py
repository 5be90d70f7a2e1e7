"""Documented exchanges with the partners, and the photo and film exchange (光影传谊·五洲连心)."""

from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.models import Picture
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.models.partners import Partner
from sister_cities.querysets import EditionPictureQuerySet, SourcedQuerySet


class Exchange(Sourced):
    """Something that happened between Shenyang and one or several partners, as a source reports it."""

    happened_on = models.DateField(_("date"), null=True, blank=True)
    happened_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    name = models.CharField(_("title"), max_length=300)
    partners = models.ManyToManyField(Partner, related_name="exchanges", verbose_name=_("partners"))

    objects: ClassVar[SourcedQuerySet["Exchange"]] = SourcedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("documented exchange")
        verbose_name_plural = _("documented exchanges")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            *SOURCED,
            in_both("name", name="exchange_in_both_languages"),
            with_precision("happened_on", "happened_precision", name="exchange_date_with_precision"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def happened_text(self) -> str:
        return partial_text(self.happened_on, self.happened_precision)


class Edition(Sourced):
    """One edition of the photo and film exchange."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    number = models.PositiveSmallIntegerField(_("edition"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("public summary"), blank=True)
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="editions", verbose_name=_("participating partners")
    )

    objects: ClassVar[SourcedQuerySet["Edition"]] = SourcedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("edition of the photo and film exchange")
        verbose_name_plural = _("photo and film exchange")
        ordering = ["-number"]
        constraints = [*SOURCED, in_both("name", name="edition_in_both_languages")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sister_cities:edition", args=[self.slug])


class EditionPicture(models.Model):
    """A photograph of an edition, in its place among the others."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pictures", verbose_name=_("edition"))
    picture = models.OneToOneField(Picture, models.PROTECT, related_name="+", verbose_name=_("picture"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[EditionPictureQuerySet] = EditionPictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("picture of an edition")
        verbose_name_plural = _("pictures of an edition")
        ordering = ["position", "pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.position}"

    def get_absolute_url(self) -> str:
        return reverse("sister_cities:edition_picture", args=[self.edition.slug, self.picture.key])


def film_path(instance: "Film", name: str) -> str:
    """Return a name that nobody guesses; what kind of file it is was decided by its content."""
    return f"{uuid4().hex}{Path(name).suffix}"


def film_storage() -> Storage:
    """Return where films lie: read in parts and often, and nothing personal, so not encrypted like papers."""
    return storages["films"]


class Film(models.Model):
    """A film shown in an edition: a link to where it plays, or a file of our own, given out by a view only."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="films", verbose_name=_("edition"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="films", verbose_name=_("partner")
    )
    name = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("link"), blank=True)
    file = models.FileField(_("film file"), upload_to=film_path, storage=film_storage, blank=True)
    credit = models.CharField(_("credit"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[models.Manager["Film"]] = models.Manager()

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["position", "pk"]
        constraints = [
            in_both("name", name="film_in_both_languages"),
            models.CheckConstraint(
                condition=(~Q(url="") & Q(file="")) | (Q(url="") & ~Q(file="")),
                name="film_link_or_file",
                violation_error_message=_("A film is either a link or a file."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def media_type(self) -> str:
        """The type of the film's own file, which its name says since its content was looked at."""
        return f"video/{Path(str(self.file)).suffix.lstrip('.')}"

    @property
    def file_url(self) -> str:
        return reverse("sister_cities:film", args=[self.edition.slug, self.pk])
