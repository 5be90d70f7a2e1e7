"""Reading. Fetching is permission: what a person may not see is not found."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from enterprises.enums import RUNNING, RequestState

if TYPE_CHECKING:
    from enterprises.models import Company, Paper, ServiceRequest  # noqa: F401
    from shenyang_fao.accounts.models import User

    Viewer = User | AnonymousUser


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, user: "Viewer") -> "CompanyQuerySet":
        """Return every company for officers who may see them, else the person's own."""
        if user.has_perm("enterprises.view_company"):
            return self
        return self.filter(memberships__user_id=user.pk)


class ServiceRequestQuerySet(models.QuerySet["ServiceRequest"]):
    def visible_to(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return what was ever submitted for officers who may see it, else the requests of the person's own company."""
        if user.has_perm("enterprises.view_servicerequest"):
            return self.filter(number__isnull=False)
        return self.owned_by(user)

    def owned_by(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return the requests of the person's company, drafts too."""
        return self.filter(company__memberships__user_id=user.pk)

    def running(self) -> "ServiceRequestQuerySet":
        """Return the requests that wait for the office."""
        return self.filter(state__in=RUNNING)

    def waiting_for_company(self) -> "ServiceRequestQuerySet":
        return self.filter(state=RequestState.RETURNED)


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: "Viewer") -> "PaperQuerySet":
        """Return the papers of the requests the person may see."""
        if user.has_perm("enterprises.view_servicerequest"):
            return self.filter(request__number__isnull=False)
        return self.filter(request__company__memberships__user_id=user.pk)


class LetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "Viewer") -> "LetterQuerySet":
        """Return every letter for officers who may see them, else the letters of the person's own company."""
        if user.has_perm("enterprises.view_letter"):
            return self
        return self.filter(request__company__memberships__user_id=user.pk)
