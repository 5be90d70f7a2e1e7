"""The page of a tie beside its form: where it stands, what it may become, its history, its agreements."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from shenyang_fao.accounts.models import User
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, do, signed_in
from shenyang_fao.core.kept import typed_in
from sister_cities.actions import ties as actions
from sister_cities.admin import tags
from sister_cities.admin.tie_forms import StepForm
from sister_cities.enums import TieStatus
from sister_cities.models import Tie

# What a button says, by the status it leads to.
VERBS: dict[TieStatus, LazyText] = {
    TieStatus.PROPOSED: _("Back to proposed"),
    TieStatus.UNDER_APPROVAL: _("Submitted for approval"),
    TieStatus.SIGNED: _("Record the signature"),
    TieStatus.DORMANT: _("Mark as dormant"),
    TieStatus.ENDED: _("Record the end"),
}
REVIVAL = _("In force again")


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the buttons; ``page`` is the model's admin, which guards them."""
    return [
        page.door("<int:pk>/step/<str:status>/", partial(step, page), "step", reads=True),
        page.door("<int:pk>/publish/", page.publish, "publish"),
        page.door("<int:pk>/unpublish/", page.unpublish, "unpublish"),
    ]


def step(page: Any, request: HttpRequest, pk: int, status: str) -> HttpResponse:
    """Ask since when, and take the step."""
    tie: Tie = page.seen(request, pk)
    by = signed_in(request)
    if status not in TieStatus.values:
        raise Http404
    if not by.has_perm(actions.MAY_CHANGE):
        raise PermissionDenied
    target = TieStatus(status)
    form = StepForm(typed_in(request), tie=tie, status=target)
    if request.method == "POST" and form.is_valid() and _taken(request, tie, target, form.cleaned_data):
        return back(tie)
    if request.method != "POST" and target not in actions.next_steps(tie):
        return back(tie)
    return _show_step(page, request, tie, target, form)


def facts_of(object_id: str, by: User) -> dict[str, object]:
    """Return what the page shows beside the form; nothing for a tie that is not there."""
    if not object_id.isdecimal() or len(object_id) > DIGITS_AT_MOST:
        return {}
    tie = Tie.objects.select_related("partner", "local").filter(pk=object_id).first()
    if tie is None:
        return {}
    may_change = by.has_perm(actions.MAY_CHANGE)
    return {
        "tie": tie,
        "status_tag": tags.tie_status(tie.status),
        "public_tag": tags.public(tie),
        "steps": [(step, tags.tie_status(step.status)) for step in tie.steps.select_related("by")],
        "agreements": tie.agreements.select_related("file"),
        "next_steps": [(status.value, verb_of(tie, status)) for status in actions.next_steps(tie)]
        if may_change
        else [],
        "obstacles": [] if tie.is_public else actions.obstacles(tie),
        "may_change": may_change,
        "may_add_agreement": by.has_perm("sister_cities.add_agreement"),
    }


def verb_of(tie: Tie, status: TieStatus) -> str:
    """Return what a button says that leads a tie to a status."""
    is_revival = status == TieStatus.SIGNED and not actions.is_signing(tie, status)
    return str(REVIVAL if is_revival else VERBS[status])


def back(tie: Tie) -> HttpResponse:
    """Return to the page of a tie."""
    return redirect("admin:sister_cities_tie_change", tie.pk)


def _taken(request: HttpRequest, tie: Tie, target: TieStatus, found: dict[str, Any]) -> bool:
    happened_on, precision = found["happened"]
    return do(
        request,
        lambda: actions.change_status(
            tie.pk,
            status=target,
            happened_on=happened_on,
            precision=precision,
            note=found["note"],
            by=signed_in(request),
        ),
        _("The tie is now “%(status)s”.") % {"status": target.label},
    )


def _show_step(page: Any, request: HttpRequest, tie: Tie, target: TieStatus, form: StepForm) -> HttpResponse:
    verb = verb_of(tie, target)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": tie,
        "title": verb,
        "tie": tie,
        "target": target,
        "status_tag": tags.tie_status(tie.status),
        "target_tag": tags.tie_status(target),
        "clears": target == TieStatus.PROPOSED and (tie.is_public or tie.signed_on),
        "verb": verb,
        "form": form,
    }
    return TemplateResponse(request, "admin/sister_cities/tie_step.html", context)
