"""The anniversaries of this year and the next, for those who subscribe to them."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shenyang_fao.core.subscriptions import Channel, Entry
from sister_cities.anniversaries import Anniversary, in_year
from sister_cities.models import Tie

# An entry counts as changed this long before its day, so that a reader's program shows it again in time.
_AHEAD = timedelta(days=30)


def anniversaries() -> Channel:
    """Return an entry a year for each tie signed on a known day; 29 February falls on the 28th.

    No yearly rule of the calendar would do: each title counts the years.
    """
    ties, year = list(Tie.objects.with_anniversary()), timezone.localdate().year
    return Channel(
        "anniversaries",
        title=_("Anniversaries of Shenyang's ties with its partner cities"),
        subtitle=_("This year's and next year's, each announced again 30 days ahead."),
        page=reverse("sister_cities:anniversaries"),
        entries=[_entry(found) for found in (*in_year(ties, year), *in_year(ties, year + 1))],
    )


def _entry(anniversary: Anniversary) -> Entry:
    tie, falls_on = anniversary.tie, anniversary.falls_on
    published_on, announced_on = date(falls_on.year - 1, 1, 1), falls_on - _AHEAD
    return Entry(
        key=f"tie-{tie.pk}-{falls_on.year}",
        title=_title(anniversary),
        text=_("%(level)s; ties established on %(date)s.")
        % {"level": tie.get_level_display(), "date": tie.signed_text},
        url=tie.partner.get_absolute_url(),
        starts=falls_on,
        published_at=_midnight(published_on),
        updated_at=_midnight(announced_on) if announced_on <= timezone.localdate() else None,
    )


def _title(anniversary: Anniversary) -> str:
    """Say whose ties turn how old."""
    pattern = ngettext(
        "%(local)s and %(partner)s: %(years)s year of ties",
        "%(local)s and %(partner)s: %(years)s years of ties",
        anniversary.years,
    )
    tie = anniversary.tie
    return pattern % {"local": tie.local.name, "partner": tie.partner.name, "years": anniversary.years}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
