"""Calendars and feeds of events, read by other programs than wrote them."""

from datetime import UTC, date, datetime, time
from xml.etree import ElementTree

import icalendar
import pytest
import time_machine

from delegations.events.enums import EventState
from tests.delegations.event_makers import announced, make_event, make_series

pytestmark = pytest.mark.django_db
ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def now(settings):
    settings.SITE_URL = "https://fao.example.org"
    with time_machine.travel("2026-11-23T04:00Z"):
        yield


def calendar(client, name: str):
    answer = client.get(f"/feeds/delegations/{name}.en.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def times(event) -> tuple[object, object]:
    return event.decoded("DTSTART"), event.decoded("DTEND") if "DTEND" in event else None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (date(2027, 5, 11), date(2027, 5, 12))),
        ({"ends_on": date(2027, 5, 13)}, (date(2027, 5, 11), date(2027, 5, 14))),
        ({"starts_on": date(2028, 2, 29)}, (date(2028, 2, 29), date(2028, 3, 1))),
        (
            {"starts_time": time(9, 30), "ends_time": time(17)},
            (datetime(2027, 5, 11, 1, 30, tzinfo=UTC), datetime(2027, 5, 11, 9, tzinfo=UTC)),
        ),
        (
            {"starts_time": time(19), "ends_time": time(1)},
            (datetime(2027, 5, 11, 11, tzinfo=UTC), datetime(2027, 5, 11, 17, tzinfo=UTC)),
        ),
        (
            {"starts_time": time(9), "ends_on": date(2027, 5, 12)},
            (datetime(2027, 5, 11, 1, tzinfo=UTC), datetime(2027, 5, 12, 16, tzinfo=UTC)),
        ),
        ({"starts_time": time(9)}, (datetime(2027, 5, 11, 1, tzinfo=UTC), None)),
    ],
)
def test_a_reader_takes_one_event_into_a_calendar(client, fields, expected):
    event = announced(venue_en="Liaoning Mansion", **fields)

    (found,) = calendar(client, f"events/{event.slug}")

    assert (times(found), str(found["SUMMARY"]), str(found["LOCATION"])) == (
        expected,
        event.name_en,
        "Liaoning Mansion",
    )


def test_only_events_on_a_known_day_have_a_calendar_of_their_own(client):
    event = announced(starts_on=date(2027, 5, 1), starts_precision="month")

    assert client.get(f"/feeds/delegations/events/{event.slug}.en.ics").status_code == 404
    assert "Add to my calendar" not in client.get(f"/en/delegations/events/{event.slug}/").content.decode()


def test_a_cancelled_event_stays_in_the_calendar_as_cancelled(client):
    announced(state=EventState.CANCELLED, name_en="Spring salon")

    (found,) = calendar(client, "events")

    assert (str(found["SUMMARY"]), str(found["STATUS"])) == ("Cancelled: Spring salon", "CANCELLED")


def test_a_series_has_its_own_events_only(client):
    series = make_series()
    event = announced(series=series)
    announced()

    assert [str(found["SUMMARY"]) for found in calendar(client, f"series/{series.slug}")] == [event.name_en]
    assert client.get("/feeds/delegations/series/unknown.en.ics").status_code == 404


@pytest.mark.parametrize(
    "unfit",
    [
        {"is_public": False},
        {"state": EventState.PLANNED},
        {"starts_precision": "year"},
        {"state": EventState.HELD, "starts_on": date(2026, 8, 24)},
    ],
)
def test_what_is_not_told_or_long_past_is_in_no_channel(client, unfit):
    announced(**unfit)

    assert calendar(client, "events") == []


@pytest.mark.parametrize(("language", "title"), [("en", "<b>Salon</b> & more"), ("zh-hans", "沙龙")])
def test_the_feed_speaks_the_language_of_its_address(client, language, title):
    event = announced(name_en="<b>Salon</b> & more", name_zh_hans="沙龙")

    feed = ElementTree.fromstring(client.get(f"/feeds/delegations/events.{language}.atom").content)

    assert [found.text for found in feed.findall("entry/title", ATOM)] == [title]
    assert [link.get("href") for link in feed.findall("entry/link", ATOM)] == [
        f"https://fao.example.org/{language}/delegations/events/{event.slug}/"
    ]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_channel_takes_one_query(client, number, django_assert_num_queries):
    for _number in range(number):
        make_event(starts_on=date(2026, 12, 1))

    with django_assert_num_queries(1):
        client.get("/feeds/delegations/events.en.ics")
