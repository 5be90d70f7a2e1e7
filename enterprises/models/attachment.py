"""A file sent along with a message; it is private, and who may read the message may open it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.models.request import Message
from enterprises.querysets import AttachmentQuerySet
from shenyang_fao.core import audit

ATTACHMENTS_AT_MOST = 5


class Attachment(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("message"))
    position = models.PositiveSmallIntegerField(_("position"))
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="attachment_place_once"),
            # Numbered places hold the limit, also when two write at once.
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=ATTACHMENTS_AT_MOST), name="attachment_few"
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return str(self.file)
