"""Reading the foundation's own tables."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from shenyang_fao.core.models import Promise  # noqa: F401 - named in an annotation only


class PromiseQuerySet(models.QuerySet["Promise"]):
    def due(self, now: datetime) -> "PromiseQuerySet":
        """Return the promises whose time has come, oldest first."""
        return self.filter(state="waiting", due_at__lte=now).order_by("due_at", "pk")

    def about(self, kinds: list[str], subject_id: int) -> "PromiseQuerySet":
        """Return the promises of these kinds on one subject, in the order they were made."""
        return self.filter(kind__in=kinds, subject_id=subject_id).order_by("pk")
