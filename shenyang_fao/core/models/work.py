"""Background work that is promised, the mail and the short messages that it sends, and the counters of numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.fields import EncryptedText
from shenyang_fao.core.querysets import PromiseQuerySet


class Promise(models.Model):
    """A piece of background work that has been promised; the message to the worker is only the doorbell."""

    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("subject"))
    state = models.CharField(_("state"), max_length=10, choices=PromiseState, default=PromiseState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        permissions = [("retry_promise", _("Can retry failed background work"))]
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="promise_once"),
            models.CheckConstraint(
                condition=Q(state=PromiseState.DONE, done_at__isnull=False)
                | (~Q(state=PromiseState.DONE) & Q(done_at__isnull=True)),
                name="promise_done_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="promise_due")]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Counter(models.Model):
    """The last number taken in a series and year (`core.numbering`)."""

    pk = models.CompositePrimaryKey("series", "year")
    series = models.CharField(_("series"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.value}"


class Mail(models.Model):
    """A message to a person, written in the transaction that made it necessary and sent by the outbox."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("written at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.subject


class Sms(models.Model):
    """A short message to a mobile phone, written and sent as mail is (`core.sms`)."""

    # What one message carries in Chinese (UCS-2, 140 bytes).
    LONGEST = 70

    key = models.CharField(_("key"), max_length=80, unique=True)
    number = EncryptedText(_("mobile number"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.CharField(_("text"), max_length=LONGEST)
    made_at = models.DateTimeField(_("written at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("short message")
        verbose_name_plural = _("short messages")
        ordering = ["-pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.text
