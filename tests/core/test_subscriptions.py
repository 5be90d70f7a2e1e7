"""A calendar of what has its hours and its place."""

from datetime import UTC, datetime

import icalendar
from django.utils import timezone

from shenyang_fao.core.subscriptions import Channel, Entry, calendar_of


def test_what_has_its_hours_is_written_in_utc_with_its_place() -> None:
    begins, ends = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC)
    here = timezone.get_default_timezone()
    entry = Entry("salon-1", "Salon", "Text", "/x/", begins.astimezone(here), begins, ends=ends, place="沈阳")

    (event,) = icalendar.Calendar.from_ical(calendar_of(Channel("salons", "Salons", "/", [entry]))).walk("VEVENT")

    assert (event.decoded("DTSTART"), event.decoded("DTEND"), str(event["LOCATION"])) == (begins, ends, "沈阳")
    assert "TRANSP" not in event
