"""The invitation: the visit, its days, the invitees, and the letter that comes of it."""

import secrets
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from enterprises.invitations.enums import (
    DocumentType,
    Entries,
    LetterState,
    PassportType,
    Payer,
    Reason,
    Sex,
    VisaClass,
)
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.models.request import ServiceRequest
from enterprises.querysets import LetterQuerySet
from shenyang_fao.core import audit
from shenyang_fao.core.fields import EncryptedJSON, EncryptedText, blind_index

# What ended has ended: no letter comes back in force.
LETTER_GRAPH = [
    (LetterState.PREPARING.value, LetterState.ISSUED.value),
    (LetterState.ISSUED.value, LetterState.REVOKED.value),
    (LetterState.ISSUED.value, LetterState.SUPERSEDED.value),
]
# What of a letter is settled at sign-off.
FROZEN = [
    *("request", "number", "code", "template", "wording", "edition", "replaces"),
    *("payload", "lapses_on", "made_at", "made_by"),
]
NOT_BY_REVIEWER = (
    "IF EXISTS (SELECT 1 FROM enterprises_servicerequest AS r"
    " WHERE r.id = NEW.request_id AND r.reviewed_by_id = NEW.made_by_id) THEN"
    " RAISE EXCEPTION 'a letter is signed off by an officer who did not review the request';"
    " END IF; RETURN NEW;"
)
CODE_BYTES = 16  # 128 random bits: nobody finds a letter by trying


class Invitation(models.Model):
    """The visit. Fields stay empty until their step of the form is saved; the rules ask for them on submission."""

    request = models.OneToOneField(
        ServiceRequest, models.CASCADE, primary_key=True, related_name="invitation", verbose_name=_("request")
    )
    document_type = models.CharField(
        _("document"), max_length=20, choices=DocumentType, default=DocumentType.AUTHORISED
    )
    visa_class = models.CharField(_("visa class"), max_length=10, choices=VisaClass, blank=True)
    entries = models.CharField(_("entries"), max_length=10, choices=Entries, default=Entries.SINGLE)
    reason_code = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    reason = models.TextField(_("purpose of the visit"), max_length=1000, blank=True)
    relation = models.TextField(_("relation between the two sides"), max_length=1000, blank=True)
    payer = models.CharField(_("who pays stay and medical costs"), max_length=10, choices=Payer, blank=True)
    arrival_on = models.DateField(_("arrival"), null=True, blank=True)
    departure_on = models.DateField(_("departure"), null=True, blank=True)
    stay_days = models.PositiveSmallIntegerField(_("days of stay"), null=True, blank=True)
    places = models.CharField(_("places to visit"), max_length=300, blank=True)
    is_guarantee_accepted = models.BooleanField(_("guarantee accepted"), default=False)
    is_consent_given = models.BooleanField(_("invitees agree to the use of their data"), default=False)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager()

    if TYPE_CHECKING:  # columns that modeltranslation adds
        places_zh_hans: str
        places_en: str

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(departure_on__isnull=True)
                | Q(arrival_on__isnull=True)
                | Q(departure_on__gte=F("arrival_on")),
                name="invitation_leaves_after_arriving",
            )
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return str(self.request)


class ItineraryDay(models.Model):
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="days", verbose_name=_("invitation"))
    on = models.DateField(_("day"))
    plan = models.CharField(_("place and activity"), max_length=300)

    class Meta:
        verbose_name = _("day of the itinerary")
        verbose_name_plural = _("itinerary")
        ordering = ["on", "pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.on} {self.plan}"


def index_of(nationality: str, passport_number: str) -> str:
    """Return what finds a passport in the database without showing it."""
    return blind_index(f"{nationality}:{passport_number}")


class Invitee(models.Model):
    """A guest, named as in the machine-readable zone of the passport. A single name stands in ``surname`` (ICAO 9303-3, 4.6)."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="invitees", verbose_name=_("invitation"))
    surname = models.CharField(_("surname"), max_length=80)
    given_names = models.CharField(_("given names"), max_length=80, blank=True)
    native_name = models.CharField(_("name in Chinese or in its own script"), max_length=80, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    born_on = models.DateField(_("date of birth"))
    nationality = CountryField(_("nationality"))
    passport_number = EncryptedText(_("passport number"))
    passport_index = models.CharField(_("index of the passport number"), max_length=64, editable=False)
    passport_type = models.CharField(
        _("passport type"), max_length=10, choices=PassportType, default=PassportType.ORDINARY
    )
    passport_expires_on = models.DateField(_("passport expires on"))
    employer = models.CharField(_("employer"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=120)
    earlier_visas = models.TextField(_("earlier visits and visas"), max_length=1000, blank=True)
    visa_post_country = CountryField(_("country or region of the visa post"))
    visa_post_city = models.CharField(_("city of the visa post"), max_length=80)
    visa_post_reason = models.CharField(_("why not in the country of nationality"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "passport_index"],
                name="invitee_once",
                violation_error_message=_("This passport is already in the list."),
            )
        ]
        indexes = [models.Index(fields=["passport_index"], name="invitee_passport")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.passport_index = index_of(str(self.nationality), self.passport_number)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()

    @property
    def masked_passport(self) -> str:
        """Return the passport number with all but its last three characters hidden."""
        return "•" * max(len(self.passport_number) - 3, 3) + self.passport_number[-3:]


def new_code() -> str:
    """Return the random code that opens a letter's verification page."""
    return secrets.token_hex(CODE_BYTES)


class Letter(models.Model):
    """An issued letter: its content is frozen at sign-off, its files are made from that and nothing else."""

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="letters", verbose_name=_("request"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    code = models.CharField(_("verification code"), max_length=64, unique=True, default=new_code)
    template = models.CharField(_("layout"), max_length=40)
    wording = models.ForeignKey(
        LetterTemplate, models.PROTECT, related_name="letters", verbose_name=_("letter template")
    )
    edition = models.PositiveSmallIntegerField(_("version of the letter"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("in place of")
    )
    payload = EncryptedJSON(_("frozen content"))
    lapses_on = models.DateField(_("lapses after"))
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.PREPARING)
    made_at = models.DateTimeField(_("signed off at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed off by")
    )
    rendered = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rendered file")
    )
    signed = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed file")
    )
    notice = models.OneToOneField(
        "core.Mail", models.PROTECT, null=True, blank=True, related_name="letter", verbose_name=_("notice")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_reason = models.TextField(_("reason of revocation"), blank=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)
    superseded_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("superseded by")
    )

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        permissions = [("revoke_letter", _("Can revoke letters"))]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=~Q(state=LetterState.REVOKED), name="letter_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.ISSUED)
                | Q(signed__isnull=False, issued_at__isnull=False, notice__isnull=False),
                name="letter_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.REVOKED, revoked_at__isnull=False, revoked_by__isnull=False)
                | (~Q(state=LetterState.REVOKED) & Q(revoked_at__isnull=True, revoked_by__isnull=True)),
                name="letter_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.SUPERSEDED, superseded_at__isnull=False, superseded_by__isnull=False)
                | (~Q(state=LetterState.SUPERSEDED) & Q(superseded_at__isnull=True, superseded_by__isnull=True)),
                name="letter_superseded_by_another",
            ),
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.ReadOnly(name="frozen", fields=FROZEN),
            pgtrigger.FSM(name="state_graph", field="state", transitions=LETTER_GRAPH),
            # The two-person rule for every letter of a request, the first one and those issued anew.
            pgtrigger.Trigger(
                name="two_persons", when=pgtrigger.Before, operation=pgtrigger.Insert, func=NOT_BY_REVIEWER
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    def verification_url(self) -> str:
        """Return the address that the QR code carries; the site adds the reader's language."""
        return f"{settings.SITE_URL}/letters/verify/{self.code}/"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:verify_code", args=[self.code])

    @property
    def has_lapsed(self) -> bool:
        """Tell whether the intended day of entry, the last day to apply for the visa, is over."""
        return timezone.localdate() > self.lapses_on
