"""Events and the series they belong to: when, where, who speaks, what came of them."""

from datetime import date, datetime, timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.events.enums import (
    EVENT_STEPS,
    DeliveryKind,
    DocumentKind,
    EventKind,
    EventState,
    PlaceKind,
    SignUpMode,
)
from delegations.events.querysets import EventQuerySet, SeriesQuerySet
from delegations.outcomes import OUTCOME, Outcome
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.dates import Precision, partial_text, with_precision
from shenyang_fao.core.models import StoredFile, Unit
from shenyang_fao.core.sources import SOURCED, Sourced
from sister_cities.models import Partner

_STEPS = sorted((start.value, end.value) for start, ends in EVENT_STEPS.items() for end in ends)


class Series(Sourced):
    """What comes back under one name, such as the Consular Salon (领事沙龙)."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("public summary"), blank=True)
    # The series whose events fill the table of places and deliveries (五进五送).
    has_matrix = models.BooleanField(_("has a table of places and deliveries"), default=False)
    # Its editions are kept with the sister cities (光影传谊·五洲连心); its page leads to them.
    shows_editions = models.BooleanField(_("shows the editions of the photo and film exchange"), default=False)

    objects: ClassVar[SeriesQuerySet] = SeriesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ["slug"]
        constraints = [*SOURCED, in_both("name", name="series_in_both_languages")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("delegations:series", args=[self.slug])


class Event(Sourced):
    """An event, as precisely dated as its source; times of day by the clock of Shenyang."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("series")
    )
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    name = models.CharField(_("name"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.PLANNED)
    starts_on = models.DateField(_("date"), null=True, blank=True)
    starts_precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    starts_time = models.TimeField(_("begins at"), null=True, blank=True)
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address of the venue"), max_length=300, blank=True)
    hosts = models.CharField(_("organised by"), max_length=300, blank=True)
    partners = models.ManyToManyField(Partner, blank=True, related_name="events", verbose_name=_("partners"))
    units = models.ManyToManyField(Unit, blank=True, related_name="events", verbose_name=_("units in Shenyang"))
    summary = models.TextField(_("public summary"), blank=True)
    sign_up = models.CharField(_("sign-up"), max_length=10, choices=SignUpMode, default=SignUpMode.NONE)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    sign_up_until = models.DateTimeField(_("sign-up until"), null=True, blank=True)
    recruits_until = models.DateField(
        _("exhibitors apply until"), null=True, blank=True, help_text=_("Empty: no exhibitors are recruited.")
    )
    booths = models.PositiveSmallIntegerField(_("booths"), null=True, blank=True)
    # For those who subscribe: since when it is public, and when what they read was last changed.
    published_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *SOURCED,
            in_both("name", name="event_in_both_languages"),
            with_precision("starts_on", "starts_precision", name="event_date_with_precision"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="event_ends_after_its_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(starts_time__isnull=True) | Q(starts_precision=Precision.DAY),
                name="event_time_needs_a_day",
                violation_error_message=_("A time of day needs a date known to the day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_precision=Precision.DAY),
                name="event_last_day_needs_a_day",
                violation_error_message=_("A last day needs a first day known to the day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_time__isnull=True) | Q(starts_time__isnull=False),
                name="event_end_needs_a_beginning",
                violation_error_message=_("A time at which it ends needs one at which it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(sign_up__in=[SignUpMode.OPEN, SignUpMode.INVITED])
                | Q(capacity__isnull=False, capacity__gte=1, starts_precision=Precision.DAY),
                name="event_sign_up_has_places",
                violation_error_message=_("Sign-up needs the number of places and the day of the event."),
            ),
            models.UniqueConstraint(
                fields=["series", "edition"],
                condition=Q(edition__isnull=False),
                name="event_edition_once",
                violation_error_message=_("The series already has this edition."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on"], name="event_by_day")]
        triggers = [audit.trigger(), pgtrigger.FSM(name="state_graph", field="state", transitions=_STEPS)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("delegations:event", args=[self.slug])

    @property
    def starts_text(self) -> str:
        return partial_text(self.starts_on, self.starts_precision)

    @property
    def starts_at(self) -> datetime | None:
        """The moment it begins, where date and time are known."""
        if self.starts_on is None or self.starts_time is None:
            return None
        return timezone.make_aware(datetime.combine(self.starts_on, self.starts_time))

    @property
    def ends_at(self) -> datetime | None:
        """The moment it ends, where that is known; an hour before the first one lies behind midnight."""
        if self.starts_on is None or self.starts_time is None or self.ends_time is None:
            return None
        day = self.ends_on or self.starts_on
        if day == self.starts_on and self.ends_time <= self.starts_time:
            day += timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, self.ends_time))

    @property
    def last_day(self) -> date | None:
        """The last day on which it goes on, as far as its date is known to the day."""
        if self.starts_precision != Precision.DAY:
            return None
        return self.ends_on or self.starts_on


class AgendaItem(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda", verbose_name=_("event"))
    on = models.DateField(_("day"), null=True, blank=True)
    starts_time = models.TimeField(_("begins at"))
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    name = models.CharField(_("item of the agenda"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["AgendaItem"]] = models.Manager()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("agenda")
        ordering = ["on", "starts_time", "pk"]
        constraints = [
            in_both("name", name="agenda_item_in_both_languages"),
            models.CheckConstraint(
                condition=Q(ends_time__isnull=True) | Q(ends_time__gt=F("starts_time")),
                name="agenda_item_ends_after_its_start",
                violation_error_message=_("An item ends after it begins."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[models.Manager["Speaker"]] = models.Manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [in_both("name", name="speaker_in_both_languages")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class EventDocument(models.Model):
    """A paper of an event, such as a declaration: a link, or a file that is public only when it is marked so."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("link"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_public = models.BooleanField(_("public"), default=False)

    objects: ClassVar[models.Manager["EventDocument"]] = models.Manager()

    class Meta:
        verbose_name = _("document of an event")
        verbose_name_plural = _("documents of an event")
        ordering = ["pk"]
        constraints = [in_both("name", name="event_document_in_both_languages")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class EventOutcome(Outcome):
    event = models.ForeignKey(Event, models.CASCADE, related_name="outcomes", verbose_name=_("event"))

    class Meta(Outcome.Meta):
        abstract = False
        verbose_name = _("outcome of an event")
        verbose_name_plural = _("outcomes of events")
        constraints = [*OUTCOME, in_both("name", name="event_outcome_in_both_languages")]
        triggers = [audit.trigger()]


class Delivery(models.Model):
    """One cell's worth of the Five Visits, Five Deliveries: what was brought where on a day."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries", verbose_name=_("event"))
    place_kind = models.CharField(_("taken to"), max_length=12, choices=PlaceKind)
    kind = models.CharField(_("what was brought"), max_length=12, choices=DeliveryKind)
    place = models.CharField(_("place"), max_length=200)
    on = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("people reached"), null=True, blank=True)

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-on", "pk"]
        constraints = [
            in_both("place", name="delivery_in_both_languages"),
            models.CheckConstraint(
                condition=Q(place_kind__in=PlaceKind.values, kind__in=DeliveryKind.values), name="delivery_kinds_known"
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_kind_display()}"
