"""The page of a trip: what the rules find, what is due, its timeline, and the buttons of those who may press them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.trips import actions, deviations, notices
from delegations.trips.admin.forms import DocumentsForm, NoteForm, PaperForm, ReasonForm, ReportForm
from delegations.trips.enums import TRIP_STEPS, TripState, TripVerb
from delegations.trips.figures import trips_of_people
from delegations.trips.mission import judged
from delegations.trips.models import Trip
from delegations.trips.page_texts import event_title, light_tag, lines_of, lines_of_frozen, state_tag
from shenyang_fao.core import files
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, do, do_asked, signed_in
from shenyang_fao.core.kept import typed_in
from shenyang_fao.core.models import StoredFile

# The report has a form of its own; the others ask for a note, these for a reason.
WITH_REASON = (TripVerb.RESUME, TripVerb.REFUSE, TripVerb.WITHDRAW)
AS_SEEN = (TripVerb.REVIEW, TripVerb.APPROVE)
WITHOUT_NOTE = (TripVerb.PUBLISH, TripVerb.FILE)
TONES = {TripVerb.REFUSE: "stop", TripVerb.WITHDRAW: "stop", TripVerb.RESUME: ""}
VERBS: dict[TripVerb, Callable[..., object]] = {
    TripVerb.PUBLISH: actions.publish,
    TripVerb.RESUME: actions.resume,
    TripVerb.FILE: actions.file,
    TripVerb.REVIEW: actions.review,
    TripVerb.APPROVE: actions.approve,
    TripVerb.REFUSE: actions.refuse,
    TripVerb.WITHDRAW: actions.withdraw,
    TripVerb.CLOSE: actions.close,
}


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the doors; ``page`` is the model's admin, which guards them."""
    return [
        page.door("<int:pk>/step/<slug:verb>/", partial(step, page), "step", reads=True),
        page.door("<int:pk>/report/", partial(report, page), "report", reads=True),
        page.door("<int:pk>/documents/", partial(documents, page), "documents", reads=True),
        page.door("<int:pk>/paper/", partial(paper, page), "paper", reads=True),
        page.door("<int:pk>/paper/<uuid:key>/", partial(open_paper, page), "open_paper", reads=True),
        page.door("<int:pk>/paper/<int:paper_id>/remove/", partial(remove_paper, page), "remove_paper"),
    ]


def show(page: Any, request: HttpRequest, trip: Trip, **typed: Any) -> HttpResponse:
    """Answer with the page of a trip; a form that was filled in takes the place of the empty one."""
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": trip,
        "title": str(trip),
        "trip": trip,
        "state_tag": state_tag(trip.state),
        "light_tag": light_tag(trip),
        "may_edit": page.has_change_permission(request, trip),
        "may_file": request.user.has_perm(actions.FILE),
        **_found(trip),
        **_forms(request, trip, typed),
    }
    response = TemplateResponse(request, "admin/delegations/trip.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def step(page: Any, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a step along the table of steps."""
    trip = page.seen(request, pk)
    if verb not in VERBS:
        raise Http404
    asked = TripVerb(verb)
    form = _form_of(asked, typed_in(request))
    if do_asked(request, form, partial(_take, asked, pk, request, form), _("Done: %(step)s.") % {"step": asked.label}):
        return _back(trip)
    return show(page, request, trip, **{asked.value: form}) if form.is_bound and form.errors else _back(trip)


def report(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was really done."""
    trip = page.seen(request, pk)
    form = ReportForm(typed_in(request), auto_id="report_%s", instance=Trip())
    if do_asked(request, form, partial(_report, form, pk, request), _("The report is published.")):
        return _back(trip)
    return show(page, request, trip, report_form=form) if form.is_bound else _back(trip)


def documents(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the travel documents are in."""
    trip = page.seen(request, pk)
    form = DocumentsForm(typed_in(request), auto_id="documents_%s")
    work = partial(_call, actions.hand_in, form, pk, request)
    if do_asked(request, form, work, _("The documents are recorded.")):
        return _back(trip)
    return show(page, request, trip, documents_form=form) if form.is_bound else _back(trip)


def paper(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """File a paper."""
    trip = page.seen(request, pk)
    form = PaperForm(typed_in(request), request.FILES or None, auto_id="paper_%s")
    if do_asked(request, form, partial(_call, actions.add_paper, form, pk, request), _("The paper is filed.")):
        return _back(trip)
    return show(page, request, trip, paper_form=form) if form.is_bound else _back(trip)


def open_paper(page: Any, request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Open a paper; who opened it is recorded."""
    trip = page.seen(request, pk)
    file = get_object_or_404(StoredFile, pk__in=trip.papers.values("file"), key=key)
    return files.hand_out(file, by=signed_in(request))


def remove_paper(page: Any, request: HttpRequest, pk: int, paper_id: int) -> HttpResponse:
    """Take a paper of a draft away."""
    trip = page.seen(request, pk)
    get_object_or_404(trip.papers, pk=paper_id)
    done = _("The paper is taken away.")
    do(request, lambda: actions.remove_paper(pk, paper_id=paper_id, by=signed_in(request)), done)
    return _back(trip)


def _found(trip: Trip) -> dict[str, Any]:
    """Return what the page reads: people, stays, papers, findings and timeline, each in one query."""
    members, events = list(trip.members.all()), list(trip.events.select_related("by"))
    made = trips_of_people([member.person_index for member in members], trip.leaves_on.year)
    is_live = trip.state in (TripState.DRAFT, TripState.NOTICED)
    return {
        "members": [(member, made[member.person_index]) for member in members],
        "legs": trip.legs.all(),
        "papers": trip.papers.select_related("file", "filed_by"),
        "lines": lines_of(judged(trip)) if is_live else lines_of_frozen(trip.findings),
        "is_live": is_live,
        "events": [(event, event_title(event)) for event in events],
        "seen": events[-1].pk if events else 0,
        "deviations": deviations.deviations(trip),
        "report_due_on": deviations.report_due_on(deviations.back_on(trip)),
        "documents_due_on": deviations.documents_due_on(deviations.back_on(trip)),
        "noticed_until": notices.noticed_until(trip),
        "public_url": reverse("delegations:trip", args=[trip.slug]) if _is_public(trip) else "",
    }


def _is_public(trip: Trip) -> bool:
    is_open = trip.state in (TripState.NOTICED, TripState.REPORTED, TripState.CLOSED)
    return is_open and not trip.is_demonstration and notices.shown(trip).is_today


def _forms(request: HttpRequest, trip: Trip, typed: dict[str, Any]) -> dict[str, Any]:
    """Return the buttons of this state and person, each with its form, and the forms of their own."""
    possible = [verb for verb in VERBS if _may(request, trip, verb) or verb.value in typed]
    buttons = [
        {
            "verb": verb,
            "form": typed.get(verb.value) or _form_of(verb, None),
            "is_open": verb.value in typed or verb not in WITH_REASON,
            "tone": TONES.get(verb, "main"),
            "as_seen": verb in AS_SEEN,
            "has_note": verb not in WITHOUT_NOTE,
            "url": reverse("admin:delegations_trip_step", args=[trip.pk, verb.value]),
        }
        for verb in possible
    ]
    may_report = _may(request, trip, TripVerb.REPORT) and deviations.awaits_report(trip)
    return {
        "buttons": buttons,
        "report_form": typed.get("report_form") or (_empty_report(trip) if may_report else None),
        "documents_form": typed.get("documents_form") or _empty_documents(request, trip),
        "paper_form": typed.get("paper_form") or PaperForm(auto_id="paper_%s"),
    }


def _may(request: HttpRequest, trip: Trip, verb: TripVerb) -> bool:
    is_own = verb == TripVerb.APPROVE and trip.reviewed_by_id == request.user.pk
    return trip.state in TRIP_STEPS[verb][0] and request.user.has_perm(actions.right_to(verb, trip)) and not is_own


def _empty_report(trip: Trip) -> ReportForm:
    planned = {"left_on": trip.leaves_on.isoformat(), "returned_on": trip.returns_on.isoformat()}
    return ReportForm(auto_id="report_%s", instance=Trip(), initial=planned)


def _empty_documents(request: HttpRequest, trip: Trip) -> DocumentsForm | None:
    is_due = trip.state in (TripState.APPROVED, TripState.REPORTED) and trip.documents_on is None
    if not is_due or deviations.back_on(trip) > timezone.localdate() or not request.user.has_perm(actions.FILE):
        return None
    return DocumentsForm(auto_id="documents_%s", initial={"on": timezone.localdate().isoformat()})


def _form_of(verb: TripVerb, data: Any) -> ReasonForm | NoteForm:
    kind = ReasonForm if verb in WITH_REASON else NoteForm
    return kind(data, auto_id=f"{verb.value}_%s")


def _take(verb: TripVerb, pk: int, request: HttpRequest, form: ReasonForm | NoteForm) -> None:
    asked: dict[str, Any] = {} if verb in WITHOUT_NOTE else {"note": form.cleaned_data["note"]}
    if verb in AS_SEEN:
        seen = request.POST.get("seen", "")
        asked["seen"] = int(seen) if seen.isdecimal() and len(seen) < DIGITS_AT_MOST else -1
    VERBS[verb](pk, **asked, by=signed_in(request))


def _report(form: ReportForm, pk: int, request: HttpRequest) -> None:
    told = dict(form.cleaned_data)
    days = {name: told.pop(name) for name in ("left_on", "returned_on", "visited")}
    actions.report(pk, **days, words=told, by=signed_in(request))


def _call(verb: Callable[..., object], form: Any, pk: int, request: HttpRequest) -> None:
    verb(pk, **form.cleaned_data, by=signed_in(request))


def _back(trip: Trip) -> HttpResponse:
    return redirect("admin:delegations_trip_change", trip.pk)
