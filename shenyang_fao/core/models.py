"""Tables that every app leans on: audit trail, promises of background work, counters, private files, mail, figures."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.querysets import PromiseQuerySet


class AuditEntry(models.Model):
    """One change of one row, written by the database itself."""

    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("actor"), null=True)
    table = models.CharField(_("table"), max_length=63)
    row = models.CharField(_("row"), max_length=64)
    operation = models.CharField(_("operation"), max_length=6)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["table", "row"], name="audit_row"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.pk}"


class ViewRecord(models.Model):
    """Somebody looked at a private file: reading leaves no trace in a trigger, so the view writes it."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("viewed by"))
    file = models.ForeignKey("StoredFile", models.PROTECT, related_name="views", verbose_name=_("file"))

    class Meta:
        verbose_name = _("record of viewing")
        verbose_name_plural = _("records of viewing")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d %H:%M}"


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


def private_path(instance: "StoredFile", name: str) -> str:
    """Return a path that tells nothing about the file's owner or name."""
    return f"private/{instance.key.hex[:2]}/{instance.key.hex}"


class StoredFile(models.Model):
    """A private file. Who may open it is decided by the record that points at it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(_("content"), upload_to=private_path)
    original_name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField(_("stored at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("stored by")
    )

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-pk"]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.original_name


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
