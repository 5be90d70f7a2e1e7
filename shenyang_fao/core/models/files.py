"""Private files."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import audit


def private_path(instance: "StoredFile", name: str) -> str:
    """Return a path that tells nothing about the file's owner or name."""
    return f"private/{instance.key.hex[:2]}/{instance.key.hex}"


class StoredFile(models.Model):
    """A private file. Who may open it is decided by the record that points at it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(_("content"), upload_to=private_path)
    original_name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=100)
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
