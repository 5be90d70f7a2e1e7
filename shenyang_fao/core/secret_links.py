"""Links that open a page by themselves: the token stands in the mail alone, the row keeps its digest."""

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOKEN_BYTES = 32  # 256 random bits: nobody finds a link by trying
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
View = Callable[[HttpRequest, str], HttpResponse]


def new_token() -> str:
    """Return a token for a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """Return what is kept of a token. Found by its digest, a token cannot be guessed by how long the search takes."""
    return hashlib.sha256(token.encode()).hexdigest()


def for_the_addressee(view: View) -> View:
    """Keep the address to whoever got it: out of searches, caches and the next page's sight."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def too_often(request: HttpRequest, template: str, seconds: int) -> HttpResponse:
    """Return the page that asks to wait so many seconds."""
    page = render(request, template, {"seconds": seconds}, status=429)
    page["Retry-After"] = str(seconds)
    return page
