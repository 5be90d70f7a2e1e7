"""The calendar of anniversaries, for programs that subscribe to it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sister_cities import calendars
from sister_cities.models import Tie


@require_safe
def anniversary_calendar(request: HttpRequest, language: str) -> HttpResponse:
    """Answer with the calendar in the language of the address. Raises Http404 for one the site does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        content = calendars.calendar(calendars.anniversaries(Tie.objects.with_anniversary()))
    headers = {
        "Content-Language": language,
        "Content-Disposition": f'inline; filename="shenyang-anniversaries.{language}.ics"',
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
