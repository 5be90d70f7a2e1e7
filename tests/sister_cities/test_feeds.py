"""The calendar and the feed of anniversaries, read again by other programs than wrote them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
import time_machine
from django.test import Client

from tests.sister_cities.factories import make_partner, make_tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sapporo")]

FEEDS = "/feeds/sister-cities/anniversaries"
ATOM = {"": "http://www.w3.org/2005/Atom"}
NOON = "2026-11-23T04:00Z"


@pytest.fixture
def sapporo(settings: Any) -> Any:
    """A tie with an anniversary on 18 November of each year."""
    settings.SITE_URL = "https://fao.example.org"
    partner = make_partner(slug="sapporo", name_en="Sapporo", name_zh_hans="札幌市")
    return make_tie(partner=partner, signed_on=date(1980, 11, 18))


def calendar(client: Client, language: str) -> icalendar.Calendar:
    response = client.get(f"{FEEDS}.{language}.ics")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(response.content)


def feed(client: Client, language: str) -> ElementTree.Element:
    response = client.get(f"{FEEDS}.{language}.atom")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def texts(element: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in element.findall(path, ATOM)]


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("language", "summaries"),
    [
        ("en", ["Shenyang and Sapporo: 46 years of ties", "Shenyang and Sapporo: 47 years of ties"]),
        ("zh-hans", ["沈阳市与札幌市结好46周年", "沈阳市与札幌市结好47周年"]),
    ],
)
def test_the_calendar_speaks_the_language_of_its_address(client: Client, language: str, summaries: list[str]) -> None:
    events = calendar(client, language).walk("VEVENT")

    assert [str(event["SUMMARY"]) for event in events] == summaries
    assert str(events[0]["URL"]) == f"https://fao.example.org/{language}/sister-cities/sapporo/"


@time_machine.travel(NOON)
def test_each_event_lasts_the_whole_day(client: Client, sapporo: Any) -> None:
    events = calendar(client, "en").walk("VEVENT")

    assert [event.decoded("DTSTART") for event in events] == [date(2026, 11, 18), date(2027, 11, 18)]
    assert [event.decoded("DTEND") - event.decoded("DTSTART") for event in events] == [timedelta(days=1)] * 2
    assert events[0]["DTSTART"].params["VALUE"] == "DATE"
    assert abs(events[0].decoded("DTSTAMP") - datetime(2026, 11, 23, 4, tzinfo=UTC)) < timedelta(minutes=1)


@time_machine.travel(NOON)
def test_an_event_keeps_its_identity(client: Client, sapporo: Any) -> None:
    expected = [f"tie-{sapporo.pk}-{year}@fao.example.org" for year in (2026, 2027)]

    for language in ("en", "zh-hans", "en"):
        assert [str(event["UID"]) for event in calendar(client, language).walk("VEVENT")] == expected


def test_the_calendar_has_what_the_standard_requires(client: Client) -> None:
    made = calendar(client, "zh-hans")

    assert (str(made["VERSION"]), str(made["CALSCALE"])) == ("2.0", "GREGORIAN")
    assert "fao.example.org" in str(made["PRODID"])
    assert str(made["X-WR-CALNAME"]) == "沈阳市友城结好周年纪念"


def test_lines_are_folded_and_end_as_the_standard_says(client: Client) -> None:
    make_tie(partner=make_partner(name_en="A" * 90, name_zh_hans="长" * 90))

    lines = client.get(f"{FEEDS}.zh-hans.ics").content.split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert not [line for line in lines if b"\n" in line]


def test_a_name_cannot_bring_in_properties_of_its_own(client: Client) -> None:
    make_tie(partner=make_partner(name_en="Evil\r\nATTENDEE:mailto:x@example.org; a, b"), signed_on=date(1980, 1, 2))

    events = calendar(client, "en").walk("VEVENT")

    assert [event for event in events if "ATTENDEE" in event] == []
    assert len(events) == 4


@pytest.mark.parametrize(
    "unfit",
    [{"signed_precision": "month"}, {"signed_precision": "year"}, {"is_public": False}, {"status": "ended"}],
)
@pytest.mark.parametrize("kind", ["ics", "atom"])
def test_only_public_ties_signed_on_a_known_day_are_in_it(client: Client, kind: str, unfit: dict[str, Any]) -> None:
    make_tie(partner=make_partner(slug="elsewhere"), **unfit)

    assert "elsewhere" not in client.get(f"{FEEDS}.en.{kind}").content.decode()


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("language", "title"), [("en", "Shenyang and Sapporo: 46 years of ties"), ("zh-hans", "沈阳市与札幌市结好46周年")]
)
def test_the_feed_speaks_the_language_of_its_address(client: Client, language: str, title: str) -> None:
    made = feed(client, language)

    assert texts(made, "entry/title")[0] == title
    assert made.get("{http://www.w3.org/XML/1998/namespace}lang") == language


@time_machine.travel(NOON)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_address_of_the_feed_is_that_of_the_site(client: Client, language: str) -> None:
    made = feed(client, language)

    assert [link.get("href") for link in made.iterfind(".//link", ATOM)] == [
        f"https://fao.example.org/{language}/sister-cities/anniversaries/",
        f"https://fao.example.org/feeds/sister-cities/anniversaries.{language}.atom",
        f"https://fao.example.org/{language}/sister-cities/sapporo/",
        f"https://fao.example.org/{language}/sister-cities/sapporo/",
    ]
    assert [found for found in texts(made, ".//id") if not str(found).startswith("https://fao.example.org/")] == []
    assert len(set(texts(made, "entry/id"))) == 2


@time_machine.travel(NOON)
def test_an_anniversary_is_announced_again_30_days_ahead(client: Client) -> None:
    made = feed(client, "en")

    assert texts(made, "entry/updated") == ["2026-10-19T00:00:00+08:00", "2026-01-01T00:00:00+08:00"]
    assert texts(made, "entry/published") == ["2025-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"]


@pytest.mark.parametrize("kind", ["ics", "atom"])
@pytest.mark.parametrize("language", ["fr", "zh", "..", "EN"])
def test_a_language_the_site_does_not_speak_is_not_found(client: Client, kind: str, language: str) -> None:
    assert client.get(f"{FEEDS}.{language}.{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["ics", "atom"])
@pytest.mark.parametrize("rows", [1, 3, 30])
def test_either_takes_one_query(client: Client, kind: str, rows: int, django_assert_num_queries: Any) -> None:
    for _number in range(rows):
        make_tie()

    with django_assert_num_queries(1):
        client.get(f"{FEEDS}.en.{kind}")


@time_machine.travel(NOON)
def test_a_name_stays_text_in_the_feed(client: Client) -> None:
    make_tie(partner=make_partner(name_en="<b>Bold</b> & Co"), signed_on=date(1980, 11, 20))

    made = feed(client, "en")

    assert "Shenyang and <b>Bold</b> & Co: 46 years of ties" in texts(made, "entry/title")
    assert {title.get("type", "text") for title in made.iterfind("entry/title", ATOM)} == {"text"}
