"""The company reports how what was issued was used."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enterprises.actions.closing import may_close_out
from enterprises.kinds import CloseOutForm, kind_of
from enterprises.models import Company, ServiceRequest
from enterprises.views.access import for_company, person
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import typed_in


@for_company
@require_http_methods(["GET", "POST"])
def close_out(request: HttpRequest, company: Company, number: str) -> HttpResponse:
    """Show the form of the close-out, or take it and close the request."""
    case = get_object_or_404(ServiceRequest.objects.owned_by(person(request)), number=number)
    kind = kind_of(case)
    if kind.closing is None:
        raise Http404
    if not may_close_out(case):
        messages.info(request, _("Nothing has to be reported on this request now."))
        return redirect("enterprises:request", number)
    typed = typed_in(request)
    form = kind.closing.open(case, typed)
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("enterprises:request", number)
    context = {"case": case, "kind": kind, "page": form, "form": form.form, "formset": form.formset}
    return render(request, form.page, context)


def _save(request: HttpRequest, form: CloseOutForm) -> bool:
    try:
        form.save(by=person(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, _("Thank you. The request is closed."))
    return True
