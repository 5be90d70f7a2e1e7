"""Reading. Fetching is permission: what a person may not see is not found."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from enterprises.enums import DECIDED, RUNNING, RequestState

if TYPE_CHECKING:
    from enterprises.models import Company, Paper, ServiceRequest  # noqa: F401
    from shenyang_fao.accounts.models import User

    Viewer = User | AnonymousUser

# Which right moves a request on from each state in which the office's decision is awaited.
NEXT_STEP_RIGHT = {
    RequestState.SUBMITTED: "enterprises.accept_request",
    RequestState.ACCEPTED: "enterprises.review_request",
    RequestState.REVIEWED: "enterprises.approve_request",
}


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

    def in_progress(self) -> "ServiceRequestQuerySet":
        """Return what was handed in and came to no end: what waits, is signed off or issued."""
        return self.filter(number__isnull=False, state__in=[*RUNNING, *DECIDED, RequestState.RETURNED])

    def overdue(self) -> "ServiceRequestQuerySet":
        """Return the requests whose decision was due before today."""
        return self.running().filter(due_on__lt=timezone.localdate())

    def waiting_for(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return the requests whose next step this officer may take; never the sign-off of an own review."""
        mine = models.Q(pk__in=[])
        for state, right in NEXT_STEP_RIGHT.items():
            if user.has_perm(right):
                mine |= models.Q(state=state)
        return self.filter(mine).exclude(state=RequestState.REVIEWED, reviewed_by_id=user.pk)

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
