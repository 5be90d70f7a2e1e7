"""What no page should have to think of: requests that no browser sends, and answers that must not be kept by others."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]
NUL = "\0"
FORM = "application/x-www-form-urlencoded"
SIGN_OUT = ("account_logout", "logout")


def refuse_odd(get_response: GetResponse) -> GetResponse:
    """Answer what cannot have come from one of our forms, before a page stumbles over it."""

    def gate(request: HttpRequest) -> HttpResponse:
        # A body without a length is not read at all, so that this is the whole limit.
        if _length(request) > settings.REQUEST_MAX_BYTES:
            return render(request, "400.html", status=413)
        if _has_nul(request):
            return render(request, "400.html", status=400)
        if request.content_type == FORM:
            # Such a form has no other encoding (RFC 1866); Django answers one that claims so with a 500.
            request.encoding = "utf-8"
        return get_response(request)

    return gate


def close_devices(get_response: GetResponse) -> GetResponse:
    """Say with each answer that no page of ours, nor anything in it, uses the reader's camera, microphone or place."""

    def gate(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response

    return gate


def keep_private(get_response: GetResponse) -> GetResponse:
    """Let nobody but the reader's own browser keep a page that was made for somebody who is signed in.

    The browser may keep it, asking each time, so that going back finds what was typed; on signing out it forgets.
    """

    def gate(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A page that never looked at the session cannot tell anything about its owner.
        if request.session.accessed and request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        if _signs_out(request):
            response["Clear-Site-Data"] = '"cache"'
        return response

    return gate


def _length(request: HttpRequest) -> int:
    said = str(request.headers.get("content-length") or "0")
    return int(said) if said.isdecimal() else 0


def _has_nul(request: HttpRequest) -> bool:
    """PostgreSQL has no such character, and looking for it is an error there."""
    in_query = "%00" in request.META.get("QUERY_STRING", "")
    return in_query or NUL in request.path_info or any(NUL in value for value in request.COOKIES.values())


def _signs_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name in SIGN_OUT
