"""The words of the letters: versions that one officer writes and another puts in force. Layout is not theirs to change."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.enums import DocumentType, Layout, TemplateState
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both

# The version that comes with the portal; nobody wrote it, and nobody had to release it.
FIRST = 1
TEXTS = ("title", "opening", "undertaking", "note")
# The columns of the letter's two languages.
COLUMN = {"zh": "zh_hans", "en": "en"}
LAYOUT_FILES = {Layout.TABLE: "invitation-table-2", Layout.EACH: "invitation-each-2"}
_COLUMNS = [f"{field}_{column}" for field in TEXTS for column in COLUMN.values()]
_KEPT = ("document_type", "version", "layout", "written_by_id", "written_at", "in_force_from", *_COLUMNS)
# Once released a version stays as it is.
_FROZEN = pgtrigger.Condition(
    "OLD.state <> 'draft' AND (" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _KEPT) + ")"
)


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def released(self) -> "LetterTemplateQuerySet":
        return self.filter(state=TemplateState.RELEASED)

    def in_force(self, document_type: str, on: date) -> "LetterTemplate | None":
        """Return the version that letters of this document are made from on a day: the latest that has begun."""
        found = self.released().filter(document_type=document_type, in_force_from__lte=on)
        return found.order_by("-in_force_from").first()


class LetterTemplate(models.Model):
    """One version of the texts of a document, in both languages, with placeholders of a closed list (`wording`)."""

    document_type = models.CharField(_("document"), max_length=20, choices=DocumentType)
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=TemplateState, default=TemplateState.DRAFT)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.TABLE)
    title = models.CharField(_("title of the letter"), max_length=120)
    opening = models.TextField(_("opening"), max_length=1200)
    undertaking = models.TextField(_("undertaking and validity"), max_length=1200)
    note = models.TextField(_("further note"), max_length=800, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retired by")
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects: ClassVar[LetterTemplateQuerySet] = LetterTemplateQuerySet.as_manager()  # type: ignore[assignment]

    if TYPE_CHECKING:  # columns that modeltranslation adds
        title_zh_hans: str
        title_en: str

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["document_type", "-version"]
        permissions = [("release_lettertemplate", _("Can put letter templates in force"))]
        constraints = [
            models.UniqueConstraint(fields=["document_type", "version"], name="letter_template_version_once"),
            models.UniqueConstraint(
                fields=["document_type", "in_force_from"],
                condition=Q(state=TemplateState.RELEASED),
                name="letter_template_one_a_day",
            ),
            in_both("title", "opening", "undertaking", name="letter_template_in_both"),
            # Two persons, on any path: whoever wrote a version never puts it in force.
            models.CheckConstraint(
                condition=Q(state=TemplateState.DRAFT, released_by__isnull=True, in_force_from__isnull=True)
                | Q(version=FIRST, in_force_from__isnull=False)
                | (
                    Q(written_by__isnull=False, released_by__isnull=False, in_force_from__isnull=False)
                    & ~Q(released_by=F("written_by"))
                ),
                name="letter_template_two_persons",
            ),
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.FSM(
                name="state_graph",
                field="state",
                transitions=[
                    (TemplateState.DRAFT.value, TemplateState.RELEASED.value),
                    (TemplateState.RELEASED.value, TemplateState.RETIRED.value),
                ],
            ),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=_FROZEN,
            ),
            pgtrigger.Protect(
                name="kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=TemplateState.DRAFT.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_document_type_display()} · {_('version')} {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == TemplateState.DRAFT

    @property
    def layout_file(self) -> str:
        """Return the name of the typesetter's template."""
        return LAYOUT_FILES[Layout(self.layout)]

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """Return the texts by name and language of the letter."""
        return {
            name: {language: getattr(self, f"{name}_{column}") or "" for language, column in COLUMN.items()}
            for name in TEXTS
        }
