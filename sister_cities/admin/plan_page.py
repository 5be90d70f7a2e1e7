"""The page of an action: where it stands, its reports, and the buttons of those who may change it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenyang_fao.core import files
from shenyang_fao.core.admin_base import do_asked, signed_in, tag
from shenyang_fao.core.kept import typed_in
from shenyang_fao.core.models import StoredFile
from sister_cities.actions import plans as actions
from sister_cities.admin.plan_forms import ReasonForm, ReportForm
from sister_cities.enums import ActionState
from sister_cities.models import PlanAction

TONES = {ActionState.UNDER_WAY: "info", ActionState.DONE: "ok"}


def state_tag(state: str) -> SafeString:
    """Return a state in words, with the colour that repeats them."""
    return tag(ActionState(state).label, TONES.get(ActionState(state), "plain"))


def overdue_tag(action: PlanAction) -> SafeString | str:
    return tag(_("overdue"), "stop") if action.is_overdue else ""


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the doors; ``page`` is the model's admin, which guards them."""
    return [
        page.door("<int:pk>/report/", partial(report, page), "report", reads=True),
        page.door("<int:pk>/drop/", partial(drop, page), "drop", reads=True),
        page.door("<int:pk>/reopen/", partial(reopen, page), "reopen", reads=True),
        page.door("<int:pk>/evidence/<uuid:key>/", partial(evidence, page), "evidence", reads=True),
    ]


def show(page: Any, request: HttpRequest, action: PlanAction, **typed: Any) -> HttpResponse:
    """Answer with the page of an action; a form that was filled in takes the place of the empty one."""
    empty = {
        "report_form": ReportForm(initial={"on": timezone.localdate().isoformat(), "progress": action.progress}),
        "drop_form": ReasonForm(auto_id="drop_%s"),
        "reopen_form": ReasonForm(auto_id="reopen_%s"),
    }
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": action,
        "title": str(action),
        "action": action,
        "state_tag": state_tag(action.state),
        "overdue_tag": overdue_tag(action),
        "reports": [(entry, state_tag(entry.state)) for entry in action.reports.select_related("by", "file")],
        "may_change": page.has_change_permission(request, action),
        **empty,
        **typed,
    }
    response = TemplateResponse(request, "admin/sister_cities/planaction.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def report(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far the action has come."""
    action = page.seen(request, pk)
    form = ReportForm(typed_in(request), request.FILES or None)
    if do_asked(
        request,
        form,
        lambda: actions.report_progress(pk, **form.cleaned_data, by=signed_in(request)),
        _("The report is recorded."),
    ):
        return _back(action)
    return show(page, request, action, report_form=form) if form.is_bound else _back(action)


def drop(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Give the action up, with a reason."""
    return _with_reason(page, request, pk, actions.drop, "drop", _("The action is dropped."))


def reopen(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take the action up again, with a reason."""
    return _with_reason(page, request, pk, actions.reopen, "reopen", _("The action is open again."))


def evidence(page: Any, request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Open the evidence of a report; who opened it is recorded."""
    action = page.seen(request, pk)
    file = get_object_or_404(StoredFile, pk__in=action.reports.values("file"), key=key)
    return files.hand_out(file, by=signed_in(request))


def _with_reason(
    page: Any, request: HttpRequest, pk: int, verb: Callable[..., object], name: str, done: str
) -> HttpResponse:
    action = page.seen(request, pk)
    form = ReasonForm(typed_in(request), auto_id=f"{name}_%s")
    if do_asked(request, form, lambda: verb(pk, reason=form.cleaned_data["reason"], by=signed_in(request)), done):
        return _back(action)
    return show(page, request, action, **{f"{name}_form": form}) if form.is_bound else _back(action)


def _back(action: PlanAction) -> HttpResponse:
    return redirect(action.get_absolute_url())
