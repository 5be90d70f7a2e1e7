"""What every page knows of a person's notices."""

from functools import cache

from django.http import HttpRequest

from shenyang_fao.accounts.models import Notice

_ASKED = "_unread_notices"


def unread(request: HttpRequest) -> dict[str, object]:
    """Return the number of notices the person has not read; nothing is asked before a page shows it."""
    return {"unread_notices": cache(lambda: count(request))}


def count(request: HttpRequest) -> int:
    """Return that number, asked once a request: the menu shows it in several places."""
    if not hasattr(request, _ASKED):
        setattr(request, _ASKED, Notice.objects.to_read_for(request.user).count())
    return int(getattr(request, _ASKED))


def badge(request: HttpRequest) -> str:
    """Return what stands beside the notices in the officers' menu; empty where there is nothing to read."""
    return str(count(request) or "")
