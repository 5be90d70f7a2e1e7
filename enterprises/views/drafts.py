"""The guided form of any kind of request: a page a step, saved after each, resumed where it was left."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enterprises import guidance
from enterprises.actions import papers, requests
from enterprises.actions.closing import standing_of
from enterprises.kinds import Step, StepForm, find, kind_of
from enterprises.models import Company, Paper, ServiceRequest
from enterprises.views.access import closed, for_company, for_draft, person
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.kept import keep_typing, typed_in


@dataclass
class Place:
    """Where in a draft somebody is: a step, perhaps one row of it."""

    case: ServiceRequest
    step: Step
    part: int | None = None
    row: object | None = None
    has_page_of_row: bool = False


@for_company
@require_http_methods(["GET", "POST"])
def request_new(request: HttpRequest, company: Company, kind: str) -> HttpResponse:
    """Show what will be needed, and begin a draft."""
    found = find(kind)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            return redirect(requests.begin(found, company=company, by=person(request)).next_step_url())
        except NotNow as refusal:
            messages.warning(request, str(refusal))
            return redirect("enterprises:company")
    context = {
        "kind": found,
        "company": company,
        "standing": standing_of(company),
        "working_days": settings.DECISION_WORKING_DAYS,
    }
    return render(request, "enterprises/drafts/new.html", context)


@for_draft
@require_safe
def draft(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Go on where the form was left."""
    return redirect(guidance.resume_url(case))


@for_draft
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, case: ServiceRequest, step: str) -> HttpResponse:
    """Show or save one step."""
    return _page(request, Place(case, _step(case, step)))


@for_draft
@require_http_methods(["GET", "POST"])
def part_new(request: HttpRequest, case: ServiceRequest, step: str) -> HttpResponse:
    """Show or save a new row of a step, as one more invitee."""
    return _page(request, Place(case, _step_of_parts(case, step), has_page_of_row=True))


@for_draft
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, case: ServiceRequest, step: str, part: int) -> HttpResponse:
    """Show or save one row of a step."""
    return _page(request, _row(case, step, part))


@for_draft
@require_http_methods(["GET", "POST"])
def part_remove(request: HttpRequest, case: ServiceRequest, step: str, part: int) -> HttpResponse:
    """Ask, then remove one row of a step."""
    place = _row(case, step, part)
    url = guidance.step_url(case, place.step.slug)
    if request.method == "POST" and place.step.parts:
        place.step.parts.remove(case, place.row, by=person(request))
        messages.success(request, _("Removed: %(name)s.") % {"name": place.row})
        return redirect(url)
    context = {"question": _("Remove %(name)s?") % {"name": place.row}, "button": _("Remove"), "back": url}
    return render(request, "enterprises/confirm.html", context)


@for_company
@require_http_methods(["GET", "POST"])
def paper_remove(request: HttpRequest, company: Company, key: str) -> HttpResponse:
    """Ask, then take a paper out of a request."""
    paper = _paper(company, key)
    if not paper.request.is_editable:
        return closed(request, paper.request)
    url, name = guidance.paper_url(paper), str(paper)
    if request.method == "POST":
        try:
            papers.remove_paper(paper.pk, by=person(request))
        except NotNow:
            # Handed in meanwhile, in another tab.
            return closed(request, ServiceRequest.objects.get(pk=paper.request_id))
        messages.success(request, _("Removed: %(name)s.") % {"name": name})
        return redirect(url)
    context = {"question": _("Remove %(name)s?") % {"name": name}, "button": _("Remove"), "back": url}
    return render(request, "enterprises/confirm.html", context)


@for_draft
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Ask, then discard a draft that was never handed in."""
    if case.number:
        return redirect("enterprises:withdraw", case.number)
    if request.method == "POST":
        requests.withdraw(case.pk, by=person(request))
        messages.success(request, _("The draft has been discarded."))
        return redirect("enterprises:request_list")
    context = {
        "question": _("Discard this draft?"),
        "button": _("Discard the draft"),
        "back": reverse("enterprises:check", args=[case.key]),
    }
    return render(request, "enterprises/confirm.html", context)


@for_draft
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Show all answers and what is wrong with them; hand in."""
    kind = kind_of(case)
    if request.method == "POST":
        try:
            requests.submit(case.pk, by=person(request))
            return redirect("enterprises:request", ServiceRequest.objects.values_list("number").get(pk=case.pk)[0])
        except requests.NotComplete as refusal:
            messages.error(request, str(refusal))
    context = {
        "case": case,
        "kind": kind,
        "steps": guidance.step_list(case, current=guidance.CHECK),
        "faults": guidance.faults(case),
        "asked": guidance.asked(case),
        "papers": guidance.papers(case),
        "change": True,
        **kind.details(case),
    }
    return render(request, "enterprises/drafts/check.html", context)


def _paper(company: Company, key: str) -> Paper:
    """Return a paper by its file; where an amendment holds the same file, the one that can be changed. Raises Http404."""
    found = Paper.objects.filter(request__company=company, file__key=key).select_related("request", "file")
    papers = sorted(found, key=lambda paper: paper.request.is_editable)
    if not papers:
        raise Http404
    return papers[-1]


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    typed = typed_in(request)
    form = _open(place, typed, request.FILES if request.method == "POST" else None)
    if request.method == "POST" and not form.is_redrawn:
        answer = _save(request, place, form)
        if answer:
            return answer
    items = guidance.items_at(place.case, place.step.slug, place.part)
    guidance.show_at_fields(getattr(form, "form", form), items)
    context = {
        "case": place.case,
        "kind": kind_of(place.case),
        "step": place.step,
        "steps": guidance.step_list(place.case, current=place.step.slug),
        "items": items,
        "form": getattr(form, "form", form),
        "formset": getattr(form, "formset", None),
        "row": place.row,
        "back": guidance.step_url(place.case, place.step.slug),
    }
    return render(request, form.page, context)


def _save(request: HttpRequest, place: Place, form: StepForm) -> HttpResponse | None:
    """Save and lead on; None when the page has to be shown again."""
    by, is_later = person(request), "later" in request.POST
    if form.is_valid():
        try:
            form.save(by=by)
        except NotNow:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return None
        return _lead_on(request, place, form, is_later=is_later)
    form.keep(by=by)
    if not is_later:
        return None
    keep_typing(request)
    messages.warning(request, _("Saved. Some answers of this page still have to be completed or corrected."))
    return redirect("enterprises:request_list")


def _lead_on(request: HttpRequest, place: Place, form: StepForm, *, is_later: bool) -> HttpResponse:
    for note in getattr(form, "notes", list)():
        messages.warning(request, str(note))
    if is_later:
        messages.success(request, _("Saved. You can go on at any time."))
        return redirect("enterprises:request_list")
    if place.has_page_of_row:
        messages.success(request, _("Saved: %(name)s.") % {"name": getattr(form, "row", "")})
        place_name = "enterprises:part_new" if "another" in request.POST else "enterprises:step"
        return redirect(reverse(place_name, args=[place.case.key, place.step.slug]))
    place.case.refresh_from_db(fields=["saved_steps"])
    return redirect(guidance.resume_url(place.case))


def _open(place: Place, typed: object, files: object) -> StepForm:
    if place.has_page_of_row and place.step.parts:
        return place.step.parts.open(place.case, place.row, typed, files)
    return place.step.open(place.case, typed, files)


def _step(case: ServiceRequest, slug: str) -> Step:
    found = kind_of(case).step(slug)
    if found is None:
        raise Http404
    return found


def _step_of_parts(case: ServiceRequest, slug: str) -> Step:
    found = _step(case, slug)
    if found.parts is None:
        raise Http404
    return found


def _row(case: ServiceRequest, slug: str, part: int) -> Place:
    found = _step_of_parts(case, slug)
    row = found.parts.find(case, part) if found.parts else None
    if row is None:
        raise Http404
    return Place(case, found, part, row, has_page_of_row=True)
