"""What the office has published, and the bodies it speaks of."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
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
        for field in self._chosen_by():
            count = field.model._default_manager.filter(**{field.name: self.pk}).count()
            if field.get_limit_choices_to()["kind"] != self.kind and count:
                words = _("This unit is chosen as “%(field)s” in %(count)s records (%(records)s). Change them first.")
                named = {"field": field.verbose_name, "records": field.model._meta.verbose_name_plural, "count": count}
                raise ValidationError({"kind": words % named})

    def _chosen_by(self) -> list[Any]:
        """Return the foreign keys to units that take one kind only, of whatever app."""
        relations: list[Any] = [
            relation for relation in self._meta.get_fields(include_hidden=True) if relation.one_to_many
        ]
        return [relation.field for relation in relations if "kind" in relation.field.get_limit_choices_to()]
