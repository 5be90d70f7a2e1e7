"""What every page knows of a person's company."""

from functools import cache

from django.http import HttpRequest

from enterprises.models import Message


def unread(request: HttpRequest) -> dict[str, object]:
    """Return the number of messages the person's company has not read; nothing is asked before a page shows it."""
    return {"unread_messages": cache(lambda: Message.objects.to_read_for(request.user).count())}
