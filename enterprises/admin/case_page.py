"""The page of a case: everything an officer needs to decide, whatever the kind of request."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from enterprises import mending
from enterprises.actions.moves import HANDLERS, LANE_KEEPERS, mark_of
from enterprises.actions.ratings import FOLLOW_UP, handled
from enterprises.actions.requests import mark_read, possible_verbs
from enterprises.admin import consent_panel, tags
from enterprises.admin.case_forms import FollowUpForm, LaneForm, MessageForm, RefusalForm, TermForm, item_forms
from enterprises.admin.queue import next_case
from enterprises.enums import OPEN, Lane, RequestState, Verb
from enterprises.kinds import kind_of
from enterprises.models import CloseOut, Paper, Rating, RefusalNote, ServiceRequest
from shenyang_fao.core.admin_base import signed_in
from shenyang_fao.core.enums import PromiseState

# Whose turn it is, in words, for those who cannot act themselves.
TURN: dict[RequestState, LazyText] = {
    RequestState.SUBMITTED: _("Reception checks whether the papers are complete, then accepts the request."),
    RequestState.ACCEPTED: _("A reviewer passes the first review or returns the request for correction."),
    RequestState.REVIEWED: _("An approver who did not review the request signs it off."),
    RequestState.RETURNED: _("The company corrects the request. The clock stands still until it is handed in again."),
    RequestState.APPROVED: _("The system makes the letter, signs it and writes to the company."),
}


@dataclass
class Typed:
    """What an officer was typing: bound forms take the place of empty ones."""

    refusal: Any = None
    items: Any = None
    term: Any = None
    extension: Any = None
    lane: Any = None
    message: Any = None
    follow_up: Any = None
    consent: Any = None


def show_case(
    page: Any, request: HttpRequest, case: ServiceRequest, typed: Typed | None = None, *, is_disclosed: bool = False
) -> HttpResponse:
    """Answer with the page of a case; ``page`` is the model's admin."""
    thread = list(case.messages.select_related("by").prefetch_related("attachments__file"))
    # Read when it is shown, and shown as new this once.
    mark_read(case, shown=thread, by=signed_in(request))
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": case,
        "title": case.number,
        "is_disclosed": is_disclosed,
        "thread": thread,
        **_facts(case),
        **_decisions(case, request.user, typed or Typed()),
        **_rating(case, request.user, typed or Typed()),
    }
    response = TemplateResponse(request, "admin/enterprises/case.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _facts(case: ServiceRequest) -> dict[str, object]:
    kind = kind_of(case)
    return {
        "case": case,
        "kind": kind,
        "company": case.company,
        "state_tag": tags.request_state(case),
        "lane_tag": tags.lane(case),
        "clock_tag": tags.clock(case),
        "escalation_tag": tags.escalation(case),
        "consent_tag": tags.consent(case),
        "papers": list(_papers(case)),
        "corrections": [
            {"correction": correction, "things": things, "progress": mending.progress(things)}
            for correction, things in mending.history(case)
        ],
        "refusal": RefusalNote.objects.filter(request=case).select_related("kept", "by").first(),
        **_closing(case),
        "events": case.events.select_related("by"),
        "work": kind.desk.work(case),
        "desk": kind.desk.facts(case),
    }


def _closing(case: ServiceRequest) -> dict[str, object]:
    """The company's report on what was issued."""
    made, closing = CloseOut.objects.filter(request=case).select_related("reported_by").first(), kind_of(case).closing
    return {"close_out": made, "outcomes": closing.outcomes(case) if closing and made else []}


def _rating(case: ServiceRequest, user: Any, typed: Typed) -> dict[str, object]:
    """What the company thought of the service, and the form for whoever may follow up a bad rating."""
    rating = Rating.objects.filter(request=case).select_related("by", "answered_by").first()
    if rating is None:
        return {}
    is_handler = rating.is_to_follow_up and handled(case, user)
    is_head = user.has_perm(FOLLOW_UP) and not case.company.has_member(user)
    return {
        "rating": rating,
        "level_tag": tags.rating_level(rating),
        "follow_up_tag": tags.follow_up(rating),
        "may_follow_up": rating.is_to_follow_up and is_head and not is_handler,
        "is_handler": is_handler,
        "follow_up_form": typed.follow_up or FollowUpForm(),
    }


def _decisions(case: ServiceRequest, user: Any, typed: Typed) -> dict[str, object]:
    verbs = possible_verbs(case, user)
    may_write = user.has_perm("enterprises.answer_company")
    return {
        "may": {verb.value: verb in verbs for verb in Verb},
        "has_verbs": bool(verbs),
        "next_case": next_case(user, after=case),
        "seen": mark_of(case),
        "is_own_review": case.state == RequestState.REVIEWED and case.reviewed_by_id == user.pk,
        "turn": TURN.get(RequestState(case.state), ""),
        "refusal_form": typed.refusal or RefusalForm(),
        "item_forms": typed.items or item_forms(case),
        "term_form": typed.term or TermForm(),
        "reader": case.created_by,
        **_clock_forms(case, user, typed),
        **consent_panel.context(case, user, typed.consent),
        "message_form": (typed.message or MessageForm()) if may_write else None,
        "is_refusing": typed.refusal is not None,
        "is_sending_back": typed.items is not None,
        "may_disclose": any(map(user.has_perm, HANDLERS)),
        "may_retry": may_retry(user),
        "failed": PromiseState.FAILED,
    }


def _clock_forms(case: ServiceRequest, user: Any, typed: Typed) -> dict[str, object]:
    """The small forms beside the clock: another lane, more time for the company."""
    is_foreign = not case.company.has_member(user)
    other = Lane.NORMAL if case.is_green else Lane.GREEN
    may_extend = is_foreign and case.state == RequestState.RETURNED and any(map(user.has_perm, HANDLERS))
    return {
        "may_set_lane": is_foreign and case.state in OPEN and any(map(user.has_perm, LANE_KEEPERS)),
        "lane_form": typed.lane or LaneForm(initial={"lane": other}),
        "is_setting_lane": typed.lane is not None,
        "may_extend": may_extend,
        "extension_form": typed.extension or TermForm(),
        "is_extending": typed.extension is not None,
    }


def may_retry(user: Any) -> bool:
    """Tell whether a person may let the failed work of a case be tried again."""
    return bool(user.has_perm("core.retry_promise") or user.has_perm("enterprises.approve_request"))


def _papers(case: ServiceRequest) -> Iterator[dict[str, object]]:
    kind = kind_of(case)
    owners = {row.part: row.label for row in kind.desk.rows(case)}
    for paper in Paper.objects.filter(request=case).select_related("file"):
        yield {"title": kind.paper_roles(paper.role).label, "owner": owners.get(paper.part or 0, ""), "paper": paper}
