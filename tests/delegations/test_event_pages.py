"""The public pages of events and series."""

from datetime import date, time

import pytest
import time_machine

from delegations.events.enums import DocumentKind, EventState
from delegations.events.models import AgendaItem, EventDocument, EventOutcome, Speaker
from shenyang_fao.core import files
from tests.delegations.event_makers import announced, make_event, make_series
from tests.sister_cities.factories import make_tie

pytestmark = pytest.mark.django_db
EVENTS = "/en/delegations/events/"
NOON = "2026-11-23T04:00Z"


def furnish(event, number: int) -> None:
    """Give an event so many of everything that its page shows."""
    for place in range(number):
        words = {"name_zh_hans": f"甲{place}", "name_en": f"A{place}"}
        partner = make_tie().partner
        event.partners.add(partner)
        AgendaItem.objects.create(event=event, starts_time=time(9), **words)
        Speaker.objects.create(event=event, **words)
        EventOutcome.objects.create(event=event, kind="project", is_public=True, partner=partner, **words)
        EventDocument.objects.create(event=event, kind=DocumentKind.REPORT, is_public=True, url="https://x.cn", **words)


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Coming", "The record", "Consular Salon", "12 May 2025", "11 May 2027, "]),
        ("zh-hans", ["近期活动", "历年活动", "领事沙龙", "2025年5月12日", "2027年5月11日"]),
    ],
)
def test_what_is_coming_stands_before_the_record(client, language, words):
    held, coming = make_event(series=make_series()), announced(starts_time=time(9, 30))

    answer = client.get(f"/{language}/delegations/events/")
    page = answer.content.decode()

    assert (list(answer.context["coming"]), list(answer.context["page"])) == ([coming], [held])
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_each_page_takes_the_same_few_queries(client, number, django_assert_max_num_queries):
    series = make_series()
    for _number in range(number):
        make_event(series=series)
        announced(series=series)
    event = make_event(series=series)
    furnish(event, number)

    for address in (EVENTS, series.get_absolute_url(), event.get_absolute_url()):
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("precision", "starts_on", "is_coming"),
    [
        ("day", date(2026, 11, 23), True),
        ("day", date(2026, 11, 22), False),
        ("month", date(2026, 11, 1), True),
        ("month", date(2026, 10, 1), False),
        ("year", date(2026, 1, 1), True),
        ("year", date(2025, 1, 1), False),
    ],
)
def test_an_event_is_coming_until_its_day_month_or_year_is_over(client, precision, starts_on, is_coming):
    announced(starts_on=starts_on, starts_precision=precision)

    assert (len(client.get(EVENTS).context["coming"]), len(client.get(EVENTS).context["page"])) == (
        (1, 0) if is_coming else (0, 1)
    )


def test_an_event_goes_on_until_its_last_day(client):
    event = announced(starts_on=date(2028, 2, 27), ends_on=date(2028, 2, 29))

    with time_machine.travel("2028-02-29T04:00Z"):
        assert list(client.get(EVENTS).context["coming"]) == [event]
    with time_machine.travel("2028-03-01T04:00Z"):
        assert list(client.get(EVENTS).context["coming"]) == []


@pytest.mark.parametrize("query", [{"year": "nineteen"}, {"kind": "party"}, {"series": "9" * 300}, {"page": "-1"}])
def test_a_filter_that_does_not_exist_filters_nothing(client, query):
    event = make_event()

    assert list(client.get(EVENTS, query).context["page"]) == [event]


def test_the_record_is_asked_by_kind_year_and_series(client):
    series = make_series()
    event, undated = make_event(series=series), make_event(starts_on=None, starts_precision="", kind="media")
    make_event(starts_on=date(2024, 2, 29))

    for query in ({"series": series.slug}, {"year": "2025"}):
        assert list(client.get(EVENTS, query).context["page"]) == [event]
    for query in ({"kind": "media"}, {"year": "unknown"}):
        assert list(client.get(EVENTS, query).context["page"]) == [undated]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This event has been cancelled."), ("zh-hans", "该活动已取消。")]
)
def test_a_cancelled_event_says_so(client, language, words):
    event = announced(state=EventState.CANCELLED)

    page = client.get(f"/{language}/delegations/events/{event.slug}/").content.decode()

    assert words in page


def test_what_is_not_public_is_not_told(client):
    event, hidden = make_event(), make_event(is_public=False)
    EventOutcome.objects.create(event=event, kind="project", name_zh_hans="密", name_en="Secret outcome")
    EventDocument.objects.create(event=event, kind="report", name_zh_hans="密", name_en="Secret paper")

    page = client.get(event.get_absolute_url().replace("zh-hans", "en")).content.decode()

    assert ("Secret outcome" in page, "Secret paper" in page) == (False, False)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert list(client.get(EVENTS).context["page"]) == [event]


def test_the_file_of_a_document_is_private_until_it_is_public(client):
    event = make_event()
    paper = files.store(b"%PDF-1.4", name="x.pdf", media_type="application/pdf", by=None)
    words = {"kind": "declaration", "name_zh_hans": "宣言", "name_en": "Declaration"}
    document = EventDocument.objects.create(event=event, file=paper, **words)
    address = f"{EVENTS}{event.slug}/documents/{document.pk}/"

    assert client.get(address).status_code == 404

    EventDocument.objects.update(is_public=True)
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4"


def test_what_was_written_in_chinese_only_is_shown_with_a_note(client):
    event = make_event(summary_zh_hans="只有中文。")

    page = client.get(f"{EVENTS}{event.slug}/").content.decode()

    assert "只有中文。" in page
    assert "Some of this page has been written in Simplified Chinese only" in page


def test_a_long_name_is_shown_whole(client):
    event = make_event(name_en="Donaudampfschifffahrtsgesellschaft " * 8, name_zh_hans="长" * 300)

    assert client.get(EVENTS).content.decode().count("Donaudampfschifffahrtsgesellschaft") >= 8
    assert "长" * 300 in client.get(f"/zh-hans/delegations/events/{event.slug}/").content.decode()


def test_the_charts_count_every_public_event(client):
    make_event(), make_event(kind="salon"), make_event(is_public=False)

    year, kind = (client.get(f"{EVENTS}statistics/{key}.csv").content.decode("utf-8-sig") for key in ("year", "kind"))

    assert year.splitlines() == ["Events by year,Events", "2025,2"]
    assert kind.splitlines() == ["Events by kind,Events", "conference or forum,1", "salon,1"]
    assert client.get(f"{EVENTS}statistics/nothing.csv").status_code == 404


@time_machine.travel(NOON)
def test_home_tells_the_next_three(client):
    assert "Next events" not in client.get("/en/").content.decode()

    for day in (4, 3, 2, 1):
        announced(starts_on=date(2027, 1, day))

    assert [event.starts_on.day for event in client.get("/en/").context["coming"]] == [1, 2, 3]


def test_a_partner_s_page_tells_its_events_once_each(client):
    partner = make_tie().partner
    event, hidden = make_event(), make_event(is_public=False)
    for found in (event, hidden):
        found.partners.add(partner)

    answer = client.get(f"/en/sister-cities/{partner.slug}/")

    assert [panel.context["events"] for panel in answer.context["panels"]] == [[event]]
    assert [entry.title for entry in answer.context["timeline"]].count(event.name) == 1
