"""A list in repair: what somebody uploaded, until it is taken over or given up. Personal data, so encrypted and short-lived."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.models.request import ServiceRequest
from shenyang_fao.core import audit
from shenyang_fao.core.fields import EncryptedJSON


class InviteeBatch(models.Model):
    """The one list of a request that is being repaired. ``form`` says how its file was read: "CSV · GB 18030 · ;"."""

    request = models.OneToOneField(
        ServiceRequest, models.CASCADE, related_name="invitee_batch", verbose_name=_("request")
    )
    file_name = models.CharField(_("file"), max_length=255)
    form = models.CharField(_("form of the file"), max_length=60)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    objects: ClassVar[models.Manager["InviteeBatch"]] = models.Manager()

    class Meta:
        verbose_name = _("list of invitees in repair")
        verbose_name_plural = _("lists of invitees in repair")
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.file_name


class BatchRow(models.Model):
    """A row as it was written: the text of each cell by the name of its field.

    No audit trigger: the trail would keep for ever what is deleted here once it is taken over or given up. From then on the
    invitee has a trail of its own.
    """

    batch = models.ForeignKey(InviteeBatch, models.CASCADE, related_name="rows", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("row in the file"))
    cells = EncryptedJSON(_("cells"))

    objects: ClassVar[models.Manager["BatchRow"]] = models.Manager()

    class Meta:
        verbose_name = _("row in repair")
        verbose_name_plural = _("rows in repair")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once")]

    def __str__(self) -> str:
        return str(self.number)
