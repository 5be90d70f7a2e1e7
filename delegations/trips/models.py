"""Official trips abroad (因公临时出国): who goes where for what, the notice before and after, and the decisions."""

import unicodedata
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from delegations.trips.enums import (
    DECIDED,
    TRIP_STEPS,
    Companion,
    LimitKey,
    TripLane,
    TripPaperRole,
    TripState,
    TripWork,
)
from delegations.trips.itinerary import days_abroad
from delegations.trips.querysets import LimitQuerySet, TripQuerySet
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.casework import CasePaper, TimelineEntry
from shenyang_fao.core.fields import blind_index
from shenyang_fao.core.models import Unit

# What the public notice shows, and what is decided on: it stands still once the notice is published.
NOTICED_FIELDS = (
    "unit",
    "name_zh_hans",
    "name_en",
    "purpose_zh_hans",
    "purpose_en",
    "work",
    "leaves_on",
    "returns_on",
    "route",
    "has_poor_flights",
    "inviter_zh_hans",
    "inviter_en",
    "inviter_country",
    "budget",
    "budget_source",
    "planned",
    "lane",
)
_ANY_NOTICED_CHANGES = reduce(
    or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in NOTICED_FIELDS)
)
_GRAPH = sorted({(start.value, end.value) for starts, end in TRIP_STEPS.values() for start in starts})


class TripLimit(models.Model):
    """A number of the rules and when it holds; ``key`` is one of `limits.KEYS`."""

    key = models.CharField(_("rule"), max_length=30, choices=LimitKey)
    value = models.PositiveSmallIntegerField(_("number"))
    valid_from = models.DateField(_("holds from"))
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    source = models.TextField(_("source"))

    objects: ClassVar[LimitQuerySet] = LimitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("limit of official trips")
        verbose_name_plural = _("limits of official trips")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="trip_limit_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="trip_limit_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(condition=Q(key__in=LimitKey.values), name="trip_limit_known"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"


class PlannedTrip(models.Model):
    """A line of a unit's annual plan of trips."""

    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="planned_trips", verbose_name=_("unit"))
    purpose = models.CharField(_("task"), max_length=300)
    countries = CountryField(_("countries and regions"), multiple=True, blank=True)
    people = models.PositiveSmallIntegerField(_("people"), null=True, blank=True)

    objects: ClassVar[models.Manager["PlannedTrip"]] = models.Manager()

    class Meta:
        verbose_name = _("line of the annual plan")
        verbose_name_plural = _("annual plan of trips")
        ordering = ["-year", "pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.year} · {self.unit} · {self.purpose}"


class Trip(models.Model):
    """A group of a unit that goes abroad on an official task. Numbered when it is filed."""

    number = models.CharField(_("number"), max_length=30, unique=True, null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="trips", verbose_name=_("sending unit"))
    name = models.CharField(_("group"), max_length=200)
    purpose = models.TextField(_("task"))
    work = models.CharField(_("kind of task"), max_length=10, choices=TripWork, default=TripWork.GENERAL)
    leaves_on = models.DateField(_("leaves the mainland on"))
    returns_on = models.DateField(_("re-enters the mainland on"))
    route = models.CharField(_("route"), max_length=400, blank=True)
    has_poor_flights = models.BooleanField(
        _("poor flights"), default=False, help_text=_("Latin America and Africa only: one day more.")
    )
    inviter = models.CharField(_("inviter"), max_length=300, blank=True)
    inviter_country = CountryField(_("inviter's country or region"), blank=True)
    inviter_about = models.TextField(_("about the inviter"), blank=True)
    budget = models.DecimalField(_("budget in yuan"), max_digits=12, decimal_places=2, null=True, blank=True)
    budget_source = models.CharField(_("source of the budget"), max_length=200, blank=True)
    planned = models.ForeignKey(
        PlannedTrip,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trips",
        verbose_name=_("line of the annual plan"),
    )
    lane = models.CharField(_("lane"), max_length=10, choices=TripLane, default=TripLane.NORMAL)
    state = models.CharField(_("state"), max_length=10, choices=TripState, default=TripState.DRAFT)
    noticed_on = models.DateField(_("on public notice since"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    due_on = models.DateField(_("decision due on"), null=True, blank=True)
    findings = models.JSONField(_("what the rules found"), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    created_at = models.DateTimeField(_("entered at"), default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    left_on = models.DateField(_("really left on"), null=True, blank=True)
    returned_on = models.DateField(_("really returned on"), null=True, blank=True)
    execution = models.TextField(_("what was really done"), blank=True)
    report = models.TextField(_("report"), blank=True)
    reported_on = models.DateField(_("report published on"), null=True, blank=True)
    visited = CountryField(_("countries and regions really visited"), multiple=True, blank=True)
    documents_on = models.DateField(_("travel documents handed in on"), null=True, blank=True)
    # Invented by `manage.py generate`: never on a public page.
    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects: ClassVar[TripQuerySet] = TripQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("official trip abroad")
        verbose_name_plural = _("official trips abroad")
        ordering = ["-leaves_on", "-pk"]
        permissions = [
            ("file_trip", _("Can file official trips")),
            ("review_trip", _("Can review official trips")),
            ("approve_trip", _("Can sign off official trips")),
        ]
        constraints = [
            in_both("name", "purpose", name="trip_in_both_languages"),
            models.CheckConstraint(condition=Q(state__in=TripState.values), name="trip_state_known"),
            models.CheckConstraint(
                condition=Q(returns_on__gte=F("leaves_on")),
                name="trip_returns_after_leaving",
                violation_error_message=_("The return lies before the departure."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(left_on__isnull=False, returned_on__gte=F("left_on")),
                name="trip_returned_after_it_left",
                violation_error_message=_("The return lies before the departure."),
            ),
            # Whoever signs off is never whoever reviewed, and what is decided has both.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(reviewed_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
                name="trip_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(reviewed_by__isnull=False, approved_by__isnull=False),
                name="trip_decided_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TripState.FILED, TripState.REVIEWED, *DECIDED])
                | Q(number__isnull=False, noticed_on__isnull=False, filed_on__isnull=False),
                name="trip_filed_after_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state=TripState.CLOSED) | Q(documents_on__isnull=False, reported_on__isnull=False),
                name="trip_closed_when_all_is_in",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="trip_queue")]
        triggers = [
            audit.trigger(),
            pgtrigger.FSM(name="state_graph", field="state", transitions=_GRAPH),
            pgtrigger.Protect(
                name="born_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=TripState.DRAFT.value),
            ),
            pgtrigger.Protect(
                name="noticed_stands",
                operation=pgtrigger.Update,
                condition=_ANY_NOTICED_CHANGES & ~pgtrigger.Q(old__state=TripState.DRAFT.value),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("delegations:trip", args=[self.slug])

    @property
    def days(self) -> int:
        return days_abroad(self.leaves_on, self.returns_on)


def _of_a_draft() -> pgtrigger.Trigger:
    """Return the trigger that lets the rows of a trip change only while it is a draft: the notice shows them."""
    return pgtrigger.Trigger(
        name="noticed_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM delegations_trip WHERE id IN (OLD.trip_id, NEW.trip_id) AND state <> 'draft'
            ) THEN
                RAISE EXCEPTION 'the trip is on public notice or filed: % stands', TG_TABLE_NAME
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class TripMember(models.Model):
    """Somebody of the group, as the public notice names them."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="members", verbose_name=_("trip"))
    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(_("unit"), max_length=200)
    post = models.CharField(_("post"), max_length=200)
    part = models.CharField(_("part in the group"), max_length=12, choices=Companion, default=Companion.MEMBER)
    person_index = models.CharField(_("same person"), max_length=64, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[models.Manager["TripMember"]] = models.Manager()

    class Meta:
        verbose_name = _("member of the group")
        verbose_name_plural = _("members of the group")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["person_index"], name="trip_member_person")]
        triggers = [audit.trigger(), _of_a_draft()]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the index of the person: whoever has the same Chinese name and unit is held for the same."""
        self.person_index = person_index(self.name_zh_hans, self.unit_zh_hans)  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


def person_index(name: str | None, unit: str | None) -> str:
    """Return what is equal for the same name in the same unit; full-width and half-width letters are the same.

    Two people of one name in one unit are one to it, and somebody who changes units is two: no number that names a person is asked for.
    """
    return blind_index(unicodedata.normalize("NFKC", f"{name or ''}|{unit or ''}"))


class TripLeg(models.Model):
    """A stay in a country or region, by the local dates there."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="legs", verbose_name=_("trip"))
    country = CountryField(_("country or region"))
    city = models.CharField(_("city"), max_length=100, blank=True)
    arrives_on = models.DateField(_("arrival"))
    departs_on = models.DateField(_("departure"))
    is_transit = models.BooleanField(_("transit"), default=False)
    leaves_airport = models.BooleanField(_("leaves the airport"), default=False)
    agenda = models.TextField(_("what is done"), blank=True)

    objects: ClassVar[models.Manager["TripLeg"]] = models.Manager()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("itinerary")
        # Whoever crosses the date line arrives where they stay on the day of their change of planes, or before it.
        ordering = ["arrives_on", "departs_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(departs_on__gte=F("arrives_on")),
                name="trip_leg_leaves_after_arrival",
                violation_error_message=_("The departure lies before the arrival."),
            ),
        ]
        triggers = [audit.trigger(), _of_a_draft()]

    def __str__(self) -> str:
        return f"{self.country.name} {self.arrives_on}"


class TripPaper(CasePaper):
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="papers", verbose_name=_("trip"))
    role = models.CharField(_("paper"), max_length=30, choices=TripPaperRole)

    class Meta(CasePaper.Meta):
        abstract = False
        verbose_name = _("paper of a trip")
        verbose_name_plural = _("papers of trips")
        triggers = [audit.trigger()]


class TripEvent(TimelineEntry):
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="events", verbose_name=_("trip"))

    class Meta(TimelineEntry.Meta):
        abstract = False
        verbose_name = _("timeline entry of a trip")
        verbose_name_plural = _("timelines of trips")
        triggers = [
            audit.trigger(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
