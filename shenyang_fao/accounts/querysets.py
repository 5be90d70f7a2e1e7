"""Reading the notices of people."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from shenyang_fao.accounts.models import Notice  # noqa: F401 - named in an annotation only


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_read_for(self, user: Any) -> "NoticeQuerySet":
        """Return what a person has not read; of somebody who is not signed in, nothing."""
        return self.filter(person=user, read_at=None) if user.is_authenticated else self.none()

    def outlived(self) -> "NoticeQuerySet":
        """Return what has stood here for as long as the settings say."""
        return self.filter(made_at__lt=timezone.now() - timedelta(days=settings.NOTICE_KEPT_DAYS))
