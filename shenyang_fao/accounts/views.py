"""A person's own account: what the portal has told them, and what they have told it."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shenyang_fao.accounts import actions
from shenyang_fao.accounts.forms import DetailsForm
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import mark_all_read, mark_read
from shenyang_fao.core.kept import sign_in_required, typed_in

A_PAGE = 20
# No key of a notice has more digits (64 bits).
_DIGITS = 18


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """List a person's notices, newest first; the button marks as read what the page showed or had behind it."""
    person = _person(request)
    if request.method == "POST":
        until = request.POST.get("until", "")
        if until.isdecimal() and len(until) <= _DIGITS:
            mark_all_read(person, until=int(until))
        return redirect("accounts:notices")
    page = Paginator(person.notices.all(), A_PAGE).get_page(request.GET.get("page"))
    newest = person.notices.first() if page.number > 1 else next(iter(page), None)
    return render(request, "accounts/notices.html", {"page": page, "newest": newest})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: mark it as read and lead to what it is about, in the language of this page.

    Only the button does that. What browsers fetch ahead, or open again after signing in, leads to the list.
    """
    found = get_object_or_404(_person(request).notices, pk=pk)
    if request.method != "POST":
        return redirect("accounts:notices")
    mark_read(found)
    return redirect(_in_this_language(found.url))


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Let people change their own details."""
    person = _person(request)
    typed = typed_in(request)
    form = DetailsForm(person, typed)
    if request.method == "POST" and form.is_valid():
        data = {"wants_sms": False} | form.cleaned_data
        actions.change_details(**data, by=person)
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:details")
    return render(request, "accounts/details.html", {"form": form})


def _in_this_language(url: str) -> str:
    """Return an address of the site in the language that is active; one without a language as it is."""
    target, written = get_language(), get_language_from_path(url)
    if not target or not written:
        return url
    # An address is understood in its own language only.
    with override(written):
        return translate_url(url, target)


def _person(request: HttpRequest) -> User:
    """Return who is signed in; the guard has let nobody else in."""
    return cast(User, request.user)
