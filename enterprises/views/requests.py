"""A company's requests: the list, the page of one with its timeline, its papers and its letter."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enterprises import guidance
from enterprises.actions import requests
from enterprises.actions.closing import may_close_out, standing_of
from enterprises.actions.ratings import has_ended
from enterprises.enums import TRANSITIONS, Verb
from enterprises.forms import MessageForm
from enterprises.kinds import Kind, all_kinds, kind_of
from enterprises.models import Attachment, CloseOut, Company, Message, Paper, Rating, ServiceRequest
from enterprises.views.access import for_company, person
from shenyang_fao.core import files
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import sign_in_required, typed_in
from shenyang_fao.core.models import StoredFile
from shenyang_fao.core.rating_forms import AdditionForm, RatingForm

ON_A_PAGE = 20


@for_company
@require_safe
def request_list(request: HttpRequest, company: Company) -> HttpResponse:
    """List the requests of the company, newest first."""
    cases = (
        ServiceRequest.objects.owned_by(person(request)).listed().with_deadline().with_unread_count(from_office=True)
    )
    page = Paginator(cases, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "company": company,
        "standing": standing_of(company),
        "page": page,
        "rows": guidance.rows(page.object_list),
        "kinds": all_kinds(),
    }
    return render(request, "enterprises/request_list.html", context)


@for_company
@require_http_methods(["GET", "POST"])
def request(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Show a request with everything about it; take a message to the office."""
    case = own_request(request, number)
    typed = typed_in(request)
    form = MessageForm(typed, request.FILES)
    if request.method == "POST" and form.is_valid():
        requests.write_message(case.pk, **form.cleaned_data, by=person(request))
        messages.success(request, _("Your message has been sent to the office."))
        return redirect(reverse("enterprises:request", args=[number]) + "#messages")
    return show_request(request, company, case, form=form)


def show_request(request: HttpRequest, company: Company, case: ServiceRequest, **typed: Form) -> HttpResponse:
    """Answer with the page of a request; the forms that somebody was typing into take the place of empty ones."""
    thread = _thread(case)
    # Read when it is shown, and shown as new this once.
    requests.mark_read(case, shown=thread, by=person(request))
    context = {"form": MessageForm(), "company": company, "case_messages": thread, **_context(case), **typed}
    return render(request, "enterprises/request.html", context)


@for_company
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Ask, then withdraw a request that is not decided."""
    case = own_request(request, number)
    if request.method == "POST":
        try:
            requests.withdraw(case.pk, by=person(request))
            messages.success(request, _("The request has been withdrawn."))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect("enterprises:request", number)
    question = _("Withdraw the request %(number)s?") % {"number": number}
    context = {
        "question": question,
        "hint": _("The office stops working on it. You can file a new request at any time."),
        "button": _("Withdraw the request"),
        "back": reverse("enterprises:request", args=[number]),
    }
    return render(request, "enterprises/confirm.html", context)


@for_company
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Ask, then begin the request for a changed letter."""
    case = own_request(request, number)
    offered = kind_of(case).amending
    if offered is None:
        raise Http404
    if request.method == "POST":
        try:
            return redirect(offered.begin(case.pk, by=person(request)).get_absolute_url())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("enterprises:request", number)
    context = {
        "question": _("Ask for a changed letter in place of %(number)s?") % {"number": number},
        "hint": _(
            "A new request is made with all answers and papers of this one. Change what has to be changed and hand it in; "
            "the office examines it anew. The letter you have stays valid until the new one is issued."
        ),
        "button": _("Begin the request"),
        "is_gentle": True,
        "back": reverse("enterprises:request", args=[number]),
    }
    return render(request, "enterprises/confirm.html", context)


@for_company
@require_safe
def letter(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Hand out what was issued: for an invitation, the signed letter."""
    case = own_request(request, number)
    issued = kind_of(case).issued_file(case)
    if issued is None:
        raise Http404
    return files.hand_out(issued, by=person(request), download=True)


@sign_in_required
@require_safe
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Show a private paper to its company and to the officers who may see it; each opening is recorded."""
    # A request and its amendment hold the same file.
    visible = Paper.objects.visible_to(person(request)).values("file")
    return files.hand_out(get_object_or_404(StoredFile, pk__in=visible, key=key), by=person(request))


@sign_in_required
@require_safe
def attachment(request: HttpRequest, key: str) -> HttpResponse:
    """Show a file sent with a message to its company and to the officers who may see it; each opening is recorded."""
    sent = Attachment.objects.visible_to(person(request)).select_related("file")
    return files.hand_out(get_object_or_404(sent, file__key=key).file, by=person(request))


def own_request(request: HttpRequest, number: str) -> ServiceRequest:
    """Return a request of the person's company; any other is not found."""
    cases = ServiceRequest.objects.owned_by(person(request)).select_related("company", "amends")
    return get_object_or_404(cases, number=number)


def _thread(case: ServiceRequest) -> list[Message]:
    return list(case.messages.select_related("by").prefetch_related("attachments__file"))


def _context(case: ServiceRequest) -> dict[str, object]:
    kind = kind_of(case)
    return {
        "case": case,
        "kind": kind,
        "tone": guidance.TONES[case.state],
        "next_text": guidance.NEXT[case.state],
        "entries": guidance.timeline(case),
        "asked": guidance.asked(case),
        "refusal": guidance.refusal(case),
        "issued_file": kind.issued_file(case),
        "may_withdraw": case.state in TRANSITIONS[Verb.WITHDRAW][0],
        "papers": guidance.papers(case),
        **_amending(case, kind),
        **_closing(case, kind),
        **_rating(case),
        **kind.details(case),
    }


def _amending(case: ServiceRequest, kind: Kind) -> dict[str, object]:
    """What the page says of changing what was issued: the button, the request that does it, and the one that this changes."""
    offered = kind.amending
    return {
        "may_amend": offered is not None and offered.is_possible(case),
        "amendment": offered.opened(case) if offered else None,
        "amended": case.amends,
    }


def _closing(case: ServiceRequest, kind: Kind) -> dict[str, object]:
    """What the page says of the report on what was issued: asked for, overdue, or made."""
    due_on = case.close_out_due_on
    made = CloseOut.objects.filter(request=case).select_related("reported_by").first()
    return {
        "may_close_out": may_close_out(case),
        "is_close_out_overdue": due_on is not None and due_on < timezone.localdate(),
        "close_out": made,
        "outcomes": kind.closing.outcomes(case) if kind.closing and made else [],
    }


def _rating(case: ServiceRequest) -> dict[str, object]:
    """What the page says of the rating of the service: the form, or what was given and what came of it."""
    return {
        "rating": Rating.objects.filter(request=case).select_related("by").first(),
        "may_rate": has_ended(case),
        "rating_form": RatingForm(),
        "addition_form": AdditionForm(),
    }
