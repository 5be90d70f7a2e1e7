"""What leaves the list of an event: a table, which is recorded, and the badges."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from delegations.events.badges import badges_pdf
from delegations.events.enums import SignUpState
from delegations.events.models import Event
from delegations.events.signups import SignUp
from shenyang_fao.core.admin_base import signed_in
from shenyang_fao.core.admin_tables import ENCODINGS, workbook_response
from shenyang_fao.core.enums import ExportFormat
from shenyang_fao.core.models import ExportRecord
from shenyang_fao.core.tables import writing
from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.kinds import Choice

KIND = "delegations.signup"
COLUMNS = (
    Column("seat", _("seat")),
    Column("name", pgettext_lazy("person", "name")),
    Column("organisation", _("organisation")),
    Column("email", _("e-mail address")),
    Column("language", _("language")),
    Column("state", _("state"), Choice(SignUpState)),
    Column("made", _("signed up at")),
    Column("came", _("came at")),
    Column("reason", pgettext_lazy("sign-up", "remark of an officer")),
)


def export(page: Any, request: HttpRequest, event: int, form: str) -> HttpResponse:
    """Give out the list of an event; who took it is recorded."""
    row = _event(page, request, event)
    if form not in ExportFormat.values:
        raise Http404
    records = list(_records(row))
    ExportRecord.objects.create(by=signed_in(request), kind=KIND, form=form, filters=row.slug, rows=len(records))
    name = f"sign-ups-{row.slug}-{timezone.localdate():%Y%m%d}"
    if form == ExportFormat.XLSX:
        return workbook_response(writing.workbook(COLUMNS, records, title=row.name), f"{name}.xlsx")
    data = b"".join(writing.csv_rows(COLUMNS, records, encoding=ENCODINGS[ExportFormat(form)]))
    return _file(data, "text/csv; charset=utf-8", f"{name}.csv")


def badges(page: Any, request: HttpRequest, event: int) -> HttpResponse:
    """Give out the badges of everybody with a place, to be printed and cut; recorded like a table."""
    row = _event(page, request, event)
    confirmed = list(row.sign_ups.filter(state=SignUpState.CONFIRMED).order_by("seat"))
    if not confirmed:
        messages.warning(request, _("Nobody has a confirmed place yet."))
        return redirect(f"{reverse('admin:delegations_signup_changelist')}?event__id__exact={row.pk}")
    ExportRecord.objects.create(by=signed_in(request), kind=KIND, form="pdf", filters=row.slug, rows=len(confirmed))
    return _file(badges_pdf(row, confirmed), "application/pdf", f"badges-{row.slug}.pdf")


def _records(event: Event) -> Iterator[dict[str, Any]]:
    for row in event.sign_ups.order_by("state", "seat", "made_at", "pk"):
        yield {
            "seat": row.seat,
            "name": row.name,
            "organisation": row.organisation,
            "email": row.email,
            "language": row.get_language_display(),
            "state": row.state,
            "made": _moment(row, "made_at"),
            "came": _moment(row, "attended_at"),
            "reason": row.reason,
        }


def _moment(row: SignUp, name: str) -> str:
    at = getattr(row, name)
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _event(page: Any, request: HttpRequest, pk: int) -> Event:
    if not page.has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(Event, pk=pk)


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=media_type, headers=headers)
