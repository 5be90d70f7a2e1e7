"""The page where a district or development zone answers by its link: no sign-in, one purpose, and opening it changes nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enterprises.actions.consent import answer
from enterprises.consent_forms import ConsentAnswerForm
from enterprises.consenting import Finding, Standing, look_up, told
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.secret_links import for_the_addressee, too_often
from shenyang_fao.core.throttle import is_too_often

LIMIT, WINDOW_SECONDS = 10, 60
GONE: dict[Standing, LazyText] = {
    Standing.EXPIRED: _("Nobody answered in time. If your unit still wants to answer, ask the office to send a new link."),
    Standing.WITHDRAWN: _("You need not do anything."),
    Standing.REPLACED: _("The office has sent a newer mail. Use the link that stands there."),
    Standing.OVERTAKEN: _("The company has changed what you were asked about. If need be, the office will write to you again."),
    Standing.NEEDLESS: _("The request has been decided or withdrawn. You need not do anything."),
    Standing.ANSWERED: _("An answer was recorded with this link. What it says can be asked of the office."),
    Standing.UNKNOWN: _("Compare the address with the one in the mail: a part of it may be missing."),
}  # fmt: skip


# The address itself is the key: whoever could forge a form for it could fill in the form. And a page that tells no referrer
# gets its forms sent with the origin "null", which the check of forms refuses.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_addressee
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, or record the answer; a link that leads nowhere says why."""
    if is_too_often(request, what="consent", limit=LIMIT, seconds=WINDOW_SECONDS):
        return too_often(request, "enterprises/consent/too_often.html", WINDOW_SECONDS)
    finding = look_up(token)
    if finding.standing != Standing.OPEN:
        return _closed(request, finding)
    form = ConsentAnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "consent": finding.consent, "told": _told(finding)}
        return render(request, "enterprises/consent/ask.html", context, status=422 if form.is_bound else 200)
    try:
        answer(token, said=form.said, by=None)
    except Refusal:
        # Somebody was faster, or the question was closed meanwhile.
        return _closed(request, look_up(token))
    return HttpResponseRedirect(request.path)


def _closed(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Say where the link leads now; what was recorded can be read until the term is over."""
    is_shown = finding.standing == Standing.ANSWERED and not finding.is_over
    context = {
        "finding": finding,
        "consent": finding.consent if is_shown else None,
        "told": _told(finding) if is_shown else [],
        "text": GONE.get(finding.standing, ""),
        "is_late": is_shown and request.method == "POST",
    }
    status = 404 if finding.standing == Standing.UNKNOWN else 410
    if is_shown:
        status = 409 if request.method == "POST" else 200
    return render(request, "enterprises/consent/closed.html", context, status=status)


def _told(finding: Finding) -> list[object]:
    return list(told(finding.consent)) if finding.consent else []
