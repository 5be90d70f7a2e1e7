"""The consent of a district or development zone: what it was asked, by which link it answers, and what it said."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.enums import ConsentState
from enterprises.models.request import ServiceRequest
from shenyang_fao.core import audit
from shenyang_fao.core.fields import EncryptedJSON, EncryptedText

ANSWERED = (ConsentState.GIVEN, ConsentState.OBJECTED)
_GRAPH = [
    (ConsentState.WAITING.value, state.value)
    for state in (ConsentState.GIVEN, ConsentState.OBJECTED, ConsentState.WITHDRAWN)
]
# An answer stands as it was given; that the request was changed later may still be noted beside it.
_FINAL = "OLD.state <> 'waiting' AND to_jsonb(OLD) - 'overtaken_at' <> to_jsonb(NEW) - 'overtaken_at'"
# A link that was replaced opens nothing again, and no link gets another token.
_LINK_FINAL = "OLD.ended_at IS NOT NULL OR (OLD.digest IS NOT NULL AND OLD.digest IS DISTINCT FROM NEW.digest)"


class ConsentRequest(models.Model):
    """One question to one unit, sent to one named person.

    ``shown`` is what that person reads (`kinds.Consenting`), as it stood when it was asked: the answer is about this and
    nothing else. ``overtaken_at`` tells since when the request says something different.
    """

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="consents", verbose_name=_("request"))
    unit = models.ForeignKey("core.Unit", models.PROTECT, related_name="+", verbose_name=_("district or zone"))
    contact_name = EncryptedText(_("contact person"))
    contact_email = EncryptedText(_("e-mail address"))
    language = models.CharField(_("language of the mail"), max_length=10, choices=settings.LANGUAGES)
    shown = EncryptedJSON(_("what was shown"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_at = models.DateTimeField(_("to be answered by"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    overtaken_at = models.DateTimeField(_("request changed at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ConsentState, default=ConsentState.WAITING)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answerer_name = EncryptedText(_("name of who answered"), null=True, blank=True)  # type: ignore[misc]
    answerer_position = EncryptedText(  # type: ignore[misc]
        _("position of who answered"), null=True, blank=True
    )
    note = models.TextField(_("remark or reason"), max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects: ClassVar[models.Manager["ConsentRequest"]] = models.Manager()

    class Meta:
        verbose_name = _("request for consent")
        verbose_name_plural = _("requests for consent")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "unit"], condition=Q(state=ConsentState.WAITING), name="consent_asked_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state__in=ANSWERED,
                    answered_at__isnull=False,
                    answerer_name__isnull=False,
                    answerer_position__isnull=False,
                )
                | (
                    ~Q(state__in=ANSWERED)
                    & Q(answered_at__isnull=True, answerer_name__isnull=True, answerer_position__isnull=True)
                ),
                name="consent_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__lte=F("expires_at")),
                name="consent_answered_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConsentState.OBJECTED) | ~Q(note=""), name="consent_objection_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(state=ConsentState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
                name="consent_withdrawn_by_somebody",
            ),
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.Protect(
                name="born_waiting",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=ConsentState.WAITING.value),
            ),
            pgtrigger.FSM(name="state_graph", field="state", transitions=_GRAPH),
            pgtrigger.Protect(name="final", operation=pgtrigger.Update, condition=pgtrigger.Condition(_FINAL)),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.unit}"

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def has_expired(self) -> bool:
        """Tell whether nobody answered in time."""
        return self.state == ConsentState.WAITING and timezone.now() > self.expires_at


class ConsentLink(models.Model):
    """One link by which a unit can answer; only the digest of its token is kept, the token stands in the mail alone.

    The token is made when the mail is sent. Asking again ends the links before; a reminder brings one beside them.
    """

    consent = models.ForeignKey(
        ConsentRequest, models.CASCADE, related_name="links", verbose_name=_("request for consent")
    )
    digest = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, null=True, blank=True)
    is_reminder = models.BooleanField(_("reminder"), default=False)
    made_at = models.DateTimeField(_("promised at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    objects: ClassVar[models.Manager["ConsentLink"]] = models.Manager()

    class Meta:
        verbose_name = _("link of a request for consent")
        verbose_name_plural = _("links of a request for consent")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__isnull=True, sent_at__isnull=True) | Q(digest__isnull=False, sent_at__isnull=False),
                name="consent_link_sent_has_digest",
            )
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.Protect(name="final", operation=pgtrigger.Update, condition=pgtrigger.Condition(_LINK_FINAL)),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.consent} · {self.made_at:%Y-%m-%d}"
