"""Reading. Fetching is permission: what a person may not see is not found."""

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from enterprises.enums import DECIDED, RUNNING, RequestState

if TYPE_CHECKING:
    from enterprises.models import Company, Paper, ServiceRequest  # noqa: F401 - named in annotations only
    from shenyang_fao.accounts.models import User

    Viewer: TypeAlias = User | AnonymousUser

# Which right moves a request on from each state in which the office's decision is awaited.
NEXT_STEP_RIGHT = {
    RequestState.SUBMITTED: "enterprises.accept_request",
    RequestState.ACCEPTED: "enterprises.review_request",
    RequestState.REVIEWED: "enterprises.approve_request",
}


Q = TypeVar("Q", bound="models.QuerySet[Any]")


def _of_company(queryset: Q, path: str, user: "Viewer") -> Q:
    """Keep what belongs to the person's own company; a visitor who is not signed in has none.

    Without this question the visitor's missing key would find the companies that have no members.
    """
    return queryset.filter(**{path: user.pk}) if user.is_authenticated else queryset.none()


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, user: "Viewer") -> "CompanyQuerySet":
        """Return every company for officers who may see them, else the person's own."""
        if user.has_perm("enterprises.view_company"):
            return self
        return self.owned_by(user)

    def owned_by(self, user: "Viewer") -> "CompanyQuerySet":
        """Return the person's own company, also for an officer who may see all."""
        return _of_company(self, "memberships__user_id", user)


class ServiceRequestQuerySet(models.QuerySet["ServiceRequest"]):
    def visible_to(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return what was ever submitted for officers who may see it, else the requests of the person's own company."""
        if user.has_perm("enterprises.view_servicerequest"):
            return self.filter(number__isnull=False)
        return self.owned_by(user)

    def owned_by(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return the requests of the person's company, drafts too."""
        return _of_company(self, "company__memberships__user_id", user)

    def listed(self) -> "ServiceRequestQuerySet":
        """Return all but the drafts that were discarded."""
        return self.exclude(number__isnull=True, state=RequestState.WITHDRAWN)

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

    def with_unread(self) -> "ServiceRequestQuerySet":
        """Return the requests with a message of the company that no officer has read."""
        unread = models.Q(messages__is_from_office=False, messages__read_at=None, messages__isnull=False)
        return self.filter(pk__in=self.model._default_manager.filter(unread).values("pk"))


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: "Viewer") -> "PaperQuerySet":
        """Return the papers of the requests the person may see."""
        if user.has_perm("enterprises.view_servicerequest"):
            return self.filter(request__number__isnull=False)
        return _of_company(self, "request__company__memberships__user_id", user)


class LetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "Viewer") -> "LetterQuerySet":
        """Return every letter for officers who may see them, else the letters of the person's own company."""
        if user.has_perm("enterprises.view_letter"):
            return self
        return _of_company(self, "request__company__memberships__user_id", user)
