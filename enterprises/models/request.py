"""The one engine for everything a company asks: number, kind, state, lane, clock, officers, papers, timeline."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, Transition, transition

from enterprises.enums import CAME_TO_NOTHING, DECIDED, EDITABLE, RUNNING, TRANSITIONS, Lane, RequestState, Verb
from enterprises.models.company import Company
from enterprises.querysets import MessageQuerySet, PaperQuerySet, ServiceRequestQuerySet
from shenyang_fao.core import audit, workdays
from shenyang_fao.core.casework import CaseMessage, CasePaper, TimelineEntry


def _moves(verb: Verb) -> Callable[[Callable[["ServiceRequest"], None]], Callable[["ServiceRequest"], None]]:
    sources, target = TRANSITIONS[verb]
    return transition(field="state", source=list(sources), target=target)


_STATE_GRAPH = sorted({(source.value, target.value) for sources, target in TRANSITIONS.values() for source in sources})


class ServiceRequest(FSMModelMixin, models.Model):
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=30, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=30)
    company = models.ForeignKey(Company, models.PROTECT, related_name="requests", verbose_name=_("company"))
    state = FSMField(
        _("state"), max_length=20, choices=RequestState.choices, default=RequestState.DRAFT, protected=True
    )
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("changes the letter of"),
    )
    saved_steps = ArrayField(models.CharField(max_length=30), verbose_name=_("saved steps"), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by")
    )
    created_at = models.DateTimeField(_("begun at"), default=timezone.now)
    saved_at = models.DateTimeField(_("last saved at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    lane = models.CharField(_("lane"), max_length=10, choices=Lane, default=Lane.NORMAL)
    clock_started_on = models.DateField(_("clock started on"), null=True, blank=True)
    due_on = models.DateField(_("decision due on"), null=True, blank=True)
    waited_before = models.PositiveSmallIntegerField(_("working days waited in earlier periods"), default=0)
    escalated_at = models.DateTimeField(_("reported to the division head at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    close_out_due_on = models.DateField(_("close-out due on"), null=True, blank=True)
    close_out_reminded_at = models.DateTimeField(_("reminded of the close-out at"), null=True, blank=True)
    close_out_last_reminded_at = models.DateTimeField(
        _("reminded of the last day of the close-out at"), null=True, blank=True
    )

    objects: ClassVar[ServiceRequestQuerySet] = ServiceRequestQuerySet.as_manager()  # type: ignore[assignment]

    if TYPE_CHECKING:  # added by the state field

        def get_available_state_transitions(self) -> Iterable[Transition]: ...

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-pk"]
        permissions = [
            ("accept_request", _("Can accept requests")),
            ("review_request", _("Can pass first review")),
            ("approve_request", _("Can sign off")),
            ("answer_company", _("Can write to companies")),
            ("lead_requests", _("Is told which decisions are due")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="request_lane_known"),
            # The two-person rule: whoever signs off is never whoever reviewed, on any path.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(reviewed_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
                name="request_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(reviewed_by__isnull=False, approved_by__isnull=False),
                name="request_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.DRAFT, RequestState.WITHDRAWN])
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="request_submitted_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RUNNING) | Q(due_on__isnull=False), name="request_running_has_due_date"
            ),
            # One amendment at a time; the one that came to a letter is amended itself.
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state__in=CAME_TO_NOTHING),
                name="request_one_amendment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="request_queue"),
            models.Index(
                fields=["close_out_due_on"],
                condition=Q(state=RequestState.ISSUED),
                name="request_close_out_awaited",
            ),
        ]
        triggers = [
            audit.trigger(),
            pgtrigger.FSM(name="state_graph", field="state", transitions=_STATE_GRAPH),
            pgtrigger.Protect(
                name="born_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=RequestState.DRAFT.value),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("draft"))

    def get_absolute_url(self) -> str:
        """Return the company's page of this request."""
        return reverse("enterprises:request", args=[self.number]) if self.number else self.next_step_url()

    def next_step_url(self) -> str:
        """Return the page where filling in goes on."""
        return reverse("enterprises:draft", args=[self.key])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def days_left(self) -> int | None:
        """Return the working days until the decision is due; negative when overdue, None while the clock stands still."""
        if self.state not in RUNNING or self.due_on is None:
            return None
        return workdays.working_days_between(timezone.localdate(), self.due_on)

    @property
    def days_waited(self) -> int:
        """Return the working days that the request lay with the office, over all its periods; time at the company is none."""
        if self.state not in RUNNING or self.clock_started_on is None:
            return self.waited_before
        return self.waited_before + max(workdays.working_days_between(self.clock_started_on, timezone.localdate()), 0)

    @property
    def is_green(self) -> bool:
        return self.lane == Lane.GREEN

    def start_clock(self, today: date, working_days: int) -> None:
        """Start, or start again, the term of the decision."""
        self.clock_started_on, self.escalated_at = today, None
        self.due_on = workdays.add_working_days(today, working_days)

    def stop_clock(self, today: date) -> None:
        """Keep the working days of the period that ends; call while its beginning still stands."""
        if self.clock_started_on is not None:
            self.waited_before += max(workdays.working_days_between(self.clock_started_on, today), 0)

    @_moves(Verb.SUBMIT)
    def submit(self) -> None:
        """The company hands in, for the first time or after correction."""

    @_moves(Verb.ACCEPT)
    def accept(self) -> None:
        """Reception finds the papers complete."""

    @_moves(Verb.SEND_BACK)
    def send_back(self) -> None:
        """Something must be corrected: a review made before counts no more, and the clock stops."""
        self.reviewed_by = None
        self.due_on = None

    @_moves(Verb.REVIEW)
    def review(self) -> None:
        """The first officer answers for the content."""

    @_moves(Verb.APPROVE)
    def approve(self) -> None:
        """The second officer signs off."""

    @_moves(Verb.ISSUE)
    def issue(self) -> None:
        """What was signed off has been delivered."""

    @_moves(Verb.CLOSE)
    def close(self) -> None:
        """The company has reported the end of the visit."""

    @_moves(Verb.REFUSE)
    def refuse(self) -> None:
        """The office says no, with its reason."""

    @_moves(Verb.WITHDRAW)
    def withdraw(self) -> None:
        """The company no longer asks."""

    @_moves(Verb.LAPSE)
    def lapse(self) -> None:
        """A correction was not answered in time."""


class RequestEvent(TimelineEntry):
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="events", verbose_name=_("request"))

    class Meta(TimelineEntry.Meta):
        abstract = False
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        triggers = [
            audit.trigger(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def state_text(self) -> str:
        return str(RequestState(self.to_state).label)

    @property
    def title(self) -> str:
        """Return what officers read above the line: the state that was reached, or what was done without leaving it."""
        return self.state_text if self.from_state != self.to_state else str(Verb(self.verb).label)

    @property
    def is_of_unit(self) -> bool:
        """Tell whether a district or development zone did it, by its link; the note names it."""
        return self.verb == Verb.ANSWER_CONSENT


class Message(CaseMessage):
    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="messages", verbose_name=_("request"))

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(CaseMessage.Meta):
        abstract = False
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        triggers = [audit.trigger()]


class Paper(CasePaper):
    """A paper of a request. Which roles a kind asks for stands in its module; ``part`` names a row of it, as an invitee."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="papers", verbose_name=_("request"))
    role = models.CharField(_("paper"), max_length=30)
    part = models.BigIntegerField(_("belongs to"), null=True, blank=True)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(CasePaper.Meta):
        abstract = False
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(fields=["request", "role", "part"], name="paper_once", nulls_distinct=False)
        ]
        triggers = [audit.trigger()]
