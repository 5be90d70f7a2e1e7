"""Inbound visits: who comes, when, received by whom; their programme, and what is booked for it."""

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from delegations.outcomes import OUTCOME, Outcome, OutcomeQuerySet
from delegations.visits.enums import (
    VISIT_STEPS,
    Duty,
    HeadRank,
    Purpose,
    ResourceKind,
    StopKind,
    VisitState,
)
from delegations.visits.querysets import BookingQuerySet, StopQuerySet, VisitQuerySet
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.fields import EncryptedText
from shenyang_fao.core.models import Unit
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.models import Partner

_STEPS = sorted((start.value, end.value) for start, ends in VISIT_STEPS.items() for end in ends)
# A booking holds its time because the stop does: no form can forget to move it along.
_TIME_OF_THE_STOP = (
    "SELECT tstzrange(s.starts_at, s.ends_at) INTO NEW.during FROM delegations_stop AS s WHERE s.id = NEW.stop_id;"
    " RETURN NEW;"
)
_MOVE_BOOKINGS = (
    "UPDATE delegations_booking SET during = tstzrange(NEW.starts_at, NEW.ends_at) WHERE stop_id = NEW.id; RETURN NULL;"
)
# What is cancelled holds nobody.
_RELEASE = (
    "DELETE FROM delegations_booking WHERE stop_id IN (SELECT id FROM delegations_stop WHERE visit_id = NEW.id);"
    " RETURN NULL;"
)


# Addresses that pages of the record have taken: a visit there would never be seen.
TAKEN_SLUGS = ("history",)


class Visit(Sourced):
    """A delegation that comes. Records of old visits begin as completed, with dates as precise as their source."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("delegation"), max_length=200)
    country = CountryField(_("country or region"))
    partners = models.ManyToManyField(
        Partner,
        blank=True,
        related_name="visits",
        verbose_name=_("partners"),
        help_text=_("From the register of ties."),
    )
    city = models.CharField(_("city"), max_length=100, blank=True, help_text=_("Where it is not in the register."))
    head = models.CharField(_("head of the delegation"), max_length=120, blank=True)
    head_title = models.CharField(_("title of the head"), max_length=200, blank=True)
    head_rank = models.CharField(_("rank of the head"), max_length=10, choices=HeadRank)
    size = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    about = models.TextField(_("what it is about"), blank=True, help_text=_("For officers only."))
    arrives_on = models.DateField(_("arrival"), null=True, blank=True)
    arrives_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    departs_on = models.DateField(_("departure"), null=True, blank=True)
    hosts = models.CharField(_("received by"), max_length=300, blank=True)
    host_units = models.ManyToManyField(Unit, blank=True, related_name="visits", verbose_name=_("host units"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("owner officer"),
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    state = models.CharField(_("state"), max_length=10, choices=VisitState, default=VisitState.PROPOSED)
    summary = models.TextField(_("public summary"), blank=True)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_zh_hans: str
        name_en: str

    class Meta:
        verbose_name = _("inbound visit")
        verbose_name_plural = _("inbound visits")
        ordering = ["-arrives_on", "-pk"]
        constraints = [
            *SOURCED,
            in_both("name", name="visit_in_both_languages"),
            with_precision("arrives_on", "arrives_precision", name="visit_date_with_precision"),
            models.CheckConstraint(
                condition=~Q(slug__in=TAKEN_SLUGS),
                name="visit_address_free",
                violation_error_message=_("This address belongs to another page of the record."),
            ),
            models.CheckConstraint(condition=Q(head_rank__in=HeadRank.values), name="visit_rank_known"),
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(
                condition=Q(departs_on__isnull=True) | Q(arrives_on__isnull=False, departs_on__gte=F("arrives_on")),
                name="visit_leaves_after_arrival",
                violation_error_message=_("The departure lies before the arrival."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VisitState.PROPOSED, VisitState.CANCELLED, VisitState.COMPLETED])
                | Q(arrives_on__isnull=False, departs_on__isnull=False, arrives_precision=Precision.DAY),
                name="visit_confirmed_has_days",
                violation_error_message=_("A confirmed visit has its days of arrival and departure."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(state=VisitState.COMPLETED),
                name="visit_public_once_completed",
                violation_error_message=_("A visit becomes public after it has taken place."),
            ),
        ]
        indexes = [models.Index(fields=["state", "arrives_on"], name="visit_by_day")]
        triggers = [
            audit.trigger(),
            pgtrigger.FSM(name="state_graph", field="state", transitions=_STEPS),
            pgtrigger.Trigger(
                name="release",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state=VisitState.CANCELLED.value),
                func=_RELEASE,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("delegations:visit", args=[self.slug])

    @property
    def arrives_text(self) -> str:
        return partial_text(self.arrives_on, self.arrives_precision)

    @property
    def departs_text(self) -> str:
        return partial_text(self.departs_on, Precision.DAY)


class Member(models.Model):
    """Somebody of the delegation beside or including its head, in the order of protocol."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members", verbose_name=_("visit"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    title = models.CharField(pgettext_lazy("person", "title"), max_length=200, blank=True)
    needs = EncryptedText(_("needs"), blank=True, help_text=_("Diet, health, faith; stored encrypted."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[models.Manager["Member"]] = models.Manager()

    class Meta:
        verbose_name = _("member of the delegation")
        verbose_name_plural = _("members of the delegation")
        ordering = ["position", "pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """A person, a vehicle or a room that can be booked for a stop. An officer of this portal is a person with a user."""

    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind)
    name = models.CharField(_("name"), max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="protocol_resource",
        verbose_name=_("officer"),
        limit_choices_to={"is_staff": True},
    )
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    phone = EncryptedText(_("phone"), blank=True)
    is_active = models.BooleanField(_("can be booked"), default=True)

    objects: ClassVar[models.Manager["Resource"]] = models.Manager()

    class Meta:
        verbose_name = _("person, vehicle or room")
        verbose_name_plural = _("people, vehicles and rooms")
        ordering = ["kind", "pk"]
        constraints = [
            in_both("name", name="resource_in_both_languages"),
            models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_kind_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(kind=ResourceKind.PERSON), name="resource_user_is_a_person"
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class Stop(models.Model):
    """A stop of a programme: from when to when, where, what. Groups let a delegation split up."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="stops", verbose_name=_("visit"))
    kind = models.CharField(_("kind"), max_length=10, choices=StopKind)
    name = models.CharField(_("what happens"), max_length=200)
    place = models.CharField(_("place"), max_length=200)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    time_zone = models.CharField(
        _("time zone"), max_length=40, default=settings.TIME_ZONE, help_text=_("By its IANA name, such as Asia/Tokyo.")
    )
    group = models.CharField(_("group"), max_length=20, blank=True, help_text=_("Only where a delegation splits up."))
    host = models.CharField(_("received by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For officers only."))

    objects: ClassVar[StopQuerySet] = StopQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("programme")
        ordering = ["starts_at", "pk"]
        constraints = [
            in_both("name", "place", name="stop_in_both_languages"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="stop_ends_after_its_start",
                violation_error_message=_("A stop ends after it begins."),
            ),
            ExclusionConstraint(
                name="stop_one_at_a_time",
                expressions=[
                    ("visit", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (
                        Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another stop of this programme lies in that time."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="stop_by_time")]
        triggers = [
            audit.trigger(),
            pgtrigger.Trigger(
                name="move_bookings",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("starts_at", "ends_at"),
                func=_MOVE_BOOKINGS,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            raise ValidationError({"time_zone": gettext("No such time zone. Write it as Asia/Tokyo.")}) from None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_abroad(self) -> bool:
        """Tell whether its clock is another than Shenyang's."""
        starts = self.starts_at
        return starts.astimezone(self.zone).utcoffset() != timezone.localtime(starts).utcoffset()


class Booking(models.Model):
    """Somebody or something held for a stop. ``during`` is always the time of the stop: triggers write it."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="bookings", verbose_name=_("stop"))
    duty = models.CharField(_("duty"), max_length=12, choices=Duty)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings", verbose_name=_("who or what"))
    during = DateTimeRangeField(_("time"), null=True, editable=False)

    objects: ClassVar[BookingQuerySet] = BookingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="booking_duty_known"),
            ExclusionConstraint(
                name="booking_once_at_a_time",
                expressions=[("resource", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.Trigger(
                name="time_of_the_stop",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stop_id"),
                func=_TIME_OF_THE_STOP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.resource}"


class VisitOutcome(Outcome):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="outcomes", verbose_name=_("visit"))

    objects: ClassVar[OutcomeQuerySet["VisitOutcome"]] = OutcomeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Outcome.Meta):
        abstract = False
        verbose_name = _("outcome of a visit")
        verbose_name_plural = _("outcomes of visits")
        constraints = [*OUTCOME, in_both("name", name="visit_outcome_in_both_languages")]
        triggers = [audit.trigger()]
