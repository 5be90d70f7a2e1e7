"""Nothing that was typed is lost when a session ends in the middle of a form.

The text that arrives with a request nobody is signed in for is kept, encrypted, in the visitor's new session and comes back
when the same address is opened after sign-in. Files are not kept; the page says so.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING
from django.shortcuts import render
from django.utils.translation import gettext as _

from shenyang_fao.core.fields import box
from shenyang_fao.core.throttle import is_too_often

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_SECRET = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
_AT_MOST = 256 * 1024


def keep_typing(request: HttpRequest) -> None:
    """Keep what was typed until the same address is opened again."""
    typed = request.POST.copy()
    for name in _SECRET:
        typed.pop(name, None)
    text = typed.urlencode()
    # Strangers may call this too: neither large texts nor many of them are stored for them.
    if text and len(text) <= _AT_MOST and not is_too_often(request, what="kept", limit=10, seconds=60):
        request.session[_key(request)] = box().encrypt(text.encode()).decode()


def take_typing(request: HttpRequest) -> QueryDict | None:
    """Return, once, what was kept for this address."""
    closed = request.session.pop(_key(request), None)
    if closed is None:
        return None
    messages.warning(request, _("We kept what you typed. Please check it, choose your files again, and save."))
    return QueryDict(box().decrypt(closed.encode()).decode())


def typed_in(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into a form: just now, or before the session ended; None for a form that is only opened."""
    return request.POST if request.method == "POST" else take_typing(request)


def sign_in_required(view: View[P]) -> View[P]:
    """Send visitors who are not signed in to the sign-in page, and keep what they typed."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_typing(request)
            messages.warning(request, _("Your session has ended. Sign in again: we kept what you typed."))
        return redirect_to_login(request.get_full_path())

    return guarded


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token no longer fits, as after signing in again in another tab.

    Only what came from our own pages is kept and shown again: the Origin header names where a form stood.
    """
    if _is_from_here(request) and reason != REASON_CSRF_TOKEN_MISSING:
        keep_typing(request)
        return HttpResponseRedirect(request.get_full_path())
    return render(request, "403_csrf.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _key(request: HttpRequest) -> str:
    return f"kept:{request.path}"
