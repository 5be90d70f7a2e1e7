"""What waits for an officer among the requests and companies; each number leads to the list behind it."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.enums import CompanyState, Lane, RequestState
from enterprises.models import Company, Rating, ServiceRequest
from shenyang_fao.core.dashboard import Group, Tile, source


@source
def requests(user: Any) -> Group | None:
    """Count the requests by what they wait for: first what this person can move on, then the whole office."""
    if not user.has_perm("enterprises.view_servicerequest"):
        return None
    counts, ratings = _counts(user), reverse("admin:enterprises_rating_changelist")
    mine = [_tile(title, counts[name], f"waiting=me&state={state.value}") for title, name, state in _own_steps(user)]
    office = [
        _tile(_("Overdue"), counts["overdue"], "clock=overdue", is_urgent=True),
        _tile(_("Reported to the division head"), counts["escalated"], "clock=escalated", is_urgent=True),
        _tile(_("Green channel"), counts["green"], "waiting=office&lane=green"),
        _tile(_("Came back after correction"), counts["back"], "waiting=back"),
        _tile(_("Waiting for the office"), counts["running"], "waiting=office"),
        _tile(_("Waiting for the company"), counts["returned"], "waiting=company"),
        _tile(_("Waiting for consent"), counts["consent"], "waiting=consent"),
        _tile(_("Overdue close-outs"), counts["close_out"], "clock=close_out"),
        _tile(_("Unread messages"), counts["unread"], "waiting=message"),
        Tile(_("Bad ratings to follow up"), counts["rated_badly"], f"{ratings}?follow_up=waiting", is_urgent=True),
    ]
    return Group(_("Requests"), mine + office)


@source
def companies(user: Any) -> Group | None:
    """Count the companies that an officer has to verify."""
    if not user.has_perm("enterprises.verify_company"):
        return None
    pending = Company.objects.filter(state=CompanyState.PENDING).count()
    url = f"{reverse('admin:enterprises_company_changelist')}?state__exact={CompanyState.PENDING.value}"
    return Group(_("Companies"), [Tile(_("To verify"), pending, url)])


def _own_steps(user: Any) -> list[tuple[Any, str, RequestState]]:
    steps = [
        ("enterprises.accept_request", _("To accept"), "submitted", RequestState.SUBMITTED),
        ("enterprises.review_request", _("To review"), "accepted", RequestState.ACCEPTED),
        ("enterprises.approve_request", _("To sign off"), "reviewed", RequestState.REVIEWED),
    ]
    return [(title, name, state) for right, title, name, state in steps if user.has_perm(right)]


def _counts(user: Any) -> dict[str, int]:
    """Count everything in one query."""
    seen = ServiceRequest.objects.visible_to(user)
    own = ServiceRequest.objects.waiting_for(user).values("pk")
    mine = {state.value: Count("pk", filter=Q(state=state, pk__in=own)) for state in _MINE}
    return seen.aggregate(
        **mine,
        overdue=Count("pk", filter=Q(pk__in=seen.overdue().values("pk"))),
        escalated=Count("pk", filter=Q(pk__in=seen.escalated().values("pk"))),
        green=Count("pk", filter=Q(pk__in=seen.running().filter(lane=Lane.GREEN).values("pk"))),
        back=Count("pk", filter=Q(pk__in=seen.came_back().values("pk"))),
        running=Count("pk", filter=Q(pk__in=seen.running().values("pk"))),
        returned=Count("pk", filter=Q(state=RequestState.RETURNED)),
        consent=Count("pk", filter=Q(pk__in=seen.waiting_for_consent().values("pk"))),
        close_out=Count("pk", filter=Q(pk__in=seen.close_out_overdue().values("pk"))),
        unread=Count("pk", filter=Q(pk__in=seen.with_unread().values("pk"))),
        rated_badly=Count("pk", filter=Q(pk__in=Rating.objects.to_follow_up().values("pk"))),
    )


_MINE = (RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.REVIEWED)


def _tile(title: Any, count: int, query: str, *, is_urgent: bool = False) -> Tile:
    url = f"{reverse('admin:enterprises_servicerequest_changelist')}?{query}"
    return Tile(title, count, url, is_urgent=is_urgent)
