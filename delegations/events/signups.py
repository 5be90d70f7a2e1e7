"""Who takes part in an event: sign-ups with their seats, invitations to sign up, exhibitors who apply.

A confirmed person holds a numbered seat; the database knows no seat twice and none beyond the capacity of the event.
"""

from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from delegations.events.enums import ApplicationState, LetterKind, SignUpState
from delegations.events.models import Event
from enterprises.models import Company
from shenyang_fao.core import audit
from shenyang_fao.core.fields import EncryptedText

_NO_SEAT_BEYOND = (
    "IF NEW.seat > (SELECT e.capacity FROM delegations_event AS e WHERE e.id = NEW.event_id) THEN"
    " RAISE EXCEPTION 'the event has no such seat' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
)

# What the audit trail, which forgets nothing, must not hold of people who are forgotten.
_PERSONAL = ("name", "email", "email_index", "organisation")


class SignUp(models.Model):
    """Somebody who wants to take part. ``key`` is the door's QR code; ``reason`` what an officer gave for the last step."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sign_ups", verbose_name=_("event"))
    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    name = EncryptedText(pgettext_lazy("person", "name"))
    email = EncryptedText(_("e-mail address"))
    email_index = models.CharField(_("same address"), max_length=64, editable=False)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=SignUpState)
    seat = models.PositiveIntegerField(_("seat"), null=True, blank=True)
    made_at = models.DateTimeField(_("signed up at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    attended_at = models.DateTimeField(_("came at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["SignUp"]] = models.Manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.CheckConstraint(
                condition=Q(state=SignUpState.CONFIRMED, seat__gte=1, confirmed_at__isnull=False)
                | (~Q(state=SignUpState.CONFIRMED) & Q(seat__isnull=True)),
                name="sign_up_confirmed_has_a_seat",
            ),
            models.UniqueConstraint(fields=["event", "seat"], name="sign_up_one_a_seat"),
            models.UniqueConstraint(
                fields=["event", "email_index"],
                condition=~Q(state=SignUpState.CANCELLED),
                name="sign_up_once_an_address",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "made_at"], name="sign_up_waiting_list")]
        triggers = [
            audit.trigger(without=_PERSONAL),
            pgtrigger.Trigger(
                name="no_seat_beyond",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("seat", "event_id"),
                condition=pgtrigger.Q(new__seat__isnull=False),
                func=_NO_SEAT_BEYOND,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.get_state_display()}"


class EventInvitation(models.Model):
    """A secret link with which one address may sign up for an event by invitation."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations", verbose_name=_("event"))
    name = EncryptedText(pgettext_lazy("person", "name"))
    email = EncryptedText(_("e-mail address"))
    email_index = models.CharField(_("same address"), max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    sign_up = models.OneToOneField(
        SignUp, models.SET_NULL, null=True, blank=True, related_name="invitation", verbose_name=_("sign-up")
    )

    objects: ClassVar[models.Manager["EventInvitation"]] = models.Manager()

    class Meta:
        verbose_name = _("invitation to an event")
        verbose_name_plural = _("invitations to an event")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "email_index"], name="event_invitation_once")]
        triggers = [audit.trigger(without=_PERSONAL)]

    def __str__(self) -> str:
        return str(self.event)


class EventLetter(models.Model):
    """A mail about a sign-up or an invitation. Each has a secret link of its own, of which the row keeps the digest only."""

    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True, related_name="letters", verbose_name=_("sign-up"))
    invitation = models.ForeignKey(
        EventInvitation, models.CASCADE, null=True, related_name="letters", verbose_name=_("invitation")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    digest = models.CharField(_("digest of the secret"), max_length=64, null=True, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects: ClassVar[models.Manager["EventLetter"]] = models.Manager()

    class Meta:
        verbose_name = _("letter about a sign-up")
        verbose_name_plural = _("letters about sign-ups")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LetterKind.INVITED, invitation__isnull=False, sign_up__isnull=True)
                | (~Q(kind=LetterKind.INVITED) & Q(sign_up__isnull=False, invitation__isnull=True)),
                name="event_letter_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["sign_up"], condition=Q(kind=LetterKind.MOVED_UP), name="event_letter_moved_up_once"
            ),
        ]
        triggers = [audit.trigger(without=["digest"])]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Turnout(models.Model):
    """How many signed up for an event and came: what stays when the people are forgotten."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="turnout", verbose_name=_("event"))
    confirmed = models.PositiveIntegerField(_("confirmed places"))
    waiting = models.PositiveIntegerField(_("on the waiting list at the end"))
    cancelled = models.PositiveIntegerField(_("cancelled sign-ups"))
    came = models.PositiveIntegerField(_("people who came"))
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)

    objects: ClassVar[models.Manager["Turnout"]] = models.Manager()

    class Meta:
        verbose_name = _("turnout of an event")
        verbose_name_plural = _("turnout of events")
        ordering = ["pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.came} / {self.confirmed}"


class Exhibitor(models.Model):
    """A company that applies for a booth at an exhibition, and what the office decided."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="exhibitors", verbose_name=_("event"))
    company = models.ForeignKey(Company, models.PROTECT, related_name="exhibitions", verbose_name=_("company"))
    products = models.TextField(_("what is shown"), max_length=1000)
    contact = EncryptedText(pgettext_lazy("exhibitor", "contact"))
    booth_wish = models.CharField(_("wish for the booth"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState, default=ApplicationState.APPLIED)
    reason = models.TextField(_("reason"), blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Exhibitor"]] = models.Manager()

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "company"],
                condition=~Q(state=ApplicationState.WITHDRAWN),
                name="exhibitor_once",
                violation_error_message=_("The company has already applied."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.SELECTED, ApplicationState.DECLINED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="exhibitor_decided_by_somebody",
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.company} – {self.event}"
