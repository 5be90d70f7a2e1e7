"""The programme of a visit day by day, and the pages on which its stops are written."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.visits.actions import programme as actions
from delegations.visits.clashes import Clash
from delegations.visits.days import days_of
from delegations.visits.enums import BOOKED
from delegations.visits.models import Stop, Visit
from delegations.visits.stop_forms import CopyForm, MoveForm, StopForm
from shenyang_fao.core.admin_base import do, do_asked, signed_in
from shenyang_fao.core.kept import typed_in

MORNING = time(9)


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the programme; ``page`` is the model's admin, which guards them."""
    start = "<int:pk>/programme/"
    return [
        page.door(start, partial(show, page), "programme", reads=True),
        page.door(f"{start}stop/", partial(add, page), "stop_add", reads=True),
        page.door(f"{start}copy/", partial(copy, page), "programme_copy", reads=True),
        page.door(f"{start}<int:stop>/", partial(change, page), "stop", reads=True),
        page.door(f"{start}<int:stop>/move/", partial(move, page), "stop_move", reads=True),
        page.door(f"{start}<int:stop>/remove/", partial(remove, page), "stop_remove"),
    ]


def show(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the programme, each day with its stops."""
    visit: Visit = page.seen(request, pk)
    return _answer(page, request, visit, "programme", title=_("Programme of the visit"), days=days_of(visit))


def add(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Add a stop; it begins where the last one ends."""
    visit = _opened(page, request, pk)
    form = StopForm(typed_in(request), starts_at=_next_start(visit))
    if request.method == "POST" and _saved(request, visit, form, None):
        messages.success(request, _("The stop is in the programme."))
        return _back(visit)
    return _answer(page, request, visit, "stop", title=_("Add a stop"), form=form)


def change(page: Any, request: HttpRequest, pk: int, stop: int, move_form: MoveForm | None = None) -> HttpResponse:
    """Change a stop and its bookings."""
    visit = _opened(page, request, pk)
    found = get_object_or_404(Stop, pk=stop, visit=visit)
    form = StopForm(None if move_form else typed_in(request), stop=found)
    if request.method == "POST" and not move_form and _saved(request, visit, form, found.pk):
        messages.success(request, _("The stop is saved."))
        return _back(visit)
    more = {"stop": found, "move_form": move_form or MoveForm(stop=found)}
    return _answer(page, request, visit, "stop", title=_("Change the stop"), form=form, **more)


def move(page: Any, request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Let a stop begin at another moment, with all that is booked."""
    visit = _opened(page, request, pk)
    found = get_object_or_404(Stop, pk=stop, visit=visit)
    form = MoveForm(typed_in(request), stop=found)

    def work() -> object:
        return actions.move_stop(found.pk, starts_at=form.cleaned_data["new_start"], by=signed_in(request))

    if request.method == "POST" and _done(request, form, work, lambda clash: form.add_error("new_start", str(clash))):
        messages.success(request, _("The stop is moved."))
        return _back(visit)
    return change(page, request, pk, stop, form)


def remove(page: Any, request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Take a stop out of the programme."""
    visit = _opened(page, request, pk)
    found = get_object_or_404(Stop, pk=stop, visit=visit)
    do(request, lambda: actions.remove_stop(found.pk, by=signed_in(request)), _("The stop is taken out."))
    return _back(visit)


def copy(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Copy the programme of another visit; what was left out is named."""
    visit = _opened(page, request, pk)
    form = CopyForm(typed_in(request), visit=visit)

    def work() -> None:
        source, days = int(form.cleaned_data["source"]), form.cleaned_data["days"]
        _tell(request, actions.copy_programme(visit.pk, source_id=source, days=days, by=signed_in(request)))

    if do_asked(request, form, work, ""):
        return _back(visit)
    return _answer(page, request, visit, "programme_copy", title=_("Copy a programme"), form=form)


def _opened(page: Any, request: HttpRequest, pk: int) -> Visit:
    visit: Visit = page.seen(request, pk)
    if not page.has_change_permission(request, visit):
        raise PermissionDenied
    return visit


def _saved(request: HttpRequest, visit: Visit, form: StopForm, stop_id: int | None) -> bool:
    def work() -> object:
        by = signed_in(request)
        return actions.save_stop(visit.pk, stop_id=stop_id, values=form.values, wanted=form.wanted, by=by)

    return _done(request, form, work, lambda clash: form.complain(clash.places))


def _done(request: HttpRequest, form: Any, work: Callable[[], object], complain: Callable[[Clash], object]) -> bool:
    """Do what a form asks; a clash is said at its field, any other refusal above the page."""
    clashes: list[Clash] = []

    def careful() -> None:
        try:
            work()
        except Clash as clash:
            clashes.append(clash)

    done = form.is_valid() and do(request, careful)
    for clash in clashes:
        complain(clash)
    return done and not clashes


def _tell(request: HttpRequest, done: actions.Copied) -> None:
    copied = ngettext("%(count)s stop is copied.", "%(count)s stops are copied.", done.stops) % {"count": done.stops}
    messages.success(request, copied)
    for line in done.left:
        messages.warning(request, line)


def _next_start(visit: Visit) -> datetime | None:
    last = visit.stops.order_by("ends_at").last()
    if last:
        ends: datetime = last.ends_at.astimezone(last.zone)
        return ends
    # A wall clock, which the form reads by the zone that is chosen on it.
    return datetime.combine(visit.arrives_on, MORNING) if visit.arrives_on else None


def _answer(page: Any, request: HttpRequest, visit: Visit, template: str, **more: Any) -> HttpResponse:
    may_change = page.has_change_permission(request, visit)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": visit,
        "visit": visit,
        "state": visit.get_state_display(),
        "may_change": may_change,
        "is_open": may_change and visit.state in BOOKED,
        **more,
    }
    return TemplateResponse(request, f"admin/delegations/{template}.html", context)


def _back(visit: Visit) -> HttpResponse:
    return redirect("admin:delegations_visit_programme", visit.pk)
