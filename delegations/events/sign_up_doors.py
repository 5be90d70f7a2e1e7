"""The doors of the sign-ups: who comes in at the event, who is added by hand, who is invited."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from delegations.events import sign_up_desk
from delegations.events.enums import SignUpState
from delegations.events.models import Event
from delegations.events.sign_up_desk_forms import ByHandForm, InviteForm
from delegations.events.signups import SignUp
from shenyang_fao.core.admin_base import do, do_asked, signed_in
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import take_typing

# Where the session keeps the event at whose door an officer stands.
AT_DOOR = "at_the_door_of"
Verdict = tuple[str, str | LazyText]


def door(page: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    """What a scanned code opens: who it is and whether they may come in; a button notes it, another takes it back."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    row = SignUp.objects.select_related("event").filter(key=key).first()
    if request.method == "POST" and row is not None:
        undo = request.POST.get("verb") == "back"
        action = sign_up_desk.take_back_arrival if undo else sign_up_desk.note_arrival
        do(request, lambda: action(row.pk, by=signed_in(request)))
        return redirect(request.path)
    tone, words = verdict(row, request.session.get(AT_DOOR))
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": _("At the door"),
        "row": row,
        "tone": tone,
        "words": words,
        "may_come": row is not None and tone in ("ok", "warn") and row.attended_at is None,
        "may_change": request.user.has_perm(sign_up_desk.CHANGE),
    }
    response = TemplateResponse(request, "admin/delegations/sign_up_door.html", context, status=200 if row else 404)
    response["Cache-Control"] = "private, no-store"
    return response


def verdict(row: SignUp | None, at_door: int | None) -> Verdict:
    """Return what an officer at the door of an event (its key, if chosen) says to a sign-up: a tone and the words."""
    if row is None:
        return "stop", _("This code is not known. Sign-ups are deleted some time after their event.")
    if at_door and row.event_id != at_door:
        return "stop", _("This is a place at another event.")
    if row.state == SignUpState.CANCELLED:
        return "stop", _("This sign-up has been cancelled.")
    if row.state == SignUpState.WAITING:
        return "stop", _("This person is on the waiting list and has no place.")
    if row.attended_at:
        return "info", _("This person has come already.")
    if not at_door and not _is_today(row.event):
        return "warn", _("The event is not today.")
    return "ok", _("Welcome: this place is confirmed.")


def stand_at(page: Any, request: HttpRequest, event: int) -> HttpResponse:
    """Note at which event's door the officer stands, so that places at others are told apart; pressed again, forget it."""
    row = _event(page, request, event)
    if request.session.get(AT_DOOR) == row.pk:
        del request.session[AT_DOOR]
        messages.info(request, _("You no longer stand at the door of an event."))
    else:
        request.session[AT_DOOR] = row.pk
        messages.success(
            request, _("You stand at the door of this event: scan the codes with the camera of your telephone.")
        )
    return redirect(_list(row))


def add(page: Any, request: HttpRequest, event: int) -> HttpResponse:
    """Sign somebody up by hand."""
    row = _event(page, request, event)
    form = ByHandForm(request.POST if request.method == "POST" else take_typing(request))

    def work() -> object:
        return sign_up_desk.add(row.pk, guest=form.guest, reason=form.cleaned_data["reason"], by=signed_in(request))

    if do_asked(request, form, work, _("Signed up; the confirmation is being sent.")):
        return redirect(_list(row))
    return _form_page(page, request, row, form, title=_("Sign somebody up"), button=_("Sign up by hand"))


def invite(page: Any, request: HttpRequest, event: int) -> HttpResponse:
    """Invite people to sign up."""
    row = _event(page, request, event)
    form = InviteForm(request.POST if request.method == "POST" else take_typing(request))
    if request.method == "POST" and form.is_valid():
        try:
            sent = sign_up_desk.invite(row.pk, guests=form.cleaned_data["people"], by=signed_in(request))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            done = ngettext("%(sent)s invitation is being sent.", "%(sent)s invitations are being sent.", sent)
            messages.success(request, done % {"sent": sent})
            return redirect(_list(row))
    return _form_page(page, request, row, form, title=_("Invite people"), button=_("Send the invitations"))


def _event(page: Any, request: HttpRequest, pk: int) -> Event:
    if not page.has_view_permission(request) or not request.user.has_perm(sign_up_desk.CHANGE):
        raise PermissionDenied
    return get_object_or_404(Event, pk=pk)


def _form_page(
    page: Any, request: HttpRequest, event: Event, form: Any, *, title: LazyText | str, button: LazyText | str
) -> HttpResponse:
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": title,
        "event": event,
        "form": form,
        "button": button,
        "list_url": _list(event),
    }
    return TemplateResponse(request, "admin/delegations/sign_up_form.html", context)


def _list(event: Event) -> str:
    return f"{reverse('admin:delegations_signup_changelist')}?event__id__exact={event.pk}"


def _is_today(event: Event) -> bool:
    last, today = event.last_day, timezone.localdate()
    return event.starts_on is not None and last is not None and event.starts_on <= today <= last
