"""Tables that every app leans on: audit trail, promises of background work, counters, private files, mail, figures."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both, written_in_both
from shenyang_fao.core.enums import ExportFormat, ImportState, PromiseState, UnitKind
from shenyang_fao.core.pictures import sizes
from shenyang_fao.core.querysets import PictureQuerySet, PromiseQuerySet


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


class Unit(models.Model):
    """A body in Shenyang (单位): the city, a district or zone, a department, or an institution such as a school."""

    slug = models.SlugField(_("key"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    name = models.CharField(_("name"), max_length=150)

    objects: ClassVar[models.Manager["Unit"]] = models.Manager()

    class Meta:
        verbose_name = _("unit in Shenyang")
        verbose_name_plural = _("units in Shenyang")
        ordering = ["slug"]
        constraints = [
            in_both("name", name="unit_in_both_languages"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A photograph of the public site: the original is private, its renditions are given out (`core.pictures`)."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    original = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("original"))
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    alt = models.CharField(_("description"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=150, blank=True)
    taken_year = models.PositiveSmallIntegerField(_("year taken"), null=True, blank=True)
    is_released = models.BooleanField(_("may be shown"), default=False)
    rendered_at = models.DateTimeField(_("prepared at"), null=True, editable=False)
    made_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("stored by"),
        editable=False,
    )

    objects: ClassVar[PictureQuerySet] = PictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_released=False) | written_in_both("alt"),
                name="picture_released_with_description",
                violation_error_message=_("A picture may be shown once it is described in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(taken_year__isnull=True) | Q(taken_year__range=(1839, 2199)),
                name="picture_year_of_photography",
                violation_error_message=_("The year lies between 1839 and today."),
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.alt or f"{self.key}"

    @property
    def is_ready(self) -> bool:
        return self.rendered_at is not None

    @property
    def widths(self) -> list[int]:
        return sizes.widths_of(self.width)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The formats better than the fallback, best first: media type and what ``srcset`` takes."""
        return [(sizes.MEDIA_TYPES[kind], self.srcset(kind)) for kind in sizes.MEDIA_TYPES if kind != sizes.FALLBACK]

    def srcset(self, kind: str = sizes.FALLBACK) -> str:
        """Return the addresses in one format, each with its width."""
        return ", ".join(f"{self.url(width, kind)} {width}w" for width in self.widths)

    @property
    def small_url(self) -> str:
        return self.url(self.widths[0], sizes.FALLBACK)

    @property
    def large_url(self) -> str:
        return self.url(self.widths[-1], sizes.FALLBACK)

    def url(self, width: int, kind: str) -> str:
        """Return the address of a rendition; who may open it is decided there."""
        return reverse("pictures:rendition", args=[self.key, width, kind])


class ImportJob(models.Model):
    """A file whose rows an officer wants in the register: checked first, imported as a whole or not at all.

    What the check found lies in a file of its own: it repeats what people wrote, and the audit trail keeps every column.
    """

    kind = models.CharField(_("table"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="imports", verbose_name=_("file"))
    findings = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("findings"))
    form = models.CharField(_("read as"), max_length=40)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    faulty = models.PositiveIntegerField(_("faulty"), default=0)
    plan = models.CharField(_("digest of what was shown"), max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    made_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("imported by")
    )
    done_at = models.DateTimeField(_("imported at"), null=True)

    objects: ClassVar[models.Manager["ImportJob"]] = models.Manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.IMPORTING, ImportState.DONE])
                | Q(faulty=0, decided_by__isnull=False),
                name="import_without_faults_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, done_at__isnull=False)
                | (~Q(state=ImportState.DONE) & Q(done_at__isnull=True)),
                name="import_done_has_its_time",
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def total(self) -> int:
        """How many rows were found in the file."""
        return self.added + self.changed + self.unchanged + self.faulty


class ExportRecord(models.Model):
    """Somebody took a table away: which rows, how many, and in what form."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("exported by"))
    kind = models.CharField(_("table"), max_length=60)
    form = models.CharField(_("form"), max_length=10, choices=ExportFormat)
    filters = models.TextField(_("filters"), blank=True)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("record of exporting")
        verbose_name_plural = _("records of exporting")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
