"""A list of invitees from a spreadsheet: uploaded, repaired cell by cell, taken over. No officer has a door here."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enterprises import guidance
from enterprises.invitations.batches import actions
from enterprises.invitations.batches.cells import Cells, with_zone
from enterprises.invitations.batches.checking import check
from enterprises.invitations.batches.columns import COLUMNS, NAMES, Said
from enterprises.invitations.batches.sheet import Repair, suggestions
from enterprises.invitations.batches.template import MEDIA_TYPES, NAME, template
from enterprises.invitations.enums import PaperRole
from enterprises.invitations.forms.batch import BatchForm
from enterprises.invitations.forms.batch_scans import ScansForm
from enterprises.invitations.rules import INVITEES, INVITEES_AT_MOST, PAPERS
from enterprises.kinds import kind_of
from enterprises.models import BatchRow, Invitation, InviteeBatch, ServiceRequest
from enterprises.views.access import for_draft, person
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.kept import take_typing
from shenyang_fao.core.tables.kinds import Joined
from shenyang_fao.core.tables.limits import CELL_AT_MOST
from shenyang_fao.core.throttle import is_too_often

UPLOADS, WINDOW_SECONDS = 20, 600
ON_A_PAGE = 20
LONGEST_NUMBER = 19
CELL = re.compile(r"r([0-9]{1,18})-([a-z_]+)")


@require_safe
@cache_control(max_age=3600, public=True)
def batch_template(request: HttpRequest, form: str) -> HttpResponse:
    """Give out the empty list; it holds nobody's data."""
    if form not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(template(form), content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{form}"'
    return response


@for_draft
@require_http_methods(["GET", "POST"])
def batch_upload(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Take a spreadsheet in."""
    _require_invitation(case)
    earlier = _batch(case)
    if request.method != "POST":
        return _ask(request, case, BatchForm(earlier))
    if is_too_often(request, what="batch", limit=UPLOADS, seconds=WINDOW_SECONDS):
        messages.error(request, _too_often())
        return _ask(request, case, BatchForm(earlier), status=429)
    form = BatchForm(earlier, request.POST, request.FILES)
    if not form.is_valid() or not _kept(request, case, form):
        return _ask(request, case, form)
    for note in _passed_over(form.cleaned_data["file"]):
        messages.info(request, note)
    return redirect("enterprises:batch", case.key)


@for_draft
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Show what is wrong with the list; keep what was repaired and look again."""
    _require_invitation(case)
    found = _batch(case)
    if found is None:
        return redirect("enterprises:batch_upload", case.key)
    if request.method == "POST":
        return _repair(request, case)
    rows = list(found.rows.all())
    _put_typed(rows, take_typing(request))
    repair = Repair(check(case, rows), opened=request.GET.get("row", ""))
    page = Paginator(repair.to_mend, ON_A_PAGE).get_page(request.GET.get("page"))
    cards = repair.cards(page.object_list)
    context = _context(case) | {"batch": found, "repair": repair, "page": page, "cards": cards, "words": suggestions()}
    return render(request, "enterprises/invitations/batch.html", context)


@for_draft
@require_POST
def batch_take_over(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Make invitees of all rows that are right."""
    _require_invitation(case)
    expected = request.POST.get("expected", "")
    actions.write_cells(case.pk, written=_typed_cells(request.POST), by=person(request))
    try:
        count = actions.take_over(case.pk, expected=int(expected) if _is_number(expected) else 0, by=person(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("enterprises:batch" if _batch(case) else "enterprises:batch_upload", case.key)
    said = ngettext("%(count)s invitee has been taken over.", "%(count)s invitees have been taken over.", count)
    messages.success(request, said % {"count": count})
    return redirect("enterprises:batch" if _batch(case) else "enterprises:batch_scans", case.key)


@for_draft
@require_http_methods(["GET", "POST"])
def batch_discard(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Ask, then give the list up."""
    _require_invitation(case)
    if request.method == "POST":
        actions.discard(case.pk, by=person(request))
        messages.success(request, _("The uploaded list has been discarded."))
        return redirect(guidance.step_url(case, INVITEES))
    context = {
        "question": _("Discard the uploaded list?"),
        "hint": _("Its rows are deleted. Invitees that were taken over stay in the request."),
        "button": _("Discard the list"),
        "back": reverse("enterprises:batch", args=[case.key]),
    }
    return render(request, "enterprises/confirm.html", context)


@for_draft
@require_http_methods(["GET", "POST"])
def batch_scans(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Take the passports' data pages in, many at once: the name of each file is the number of its passport."""
    _require_invitation(case)
    form = ScansForm(case)
    if request.method == "POST":
        form = ScansForm(case, request.POST, request.FILES)
        if is_too_often(request, what="batch-scans", limit=UPLOADS, seconds=WINDOW_SECONDS):
            messages.error(request, _too_often())
        elif form.is_valid():
            _file(request, case, form)
            return redirect("enterprises:batch_scans", case.key)
    invitees = list(case.invitation.invitees.all())
    filed = set(case.papers.filter(role=PaperRole.PASSPORT).values_list("part", flat=True))
    missing = [invitee for invitee in invitees if invitee.pk not in filed]
    context = _context(case) | {"form": form, "total": len(invitees), "missing": missing, "next": _papers_url(case)}
    return render(request, "enterprises/invitations/batch_scans.html", context)


def _kept(request: HttpRequest, case: ServiceRequest, form: BatchForm) -> bool:
    try:
        actions.keep(case.pk, said=form.cleaned_data["file"], name=form.file_name, by=person(request))
    except NotNow:
        raise
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


def _file(request: HttpRequest, case: ServiceRequest, form: ScansForm) -> None:
    count = form.save(by=person(request))
    if count:
        said = ngettext("%(count)s passport page has been filed.", "%(count)s passport pages have been filed.", count)
        messages.success(request, said % {"count": count})
    for complaint in form.complaints:
        messages.warning(request, complaint)


def _repair(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    by = person(request)
    actions.write_cells(case.pk, written=_typed_cells(request.POST), by=by)
    gone = request.POST.get("remove", "")
    if _is_number(gone):
        actions.leave_out(case.pk, row_ids=[int(gone)], by=by)
        messages.success(request, _("The row has been left out."))
    verdicts = check(case, list(BatchRow.objects.filter(batch__request=case)))
    if "listed" in request.POST:
        actions.leave_out(case.pk, row_ids=[verdict.row.pk for verdict in verdicts if verdict.is_listed], by=by)
        verdicts = [verdict for verdict in verdicts if not verdict.is_listed]
    if "later" in request.POST:
        messages.success(request, _("Saved. You can go on at any time."))
        return redirect(guidance.step_url(case, INVITEES))
    return _look_again(request, case, Repair(verdicts))


def _look_again(request: HttpRequest, case: ServiceRequest, repair: Repair) -> HttpResponse:
    """Show the list again: the same page, the page that was asked for, or the row that was to be opened."""
    url = reverse("enterprises:batch", args=[case.key])
    for name, query in (("open", "row"), ("go", "page")):
        if _is_number(wanted := request.POST.get(name, "")):
            return redirect(f"{url}?{query}={wanted}")
    _tell(request, repair)
    page = request.POST.get("page", "")
    return redirect(f"{url}?page={page}" if _is_number(page) else url)


def _tell(request: HttpRequest, repair: Repair) -> None:
    count = len(repair.to_mend)
    if count:
        said = ngettext("Saved. %(count)s row still has faults.", "Saved. %(count)s rows still have faults.", count)
        messages.info(request, said % {"count": count})
    elif repair.good:
        messages.success(request, _("Every row is correct. You can take them over now."))


def _require_invitation(case: ServiceRequest) -> None:
    """Only this kind of request has invitees."""
    get_object_or_404(Invitation, request=case)


def _batch(case: ServiceRequest) -> InviteeBatch | None:
    return InviteeBatch.objects.filter(request=case).first()


def _ask(request: HttpRequest, case: ServiceRequest, form: BatchForm, *, status: int = 200) -> HttpResponse:
    context = _context(case) | {"form": form, "earlier": _batch(case), "columns": COLUMNS, "limit": INVITEES_AT_MOST}
    return render(request, "enterprises/invitations/batch_upload.html", context, status=status)


def _context(case: ServiceRequest) -> dict[str, Any]:
    return {"case": case, "kind": kind_of(case), "steps": guidance.step_list(case, current=INVITEES)}


def _papers_url(case: ServiceRequest) -> str:
    return guidance.step_url(case, PAPERS)


def _too_often() -> str:
    return _("Too many files in a short time. Please wait ten minutes and try again.")


def _passed_over(said: Said) -> Iterator[str]:
    if said.strange:
        yield _("Columns that are no part of the list were not read: %(names)s.") % {"names": Joined(said.strange)}
    if said.remarks:
        message = ngettext(
            "%(count)s row begins with # and was not read.",
            "%(count)s rows begin with # and were not read.",
            said.remarks,
        )
        yield message % {"count": said.remarks}


def _typed_cells(data: QueryDict) -> dict[int, Cells]:
    """Return what was typed, by the key of its row."""
    written: dict[int, Cells] = {}
    for control, text in data.items():
        found = CELL.fullmatch(control)
        if found and found[2] in NAMES:
            written.setdefault(int(found[1]), {})[found[2]] = str(text)[:CELL_AT_MOST]
    return written


def _put_typed(rows: list[BatchRow], data: QueryDict | None) -> None:
    """Show what was typed before a session ended; it is kept when the page is sent again."""
    written = _typed_cells(data) if data else {}
    for row in rows:
        row.cells = with_zone(row.cells | written.get(row.pk, {}))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
