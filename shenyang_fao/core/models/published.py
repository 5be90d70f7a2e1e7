"""What the office has published, and the bodies it speaks of."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.enums import UnitKind


class PublishedFigure(models.Model):
    """A figure as it was published, with its date. What the register holds is counted, never typed."""

    key = models.SlugField(_("key"), unique=True)
    label = models.CharField(_("label"), max_length=200)
    value = models.CharField(_("value"), max_length=40)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    as_of = models.CharField(_("as of"), max_length=20)
    source = models.TextField(_("source"))

    objects: ClassVar[models.Manager["PublishedFigure"]] = models.Manager()

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["pk"]
        constraints = [in_both("label", name="figure_in_both_languages")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.label


class Unit(models.Model):
    """A body in Shenyang (单位): the city, a district or zone, a department, or an institution such as a school."""

    slug = models.SlugField(_("key"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    name = models.CharField(_("name"), max_length=150)

    objects: ClassVar[models.Manager["Unit"]] = models.Manager()

    class Meta:
        verbose_name = _("unit in Shenyang")
        verbose_name_plural = _("units in Shenyang")
        ordering = ["slug"]
        constraints = [
            in_both("name", name="unit_in_both_languages"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another kind while records point here that only take the present one, as companies take a zone for their park."""
        for relation in self._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel) or self.pk is None:
                continue
            wanted = relation.field.get_limit_choices_to().get("kind")
            holders = relation.related_model._default_manager.filter(**{relation.field.name: self.pk})
            if wanted and wanted != self.kind and holders.exists():
                words = _("This unit is chosen as “%(field)s” in %(count)s records (%(records)s). Change them first.")
                names = {"field": relation.field.verbose_name, "records": relation.related_model._meta.verbose_name_plural}
                raise ValidationError({"kind": words % (names | {"count": holders.count()})})
