"""Reading. Fetching is permission: what a person may not see is not found."""

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from enterprises.enums import DECIDED, RUNNING, ConsentMark, ConsentState, ReasonUse, RequestState
from shenyang_fao.core import workdays

if TYPE_CHECKING:
    from enterprises.models import (  # noqa: F401 - in annotations
        Attachment,
        BulkSignOff,
        Company,
        Correction,
        KeptReason,
        Message,
        Paper,
        ServiceRequest,
    )
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


class _DaysAfter(models.Func):
    """Count the days of a list that come after a day."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS day WHERE day > ("
    arity = 2
    output_field = models.IntegerField()


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

    def due(self) -> "ServiceRequestQuerySet":
        """Return the requests whose decision is due today or was due before."""
        return self.running().filter(due_on__lte=timezone.localdate())

    def escalated(self) -> "ServiceRequestQuerySet":
        """Return the requests that the division head was told of in this period."""
        return self.running().filter(escalated_at__isnull=False)

    def close_out_awaited(self) -> "ServiceRequestQuerySet":
        """Return the issued requests on which the company has to report; what an amendment closed is none of them."""
        return self.filter(state=RequestState.ISSUED, close_out_due_on__isnull=False)

    def close_out_overdue(self) -> "ServiceRequestQuerySet":
        """Return the requests on which the company should have reported before today."""
        return self.close_out_awaited().filter(close_out_due_on__lt=timezone.localdate())

    def came_back(self) -> "ServiceRequestQuerySet":
        """Return the requests that were corrected and handed in again, and that nobody has accepted since."""
        corrected = self.model._default_manager.filter(corrections__answered_at__isnull=False)
        return self.filter(state=RequestState.SUBMITTED, pk__in=corrected.values("pk"))

    def with_days_waited(self) -> "ServiceRequestQuerySet":
        """Add ``waited``: working days at the office over all periods, for ordering (`ServiceRequest.days_waited`)."""
        first = self.model._default_manager.running().aggregate(first=models.Min("clock_started_on"))["first"]
        days = workdays.working_days(first, timezone.localdate()) if first else []
        since = _DaysAfter(Cast(models.Value(days), ArrayField(models.DateField())), models.F("clock_started_on"))
        running = models.Case(models.When(state__in=RUNNING, then=since), default=0, output_field=models.IntegerField())
        return self.annotate(waited=models.F("waited_before") + running)

    def with_deadline(self) -> "ServiceRequestQuerySet":
        """Add ``correction_due_on``: until when the company has time for what it is asked to correct."""
        corrections = self.model._meta.get_field("corrections").related_model._default_manager
        asked = corrections.filter(request=models.OuterRef("pk"), answered_at__isnull=True)
        return self.annotate(correction_due_on=models.Subquery(asked.values("deadline_on")[:1]))

    def waiting_for(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return the requests whose next step this officer may take; never the sign-off of an own review."""
        mine = models.Q(pk__in=[])
        for state, right in NEXT_STEP_RIGHT.items():
            if user.has_perm(right):
                mine |= models.Q(state=state)
        return self.filter(mine).exclude(state=RequestState.REVIEWED, reviewed_by_id=user.pk)

    def to_do_for(self, user: "Viewer") -> "ServiceRequestQuerySet":
        """Return what waits for this officer and can be moved on now: no case of the own company, none that lacks a consent."""
        lacking = models.Q(
            state__in=[RequestState.ACCEPTED, RequestState.REVIEWED], pk__in=self._lacking_consent_keys()
        )
        own = models.Q(company__memberships__user_id=user.pk)
        return self.visible_to(user).waiting_for(user).exclude(lacking).exclude(own)

    def _lacking_consent_keys(self) -> models.QuerySet[Any, Any]:
        return self.model._default_manager.lacking_consent().order_by().values("pk")

    def in_queue_order(self) -> "ServiceRequestQuerySet":
        """Order as the office works: the earliest due first, of one day the first handed in; then the rest, the newest first."""
        due_on, handed_in = (
            models.Case(models.When(state__in=RUNNING, then=name)) for name in ("due_on", "submitted_at")
        )
        return self.order_by(due_on.asc(nulls_last=True), handed_in.asc(nulls_last=True), "-pk")

    def waiting_for_company(self) -> "ServiceRequestQuerySet":
        return self.filter(state=RequestState.RETURNED)

    def with_consent_mark(self) -> "ServiceRequestQuerySet":
        """Add ``consent_mark``: how a running request stands with the consent of a district or zone (`ConsentMark`)."""
        consents = self.model._meta.get_field("consents").related_model._default_manager.filter(overtaken_at=None)
        own = consents.filter(request=models.OuterRef("pk")).order_by()
        waiting, given = own.filter(state=ConsentState.WAITING), own.filter(state=ConsentState.GIVEN)
        # Who objected may be asked once more and give its consent then.
        same_unit = {"request": models.OuterRef("request"), "unit": models.OuterRef("unit")}
        later = consents.filter(**same_unit, pk__gt=models.OuterRef("pk"), state=ConsentState.GIVEN).order_by()
        objected = own.filter(~models.Exists(later), state=ConsentState.OBJECTED)
        marks = models.Case(
            models.When(~models.Q(state__in=RUNNING), then=models.Value("")),
            models.When(models.Exists(objected), then=models.Value(ConsentMark.OBJECTED)),
            models.When(
                models.Exists(waiting.filter(expires_at__gte=timezone.now())), then=models.Value(ConsentMark.WAITING)
            ),
            models.When(models.Exists(given), then=models.Value("")),
            models.When(models.Exists(waiting), then=models.Value(ConsentMark.EXPIRED)),
            models.When(kind__in=settings.CONSENT_REQUIRED, then=models.Value(ConsentMark.MISSING)),
            default=models.Value(""),
            output_field=models.CharField(),
        )
        return self.annotate(consent_mark=marks)

    def waiting_for_consent(self) -> "ServiceRequestQuerySet":
        """Return the running requests whose consent was asked for and not given, or is needed and was not asked for."""
        awaited = [ConsentMark.WAITING, ConsentMark.EXPIRED, ConsentMark.MISSING]
        marked: Any = self.with_consent_mark()
        return marked.filter(consent_mark__in=awaited)  # type: ignore[no-any-return]

    def lacking_consent(self) -> "ServiceRequestQuerySet":
        """Return the requests that need a consent which has not been given to what they say now."""
        if not settings.CONSENT_REQUIRED:
            return self.none()
        consented = self.model._default_manager.filter(
            consents__state=ConsentState.GIVEN, consents__overtaken_at=None, consents__isnull=False
        )
        return self.filter(kind__in=settings.CONSENT_REQUIRED).exclude(pk__in=consented.values("pk"))

    def with_unread(self) -> "ServiceRequestQuerySet":
        """Return the requests with a message of the company that no officer has read."""
        unread = models.Q(messages__is_from_office=False, messages__read_at=None, messages__isnull=False)
        return self.filter(pk__in=self.model._default_manager.filter(unread).values("pk"))

    def with_unread_count(self, *, from_office: bool) -> "ServiceRequestQuerySet":
        """Add ``unread``: how many messages of one side the other has not read."""
        messages = self.model._meta.get_field("messages").related_model._default_manager
        waiting = messages.filter(request=models.OuterRef("pk"), is_from_office=from_office, read_at=None)
        counted = waiting.order_by().values("request").annotate(count=models.Count("pk")).values("count")
        return self.annotate(unread=Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0))


class MessageQuerySet(models.QuerySet["Message"]):
    def to_read_for(self, user: "Viewer") -> "MessageQuerySet":
        """Return what the office wrote to the person's company and nobody there has read."""
        sent = self.filter(is_from_office=True, read_at=None)
        return _of_company(sent, "request__company__memberships__user_id", user)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: "Viewer") -> "AttachmentQuerySet":
        """Return what was sent about the requests the person may see."""
        if user.has_perm("enterprises.view_servicerequest"):
            return self.filter(message__request__number__isnull=False)
        return self.owned_by(user)

    def owned_by(self, user: "Viewer") -> "AttachmentQuerySet":
        """Return what was sent about the requests of the person's company."""
        return _of_company(self, "message__request__company__memberships__user_id", user)


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


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> "CorrectionQuerySet":
        """Return what companies are asked to correct now; what lapsed or was withdrawn waits for nobody."""
        return self.filter(answered_at__isnull=True, request__state=RequestState.RETURNED)


class BulkSignOffQuerySet(models.QuerySet["BulkSignOff"]):
    def with_counts(self) -> "BulkSignOffQuerySet":
        """Add how many requests there are, how many of them are ``signed`` off, and how many were ``refused``."""
        outcomes = {name: models.Count("items", filter=models.Q(items__outcome=name)) for name in ("signed", "refused")}
        return self.annotate(size=models.Count("items"), **outcomes)


class KeptReasonQuerySet(models.QuerySet["KeptReason"]):
    def offered(self, use: ReasonUse) -> "KeptReasonQuerySet":
        """Return the reasons that officers may choose now."""
        return self.filter(use=use, is_active=True)
