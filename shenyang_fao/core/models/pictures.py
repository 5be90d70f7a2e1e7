"""Photographs of the public site."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import written_in_both
from shenyang_fao.core.models.files import StoredFile
from shenyang_fao.core.pictures import sizes
from shenyang_fao.core.querysets import PictureQuerySet


class Picture(models.Model):
    """A photograph of the public site: the original is private, its renditions are given out (`core.pictures`)."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    original = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("original"))
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    alt = models.CharField(_("description"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=150, blank=True)
    taken_year = models.PositiveSmallIntegerField(_("year taken"), null=True, blank=True)
    is_released = models.BooleanField(_("may be shown"), default=False)
    rendered_at = models.DateTimeField(_("prepared at"), null=True, editable=False)
    made_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("stored by"),
        editable=False,
    )

    objects: ClassVar[PictureQuerySet] = PictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_released=False) | written_in_both("alt"),
                name="picture_released_with_description",
                violation_error_message=_("A picture may be shown once it is described in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(taken_year__isnull=True) | Q(taken_year__range=(1839, 2199)),
                name="picture_year_of_photography",
                violation_error_message=_("The year lies between 1839 and today."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.alt or f"{self.key}"

    @property
    def is_described(self) -> bool:
        """Whether what is seen is said in every language."""
        return all(getattr(self, build_localized_fieldname("alt", code)) for code, _name in settings.LANGUAGES)

    @property
    def is_ready(self) -> bool:
        return self.rendered_at is not None

    @property
    def widths(self) -> list[int]:
        return sizes.widths_of(self.width)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The formats better than the fallback, best first: media type and what ``srcset`` takes."""
        return [(sizes.MEDIA_TYPES[kind], self.srcset(kind)) for kind in sizes.MEDIA_TYPES if kind != sizes.FALLBACK]

    def srcset(self, kind: str = sizes.FALLBACK) -> str:
        """Return the addresses in one format, each with its width."""
        return ", ".join(f"{self.url(width, kind)} {width}w" for width in self.widths)

    @property
    def small_url(self) -> str:
        return self.url(self.widths[0], sizes.FALLBACK)

    @property
    def large_url(self) -> str:
        return self.url(self.widths[-1], sizes.FALLBACK)

    def url(self, width: int, kind: str) -> str:
        """Return the address of a rendition; who may open it is decided there."""
        return reverse("pictures:rendition", args=[self.key, width, kind])
