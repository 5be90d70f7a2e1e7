"""Bulk sign-offs: the page that names what would be signed off, and the page that shows how far it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from enterprises import kinds
from enterprises.actions import bulk as actions
from enterprises.actions.moves import marks_of
from enterprises.admin import tags
from enterprises.admin.case_page import may_retry
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.kinds import Work
from enterprises.models import BulkSignOff, BulkSignOffItem, Company, ServiceRequest
from enterprises.models.bulk import REQUESTS_AT_MOST
from shenyang_fao.core import outbox
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, DoorsAdmin, do, moment, signed_in, tag
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import take_typing
from shenyang_fao.core.models import Promise

TONES = {SignOffOutcome.WAITING: "info", SignOffOutcome.SIGNED: "ok", SignOffOutcome.REFUSED: "stop"}
# After so many seconds a page that waits looks again.
LOOKS_AGAIN = 2


@dataclass(frozen=True)
class Line:
    """One request on the page of progress: its outcome, and the steps that sign-off set in motion."""

    item: BulkSignOffItem
    promise: Promise | None
    work: list[Work]

    @property
    def outcome_tag(self) -> str:
        return tag(self.item.get_outcome_display(), TONES[SignOffOutcome(self.item.outcome)])

    @cached_property
    def failed(self) -> Promise | None:
        """Return the step that was given up, for an officer to try again."""
        steps = [self.promise, *(step.promise for step in self.work)]
        return next((step for step in steps if step and step.state == PromiseState.FAILED), None)

    @cached_property
    def step(self) -> Work | None:
        """Return the first step that is not done."""
        return next((w for w in self.work if w.promise is None or w.promise.state != PromiseState.DONE), None)

    @property
    def is_delivered(self) -> bool:
        return self.item.outcome == SignOffOutcome.SIGNED and self.step is None

    @property
    def is_running(self) -> bool:
        """Tell whether the system still has something to do here that nobody has to help with."""
        is_over = self.is_delivered or self.item.outcome == SignOffOutcome.REFUSED
        return not is_over and self.failed is None


@admin.register(BulkSignOff)
class BulkSignOffAdmin(DoorsAdmin):
    """What was signed off together; each page shows what became of each request."""

    list_display = ["time", "by", "size", "signed", "refused"]
    list_select_related = ["by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkSignOff]:
        return BulkSignOff.objects.with_counts().order_by("-pk")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("new/", self.new, "new", reads=True),
            self.door("<int:pk>/work/<int:promise>/retry/", self.retry, "retry"),
            *super().get_urls(),
        ]

    def new(self, request: HttpRequest) -> HttpResponse:
        """Name what would be signed off, or begin it."""
        if not signed_in(request).has_perm(actions.RIGHT):
            raise PermissionDenied
        if request.method == "POST":
            return self._begin(request)
        chosen = _chosen(request)
        if not chosen and "requests" not in request.GET:
            messages.info(request, _("No request waits for your sign-off."))
            return redirect("admin:enterprises_servicerequest_changelist")
        try:
            actions.check_count(len(chosen))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:enterprises_servicerequest_changelist")
        return self._page(request, "confirm.html", title=_("Sign off together"), key=uuid4(), **_offer(request, chosen))

    def _begin(self, request: HttpRequest) -> HttpResponse:
        chosen = _numbers(request.POST.getlist("request"))
        seen = [(pk, request.POST.get(f"seen-{pk}", "")) for pk in chosen]
        made: list[BulkSignOff] = []
        try:
            key = UUID(request.POST.get("key", ""))
        except ValueError:
            raise BadRequest from None
        try:
            is_done = do(request, lambda: made.append(actions.begin(seen, key=key, by=signed_in(request))))
        except ServiceRequest.DoesNotExist:
            raise Http404 from None
        return redirect("admin:enterprises_bulksignoff_change", made[0].pk) if is_done else to_confirm(chosen)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        bulk = self.seen(request, object_id)
        lines = _lines(bulk)
        outcomes = Counter(line.item.outcome for line in lines)
        is_running = any(line.is_running for line in lines)
        context = {
            "bulk": bulk,
            "lines": lines,
            "signed": outcomes[SignOffOutcome.SIGNED],
            "refused": outcomes[SignOffOutcome.REFUSED],
            "delivered": sum(line.is_delivered for line in lines),
            "finished": sum(line.is_delivered or line.item.outcome == SignOffOutcome.REFUSED for line in lines),
            "failed": sum(line.failed is not None for line in lines),
            "is_running": is_running,
            "may_retry": may_retry(request.user),
        }
        response = self._page(request, "page.html", title=_("Bulk sign-off"), **context)
        if is_running:
            # Only while somebody waits for background work, and without a script.
            response["Refresh"] = str(LOOKS_AGAIN)
        return response

    def retry(self, request: HttpRequest, pk: int, promise: int) -> HttpResponse:
        """Let a step that was given up be tried again."""
        bulk = self.seen(request, pk)
        if not may_retry(request.user):
            raise PermissionDenied
        if promise not in {line.failed.pk for line in _lines(bulk) if line.failed}:
            raise Http404
        do(request, lambda: outbox.retry(promise, by=signed_in(request)), _("The work will be tried again."))
        return redirect("admin:enterprises_bulksignoff_change", bulk.pk)

    @admin.display(description=_("time"), ordering="at")
    def time(self, row: BulkSignOff) -> str:
        return moment(row.at)

    @admin.display(description=_("requests"), ordering="size")
    def size(self, row: Any) -> int:
        return int(row.size)

    @admin.display(description=_("signed off"), ordering="signed")
    def signed(self, row: Any) -> int:
        return int(row.signed)

    @admin.display(description=_("not signed off"), ordering="refused")
    def refused(self, row: Any) -> int:
        return int(row.refused)

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": context["title"]}
        response = TemplateResponse(request, f"admin/enterprises/bulk/{template}", context)
        response["Cache-Control"] = "private, no-store"
        return response


def to_confirm(chosen: Iterable[int]) -> HttpResponseRedirect:
    """Lead to the page that names these requests."""
    query = urlencode({"requests": ",".join(map(str, chosen))})
    return HttpResponseRedirect(f"{reverse('admin:enterprises_bulksignoff_new')}?{query}")


def _numbers(texts: Iterable[str]) -> list[int]:
    """Return the keys among what was sent, each once, in their order."""
    return list(dict.fromkeys(int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < DIGITS_AT_MOST))


def _chosen(request: HttpRequest) -> list[int]:
    """Return what was chosen in the queue, or on this page before the session ended; else the first that wait for the person."""
    if typed := take_typing(request):
        return _numbers(typed.getlist("request"))
    if "requests" in request.GET:
        return _numbers(request.GET["requests"].split(","))
    user = signed_in(request)
    ready = (
        ServiceRequest.objects.visible_to(user)
        .waiting_for(user)
        .filter(state=RequestState.REVIEWED)
        .order_by("due_on", "pk")
    )
    return list(ready.values_list("pk", flat=True)[:REQUESTS_AT_MOST])


def _offer(request: HttpRequest, chosen: Sequence[int]) -> dict[str, object]:
    """Return what can be signed off, with the marks of what is seen now, and what cannot, with the reason."""
    user = signed_in(request)
    found = ServiceRequest.objects.visible_to(user).filter(pk__in=chosen).select_related("company", "reviewed_by")
    cases: list[Any] = list(found.annotate(size=Count("invitation__invitees")).order_by("due_on", "pk"))
    own = set(Company.objects.owned_by(user).values_list("pk", flat=True))
    marks, lacking = marks_of(cases), set(found.lacking_consent().values_list("pk", flat=True))
    ready: list[dict[str, object]] = []
    left_out: list[dict[str, object]] = []
    for case in cases:
        why = actions.obstacle(case, by=user, own_companies=own, lacking_consent=lacking)
        line = {"case": case, "kind": kinds.kind_of(case).title, "why": why, "seen": marks.get(case.pk, "")}
        line |= {"clock_tag": tags.clock(case), "lane_tag": tags.lane(case), "size": case.size}
        (left_out if why else ready).append(line)
    return {"ready": ready, "left_out": left_out}


def _lines(bulk: BulkSignOff) -> list[Line]:
    items = list(bulk.items.select_related("request__company"))
    promises = Promise.objects.filter(kind=actions.SIGN_OFF, subject_id__in=[item.pk for item in items])
    found = {promise.subject_id: promise for promise in promises}
    work = _work([item.request for item in items if item.outcome == SignOffOutcome.SIGNED])
    return [Line(item, found.get(item.pk), work.get(item.request_id, [])) for item in items]


def _work(requests: Sequence[ServiceRequest]) -> dict[int, list[Work]]:
    """Return the steps that sign-off set in motion, by request, with a fixed number of queries for each kind."""
    found: dict[int, list[Work]] = {}
    for code in {request.kind for request in requests}:
        if kind := kinds.find(code):
            found |= kind.desk.works([request for request in requests if request.kind == code])
    return found
