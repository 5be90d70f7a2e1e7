"""One city, one policy (一城一策): programmes of some years, a plan for each partner in them, and its actions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.models import StoredFile, Unit
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.enums import OPEN_ACTIONS, ActionState, ProgrammeKind
from sister_cities.models.partners import Partner
from sister_cities.querysets import PlanActionQuerySet, PlanQuerySet, SourcedQuerySet


class Programme(Sourced):
    """A framework of some years, such as the action plan 2023-2025 or the friendly-districts programme."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    name = models.CharField(_("name"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    summary = models.TextField(_("public summary"), blank=True)

    objects: ClassVar[SourcedQuerySet["Programme"]] = SourcedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-first_year", "slug"]
        constraints = [
            *SOURCED,
            in_both("name", name="programme_in_both_languages"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(first_year__isnull=False, last_year__gte=F("first_year")),
                name="programme_years_in_order",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """What a programme means for one partner; without a partner, for the work as a whole."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="plans", verbose_name=_("programme"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("partner")
    )
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("For officers only."))
    summary = models.TextField(_("public summary"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "partner"],
                nulls_distinct=False,
                name="plan_once_per_partner",
                violation_error_message=_("This programme already has a plan for this partner."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False)
                | (
                    Q(summary_zh_hans__isnull=False, summary_en__isnull=False)
                    & ~Q(summary_zh_hans="")
                    & ~Q(summary_en="")
                ),
                name="plan_public_has_summary",
                violation_error_message=_("A public plan has a summary in both languages."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.partner} · {self.programme}" if self.partner else str(self.programme)


class PlanAction(models.Model):
    """Something a unit has promised to do by a day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions", verbose_name=_("plan"))
    name = models.CharField(_("plan action"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plan_actions", verbose_name=_("owner unit"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan_actions",
        verbose_name=_("officer in charge"),
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    due_on = models.DateField(_("deadline"))
    state = models.CharField(_("state"), max_length=10, choices=ActionState, default=ActionState.PLANNED)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects: ClassVar[PlanActionQuerySet] = PlanActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("plan action")
        verbose_name_plural = _("plan actions")
        ordering = ["due_on", "pk"]
        constraints = [
            in_both("name", name="action_in_both_languages"),
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_state_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="action_progress_in_per_cent"),
            models.CheckConstraint(
                condition=Q(state=ActionState.DONE, progress=100, done_on__isnull=False)
                | (~Q(state=ActionState.DONE) & Q(done_on__isnull=True)),
                name="action_done_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state__in=["planned", "under_way"]), name="action_open")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the officers' page of this action."""
        return reverse("admin:sister_cities_planaction_change", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACTIONS

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class ActionReport(models.Model):
    """How far an action had come on a day, in which state that left it, and the evidence."""

    action = models.ForeignKey(PlanAction, models.CASCADE, related_name="reports", verbose_name=_("plan action"))
    on = models.DateField(_("date"))
    progress = models.PositiveSmallIntegerField(_("progress in per cent"))
    state = models.CharField(_("state"), max_length=10, choices=ActionState, default=ActionState.UNDER_WAY)
    note = models.TextField(_("what was done"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="report_progress_in_per_cent")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}: {self.progress} %"
