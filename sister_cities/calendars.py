"""The anniversaries as a calendar that others subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sister_cities.anniversaries import Anniversary, in_year
from sister_cities.models import Tie

# How often a calendar program is asked to look again.
_LOOK_AGAIN = timedelta(days=1)


def anniversaries(ties: Iterable[Tie]) -> list[Anniversary]:
    """Return the anniversaries of this year and the next; only of ties signed on a known day."""
    known, year = list(ties), timezone.localdate().year
    return [*in_year(known, year), *in_year(known, year + 1)]


def calendar(found: Iterable[Anniversary]) -> bytes:
    """Write a calendar of all-day events in the reader's language.

    One event a year instead of a yearly rule: each title counts the years, and 29 February falls on the 28th.
    """
    made = Calendar()
    made.add("prodid", f"-//{_host()}//anniversaries//{(get_language() or '').upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        made.add(name, _("Anniversaries of Shenyang's ties with its partner cities"))
    made.add("refresh-interval", _LOOK_AGAIN, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "P1D")
    now = timezone.now()
    for anniversary in found:
        made.add_component(_event(anniversary, now))
    return bytes(made.to_ical())


def title(anniversary: Anniversary) -> str:
    """Say in the reader's language whose ties turn how old."""
    pattern = ngettext(
        "%(local)s and %(partner)s: %(years)s year of ties",
        "%(local)s and %(partner)s: %(years)s years of ties",
        anniversary.years,
    )
    tie = anniversary.tie
    return pattern % {"local": tie.local.name, "partner": tie.partner.name, "years": anniversary.years}


def story(anniversary: Anniversary) -> str:
    """Say in the reader's language what was signed and when."""
    tie = anniversary.tie
    return _("%(level)s; ties established on %(date)s.") % {"level": tie.get_level_display(), "date": tie.signed_text}


def address(anniversary: Anniversary) -> str:
    """Return the full address of the partner's page in the reader's language."""
    return str(settings.SITE_URL) + anniversary.tie.partner.get_absolute_url()


def _event(anniversary: Anniversary, now: datetime) -> Event:
    made = Event()
    # The same in every language and at every call, so that a calendar program knows the event again.
    made.add("uid", f"tie-{anniversary.tie.pk}-{anniversary.falls_on.year}@{_host()}")
    made.add("dtstamp", now)
    made.add("dtstart", anniversary.falls_on)
    made.add("dtend", anniversary.falls_on + timedelta(days=1))
    made.add("summary", title(anniversary))
    made.add("description", story(anniversary))
    made.add("url", address(anniversary))
    # Nobody is busy because of it.
    made.add("transp", "TRANSPARENT")
    return made


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
