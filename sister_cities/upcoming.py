"""The next anniversaries, for officers: of every tie in force that was signed on a known day, public or not."""

from calendar import isleap
from datetime import date, timedelta

from django.db.models import F, Q
from django.db.models.functions import ExtractDay, ExtractMonth
from django.utils import timezone

from shenyang_fao.core.dates import Precision
from sister_cities.enums import Level, TieStatus
from sister_cities.querysets import TieQuerySet


def with_anniversary_soon(ties: TieQuerySet, *, days: int) -> TieQuerySet:
    """Return the ties in force that have an anniversary from today until in so many days (at most 365)."""
    today = timezone.localdate()
    last = today + timedelta(days=days)
    dated = ties.filter(
        signed_on__lt=today, signed_precision=Precision.DAY, status__in=(TieStatus.SIGNED, TieStatus.DORMANT)
    ).exclude(level=Level.UNCLEAR)
    keyed = dated.annotate(month_and_day=ExtractMonth(F("signed_on")) * 100 + ExtractDay(F("signed_on")))
    if today.year == last.year:
        return keyed.filter(month_and_day__range=(_key(today), _last_key(last)))
    return keyed.filter(Q(month_and_day__gte=_key(today)) | Q(month_and_day__lte=_last_key(last)))


def _key(day: date) -> int:
    return day.month * 100 + day.day


def _last_key(day: date) -> int:
    """29 February is kept on the 28th where there is none."""
    return 229 if _key(day) == 228 and not isleap(day.year) else _key(day)
