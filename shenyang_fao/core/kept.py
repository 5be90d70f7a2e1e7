"""Nothing that was typed is lost when a session ends in the middle of a form.

The text that arrives with a request nobody is signed in for is kept, encrypted, in the visitor's new session and comes back
when the same person opens the same address after sign-in. Whose it is tells a signed cookie that stays when a session ends: it
names who last worked in this browser. Files are not kept; the page says so.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
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
_WRITER = "writer"
_WRITER_SECONDS = 30 * 24 * 3600


def keep_typing(request: HttpRequest) -> bool:
    """Keep what was typed until its writer opens the same address again; tell whether it was kept."""
    typed = request.POST.copy()
    for name in _SECRET:
        typed.pop(name, None)
    text = typed.urlencode()
    writer = _writer(request)
    # Strangers may call this too: neither large texts nor many of them are stored for them.
    if not writer or not text or len(text) > _AT_MOST or is_too_often(request, what="kept", limit=10, seconds=60):
        return False
    request.session[_key(request)] = [writer, box().encrypt(text.encode()).decode()]
    return True


def take_typing(request: HttpRequest) -> QueryDict | None:
    """Return, once, what was kept for this address. What somebody else typed in this browser is thrown away."""
    writer, closed = request.session.pop(_key(request), ("", ""))
    if not closed or writer != str(request.user.pk):
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
            return _sign(request, view(request, *args, **kwargs))
        if request.method == "POST" and keep_typing(request):
            messages.warning(request, _("Your session has ended. Sign in again: we kept what you typed."))
        elif request.method == "POST":
            messages.warning(request, _("Your session has ended. Sign in again; what you typed could not be kept."))
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


def _writer(request: HttpRequest) -> str:
    """Return the key of whoever is signed in, else of whoever last was in this browser; empty where nobody is known."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    return str(request.get_signed_cookie(_WRITER, default="", max_age=_WRITER_SECONDS) or "")


def _sign(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser remember who works in it; a cookie from before is written anew when it is about somebody else."""
    known = request.get_signed_cookie(_WRITER, default="", max_age=_WRITER_SECONDS)
    if request.user.is_authenticated and known != str(request.user.pk):
        is_secure = bool(settings.SESSION_COOKIE_SECURE)
        options: Any = {"max_age": _WRITER_SECONDS, "httponly": True, "secure": is_secure, "samesite": "Lax"}
        response.set_signed_cookie(_WRITER, str(request.user.pk), **options)
    return response


def _key(request: HttpRequest) -> str:
    return f"typed:{request.path}"
