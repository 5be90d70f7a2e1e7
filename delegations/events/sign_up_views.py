"""Signing up for an event, and the pages behind the links of our mails. What is answered never tells whether an address is known."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from delegations.events import signing
from delegations.events.enums import SignUpState
from delegations.events.models import Event
from delegations.events.offer import has_begun, sign_up_panel, why_closed
from delegations.events.sign_up_forms import InvitedForm, SignUpForm
from delegations.events.signups import EventInvitation
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.secret_links import for_the_addressee, too_often
from shenyang_fao.core.throttle import is_too_often

# A company's people often share one address; a program that wants all seats is stopped all the same.
SENT_AT_MOST, SENT_SECONDS = 30, 600
OPENED_AT_MOST, OPENED_SECONDS = 20, 60
TOO_OFTEN = "delegations/sign_up_too_often.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or put somebody on the list; whoever stands there already reads the same."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and is_too_often(request, what="sign-up", limit=SENT_AT_MOST, seconds=SENT_SECONDS):
        return too_often(request, TOO_OFTEN, SENT_SECONDS)
    if form.is_bound and form.is_from_a_program:
        return redirect("delegations:sign_up_done", event.slug)
    if not sign_up_panel(event)["sign_up"].is_open:
        return _page(request, event, None, status=409 if form.is_bound else 200)
    if not form.is_valid():
        return _page(request, event, form, status=422 if form.is_bound else 200)
    try:
        signing.sign_up(event.pk, guest=form.guest, by=None)
    except Refusal:  # it was closed meanwhile: the panel says how it stands now
        event.refresh_from_db()
        return _page(request, event, None, status=409)
    return redirect("delegations:sign_up_done", event.slug)


@require_safe
def sign_up_done(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a mail is on its way."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    return render(request, "delegations/sign_up_done.html", {"event": event})


# As with other links of our mails: the address is the key, and a page that tells no referrer gets its forms sent with the
# origin "null", which the check of forms refuses.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_addressee
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form to whoever was invited, or sign them up."""
    if is_too_often(request, what="invited", limit=OPENED_AT_MOST, seconds=OPENED_SECONDS):
        return too_often(request, TOO_OFTEN, OPENED_SECONDS)
    invitation = signing.invitation_of(token)
    if invitation is None:
        return render(request, "delegations/sign_up_unknown.html", status=404)
    if _is_on_the_list(invitation):
        return render(request, "delegations/sign_up_done.html", {"event": invitation.event, "is_invited": True})
    if reason := why_closed(invitation.event):
        return render(
            request, "delegations/sign_up_closed.html", {"event": invitation.event, "text": reason}, status=410
        )
    asked = {"name": invitation.name, "email": invitation.email, "language": invitation.language}
    form = InvitedForm(request.POST if request.method == "POST" else None, initial=asked)
    if not form.is_valid():
        return _page(request, invitation.event, form, status=422 if form.is_bound else 200)
    try:
        signing.accept_invitation(token, guest=form.guest, by=None)
    except Refusal as refusal:
        closed = {"event": invitation.event, "text": refusal}
        return render(request, "delegations/sign_up_closed.html", closed, status=409)
    return HttpResponseRedirect(request.path)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_addressee
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to give the place back, and give it back; a link that leads nowhere says why."""
    if is_too_often(request, what="cancel-sign-up", limit=OPENED_AT_MOST, seconds=OPENED_SECONDS):
        return too_often(request, TOO_OFTEN, OPENED_SECONDS)
    row = signing.sign_up_of(token)
    if row is None:
        return render(request, "delegations/sign_up_unknown.html", status=404)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            signing.cancel_by_link(token, by=None)
            return HttpResponseRedirect(request.path)
        except Refusal as fault:
            refusal = fault
            row.refresh_from_db()
    is_cancelled = row.state == SignUpState.CANCELLED
    is_over = not is_cancelled and has_begun(row.event)
    context = {"row": row, "event": row.event, "is_cancelled": is_cancelled, "is_over": is_over, "refusal": refusal}
    status = 409 if refusal else 410 if is_over else 200
    return render(request, "delegations/sign_up_cancel.html", context, status=status)


def _is_on_the_list(invitation: EventInvitation) -> bool:
    return invitation.sign_up is not None and invitation.sign_up.state != SignUpState.CANCELLED


def _page(request: HttpRequest, event: Event, form: object, *, status: int) -> HttpResponse:
    context = {"event": event, "form": form, "kept_days": settings.SIGN_UP_KEPT_DAYS, **sign_up_panel(event)}
    return render(request, "delegations/sign_up.html", context, status=status)
