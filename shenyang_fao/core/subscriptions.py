"""What others subscribe to: one channel of dated entries, as a calendar (ICS, RFC 5545) and as a feed (Atom, RFC 4287).

    def salons() -> Channel:                            # in the reader's language; may take parts of the address, raise Http404
        return Channel("salons", title=_("Consular salons"), page=reverse("delegations:events"), entries=[Entry(...), ...])
    urlpatterns = addresses("salons", salons)           # in machine_urls.py, below feeds/; for a series: "series/<slug:slug>"

serves `salons.<language>.ics` and `.atom`. The page puts `subscribe_urls("salons")` into its context and includes
`includes/subscribe_head.html` and `includes/subscribe.html`. A mail attaches `calendar_of(channel)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from shenyang_fao.core.dates import day_text, moment_text

# How often a calendar program is asked to look again.
_LOOK_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """Something on a day, or from one moment to another; `url` is a path of this site.

    `key` is the same in every language and for ever, so that a program knows the entry again: "visit-12".
    """

    key: str
    title: str
    text: str
    url: str
    starts: date | datetime
    published_at: datetime
    updated_at: datetime | None = None
    # Not given: the whole of the first day; of a moment, only when it begins. Of whole days, the day after the last.
    ends: date | datetime | None = None
    place: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Channel:
    """Entries to subscribe to, those of the feed in their own order; `name` is the file's, `page` where people read them."""

    name: str
    title: str
    page: str
    entries: Sequence[Entry]
    subtitle: str = ""


Source = Callable[..., Channel]
View = Callable[..., HttpResponse]


def addresses(route: str, source: Source, *, name: str = "") -> list[URLPattern]:
    """Return the addresses of a channel's calendar and feed; `name` begins their names where the route holds a parameter."""
    name = name or route
    feed = path(f"{route}.<str:language>.atom", _in_its_language(_feed, source), name=f"{name}_feed")
    return [calendar_address(route, source, name=name), feed]


def calendar_address(route: str, source: Source, *, name: str) -> URLPattern:
    """Return the address of a calendar alone, as of a single event that a reader takes into their own."""
    return path(f"{route}.<str:language>.ics", _in_its_language(_calendar, source), name=f"{name}_calendar")


def subscribe_urls(name: str, **about: str) -> dict[str, str]:
    """Return the addresses in the reader's language as `calendar_url` and `feed_url`, for a page that offers them."""
    language = get_language()
    return {
        f"{kind}_url": reverse(f"{name}_{kind}", kwargs={"language": language, **about})
        for kind in ("calendar", "feed")
    }


def calendar_of(channel: Channel) -> bytes:
    """Write a calendar; what lasts whole days makes nobody busy."""
    made = Calendar()
    made.add("prodid", f"-//{_host()}//{channel.name}//{(get_language() or '').upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        made.add(name, channel.title)
    made.add("refresh-interval", _LOOK_AGAIN, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "P1D")
    now = timezone.now()
    for entry in channel.entries:
        made.add_component(_event(entry, now))
    return bytes(made.to_ical())


def _in_its_language(answer: Callable[[HttpRequest, Channel], HttpResponse], source: Source) -> View:
    """Return a view that answers in the language of the address; 404 for a language the site does not speak."""

    @require_safe
    @wraps(source)
    def view(request: HttpRequest, language: str, **about: str) -> HttpResponse:
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with override(language):
            return answer(request, source(**about))

    return view


def _calendar(request: HttpRequest, channel: Channel) -> HttpResponse:
    language = get_language()
    headers = {
        "Content-Language": language,
        "Content-Disposition": f'inline; filename="shenyang-{channel.name}.{language}.ics"',
    }
    return HttpResponse(calendar_of(channel), content_type="text/calendar; charset=utf-8", headers=headers)


def _feed(request: HttpRequest, channel: Channel) -> HttpResponse:
    made = Atom1Feed(
        title=channel.title,
        subtitle=channel.subtitle,
        description=None,
        link=_full(channel.page),
        feed_url=_full(request.path),
        language=get_language(),
        author_name=_("Shenyang Foreign Affairs Office"),
    )
    for entry in sorted(channel.entries, key=_changed_at, reverse=True):
        made.add_item(
            title=entry.title,
            link=_full(entry.url),
            # The feed declares it as HTML.
            description=escape(f"{_when_text(entry)} · {entry.text}"),
            unique_id=f"{_full(entry.url)}#{entry.key}",
            pubdate=entry.published_at,
            updateddate=_changed_at(entry),
        )
    headers = {"Last-Modified": http_date(made.latest_post_date().timestamp())}
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type, headers=headers)


def _event(entry: Entry, now: datetime) -> Event:
    made = Event()
    made.add("uid", f"{entry.key}@{_host()}")
    made.add("dtstamp", now)
    made.add("dtstart", _when(entry.starts))
    if ends := entry.ends or _day_after(entry.starts):
        made.add("dtend", _when(ends))
    made.add("summary", entry.title)
    made.add("description", entry.text)
    made.add("url", _full(entry.url))
    if entry.place:
        made.add("location", entry.place)
    if entry.is_cancelled:
        made.add("status", "CANCELLED")
    if not isinstance(entry.starts, datetime):
        made.add("transp", "TRANSPARENT")
    return made


def _day_after(starts: date | datetime) -> date | None:
    return None if isinstance(starts, datetime) else starts + timedelta(days=1)


def _when(value: date | datetime) -> date | datetime:
    """Return a moment in UTC, so that no program needs our zone's rules."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _when_text(entry: Entry) -> str:
    return moment_text(entry.starts) if isinstance(entry.starts, datetime) else day_text(entry.starts)


def _changed_at(entry: Entry) -> datetime:
    return entry.updated_at or entry.published_at


def _full(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
