"""The doors of the case page. Each button is a POST; opening a door's address by GET leads back to the page."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from enterprises.actions import corrections, ratings
from enterprises.actions import requests as actions
from enterprises.actions.moves import HANDLERS
from enterprises.admin.case_forms import (
    FollowUpForm,
    LaneForm,
    MessageForm,
    RefusalForm,
    TermForm,
    item_forms,
    items_of,
    more_item_forms,
)
from enterprises.admin.case_page import Typed, may_retry, show_case
from enterprises.admin.queue import next_case
from enterprises.enums import Lane
from enterprises.kinds import kind_of
from enterprises.models import Attachment, Paper, ServiceRequest
from shenyang_fao.core import files, outbox
from shenyang_fao.core.admin_base import do, do_asked, signed_in
from shenyang_fao.core.kept import typed_in
from shenyang_fao.core.models import StoredFile

Door = Callable[..., HttpResponse]
CASE = "admin:enterprises_servicerequest_change"


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the doors; ``page`` is the model's admin, which guards them."""
    doors: list[tuple[str, Door, str]] = [
        ("accept/", partial(_press, actions.accept, _("The request is accepted.")), "accept"),
        ("review/", partial(_press, actions.review, _("The first review is passed.")), "review"),
        ("approve/", partial(_press, actions.approve, _("The request is signed off; the letter is made.")), "approve"),
        ("send-back/", send_back, "send_back"),
        ("refuse/", refuse, "refuse"),
        ("extend/", extend, "extend"),
        ("lane/", lane, "lane"),
        ("write/", write, "write"),
        ("follow-up/", follow_up, "follow_up"),
        ("disclose/", disclose, "disclose"),
        ("work/<int:promise>/retry/", retry, "retry"),
    ]
    return [
        *(page.door(f"<int:pk>/{route}", partial(door, page), name, reads=True) for route, door, name in doors),
        page.door("papers/<uuid:key>/", partial(paper, page), "paper", reads=True),
        page.door("attachments/<uuid:key>/", partial(attachment, page), "attachment", reads=True),
    ]


def _press(action: Callable[..., object], done: LazyText, page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """A button without a form: one verb. The officer stays with the case, or goes on to the next one."""
    case = page.seen(request, pk)
    if request.method != "POST":
        return _back(case)
    following = next_case(request.user, after=case) if "next" in request.POST else None
    words = f"{case.number}{pgettext('between a label and its value', ': ')}{done}"
    is_done = do(request, lambda: action(case.pk, seen=request.POST.get("seen"), by=signed_in(request)), words)
    return redirect(CASE, following.pk) if is_done and following else _back(case)


def refuse(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    case, form = page.seen(request, pk), RefusalForm(typed_in(request))

    def work() -> None:
        actions.refuse(case.pk, **form.cleaned_data, by=signed_in(request))

    is_done = do_asked(request, form, work, _("The request is refused."))
    return _back(case) if is_done else _again(page, request, case, Typed(refusal=form), form)


def write(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the company."""
    case, form = page.seen(request, pk), MessageForm(typed_in(request), request.FILES)

    def work() -> None:
        actions.write_message(case.pk, **form.cleaned_data, by=signed_in(request))

    is_done = do_asked(request, form, work, _("The message is sent."))
    return _back(case) if is_done else _again(page, request, case, Typed(message=form), form)


def follow_up(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the company what was done about its bad rating."""
    case, form = page.seen(request, pk), FollowUpForm(typed_in(request))

    def work() -> None:
        ratings.follow_up(case.pk, **form.cleaned_data, by=signed_in(request))

    is_done = do_asked(request, form, work, _("The company is told what was done."))
    return _back(case) if is_done else _again(page, request, case, Typed(follow_up=form), form)


def send_back(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Return for correction, item by item; the button for more rows only draws the page again."""
    case, data = page.seen(request, pk), typed_in(request)
    if data is not None and "more" in data:
        return show_case(page, request, case, Typed(items=more_item_forms(case, data), term=TermForm(data)))
    forms, term = item_forms(case, data), TermForm(data)

    def work() -> None:
        actions.send_back(case.pk, items=items_of(forms), **term.cleaned_data, by=signed_in(request))

    are_right = all([forms.is_valid(), term.is_valid()])
    if are_right and do_asked(request, term, work, _("The request is returned for correction.")):
        return _back(case)
    return _again(page, request, case, Typed(items=forms, term=term), forms)


def extend(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Give the company more time for its corrections."""
    case, form = page.seen(request, pk), TermForm(typed_in(request))

    def work() -> None:
        corrections.extend(case.pk, **form.cleaned_data, by=signed_in(request))

    is_done = do_asked(request, form, work, _("The company has more time now."))
    return _back(case) if is_done else _again(page, request, case, Typed(extension=form), form)


def lane(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Move the request to the other lane, with a reason."""
    case, form = page.seen(request, pk), LaneForm(typed_in(request))

    def work() -> None:
        chosen, reason = Lane(form.cleaned_data["lane"]), form.cleaned_data["reason"]
        actions.set_lane(case.pk, lane=chosen, reason=reason, by=signed_in(request))

    is_done = do_asked(request, form, work, _("The request is in its new lane."))
    return _back(case) if is_done else _again(page, request, case, Typed(lane=form), form)


def disclose(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show hidden personal data once, and record who asked for it."""
    case = page.seen(request, pk)
    if not any(map(signed_in(request).has_perm, HANDLERS)):
        raise PermissionDenied
    if request.method != "POST":
        return _back(case)
    for file in kind_of(case).desk.disclosed(case):
        files.record_view(file, by=signed_in(request))
    return show_case(page, request, case, is_disclosed=True)


def retry(page: Any, request: HttpRequest, pk: int, promise: int) -> HttpResponse:
    """Let a failed step of this case be tried again."""
    case = page.seen(request, pk)
    if not may_retry(request.user):
        raise PermissionDenied
    if promise not in {work.promise.pk for work in kind_of(case).desk.work(case) if work.promise}:
        raise Http404
    if request.method == "POST":
        do(request, lambda: outbox.retry(promise, by=signed_in(request)), _("The work will be tried again."))
    return _back(case)


def paper(page: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a paper; who opened it is recorded."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    # A request and its amendment hold the same file.
    visible = Paper.objects.visible_to(signed_in(request)).values("file")
    file = get_object_or_404(StoredFile, pk__in=visible, key=key)
    return files.hand_out(file, by=signed_in(request))


def attachment(page: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a file that was sent with a message; who opened it is recorded."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    found = get_object_or_404(Attachment.objects.visible_to(signed_in(request)).select_related("file"), file__key=key)
    return files.hand_out(found.file, by=signed_in(request))


def _again(page: Any, request: HttpRequest, case: ServiceRequest, typed: Typed, form: Any) -> HttpResponse:
    """The page with what was typed; without anything typed, the page itself."""
    return show_case(page, request, case, typed) if form.is_bound else _back(case)


def _back(case: ServiceRequest) -> HttpResponse:
    return redirect(CASE, case.pk)
