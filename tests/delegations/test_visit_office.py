"""The officers' pages: the programme with its clashes, the month, the sheets that are made from it."""

from datetime import date, timedelta

import icalendar
import pypdfium2
import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from delegations.models import Member, Resource, Stop, Visit
from delegations.visits.enums import Duty, ResourceKind
from delegations.visits.reminders import follow_ups
from shenyang_fao.accounts.enums import Role
from shenyang_fao.portal import invented_visits
from tests.cast import officer
from tests.delegations.makers import MORNING, book, outcome, public_visit, resource, stop, visit
from tests.sister_cities.factories import make_tie

TYPED = {
    "kind": "talks", "starts_at": "2027-05-11T09:00", "ends_at": "2027-05-11T10:00", "time_zone": "Asia/Shanghai",
    "name_zh_hans": "会谈", "name_en": "A long name <b>" + "x" * 150, "place_zh_hans": "市政府", "place_en": "City Hall",
}  # fmt: skip


def page(name, *args):
    return reverse(f"admin:delegations_visit_{name}", args=args)


def test_a_stop_is_added_with_what_it_books(client, english):
    planned, bus = visit(), resource()

    answer = client.post(page("stop_add", planned.pk), TYPED | {"vehicle": [bus.pk]})

    assert (answer.status_code, answer.url) == (302, page("programme", planned.pk))
    assert (planned.stops.get().starts_at, bus.bookings.get().duty) == (MORNING, Duty.VEHICLE)


def test_a_clash_stands_at_its_field_and_what_was_typed_is_kept(client, english):
    bus = resource()
    book(stop(visit("one")), bus)

    answer = client.post(page("stop_add", visit("two").pk), TYPED | {"vehicle": [bus.pk]})

    form = answer.context["form"]
    said = "Minibus 1 is taken: Talks of “Delegation of Sapporo”, 2027-05-11 09:00–10:00."
    assert form.errors == {"vehicle": [said]}
    assert (form["name_en"].value(), form["vehicle"].value()) == (TYPED["name_en"], [str(bus.pk)])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"ends_at": "2027-05-11T09:00"}, "ends_at"),
        ({"starts_at": "2027-02-29T09:00"}, "starts_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
        ({"time_zone": "Europe/Berlin", "starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}, "starts_at"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"vehicle": ["99999999999999999999"]}, "vehicle"),
        ({"name_en": "x" * 201}, "name_en"),
    ],
)
def test_bad_input_is_said_at_its_field(client, english, typed, place):
    answer = client.post(page("stop_add", visit().pk), TYPED | typed)

    assert (answer.status_code, list(answer.context["form"].errors), Stop.objects.count()) == (200, [place], 0)


def test_a_stop_moves_by_its_own_clock_and_a_clash_is_said_at_the_field(client, english):
    planned = visit()
    moved = stop(planned, time_zone="Asia/Tokyo")
    stop(planned, at=MORNING + timedelta(hours=3))

    refused = client.post(page("stop_move", planned.pk, moved.pk), {"new_start": "2027-05-11T13:30"})
    client.post(page("stop_move", planned.pk, moved.pk), {"new_start": "2027-05-11T09:00"})

    moved.refresh_from_db()
    assert list(refused.context["move_form"].errors) == ["new_start"]
    assert moved.starts_at == MORNING - timedelta(hours=1)


def test_a_programme_is_copied_to_the_day_of_arrival_and_says_who_is_taken(client, english):
    source, target = visit("one"), visit("two", arrives_on=date(2027, 5, 12), departs_on=date(2027, 5, 13))
    bus = resource()
    book(stop(source), bus)
    book(stop(visit("three"), at=MORNING + timedelta(days=1)), bus)

    answer = client.post(page("programme_copy", target.pk), {"source": source.pk, "days": ""}, follow=True)

    assert target.stops.get().starts_at == MORNING + timedelta(days=1)
    assert [str(message).partition(",")[0] for message in answer.context["messages"]] == [
        "1 stop is copied.",
        "Talks: Minibus 1 is taken: Talks of “Delegation of Sapporo”",
    ]


def test_the_arrival_may_not_lie_after_the_departure(client, english):
    typed = {
        "name_zh_hans": "团", "name_en": "Group", "slug": "group", "state": "proposed", "country": "JP",
        "head_rank": "city", "purpose": "official", "arrives": "2027-05-12", "departs_on": "2027-05-11",
        "members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0,
    }  # fmt: skip

    refused = client.post(page("add"), typed)
    entered = client.post(page("add"), typed | {"departs_on": "2027-05-12"})

    assert list(refused.context["adminform"].form.errors) == ["departs_on"]
    assert (entered.status_code, Visit.objects.get().slug) == (302, "group")


def test_a_month_of_300_stops_costs_eight_queries(client, english, django_assert_max_num_queries):
    first = MORNING.replace(day=1, hour=0)
    busy = [resource(name=f"Bus {n}") for n in range(10)]
    for index in range(10):
        planned = visit(f"visit-{index}")
        for day in range(30):
            book(stop(planned, at=first + timedelta(days=day)), busy[index])
    client.get(page("calendar"))

    with django_assert_max_num_queries(8):
        answer = client.get(page("calendar"), {"month": "2027-05"})

    assert sum(len(day.lines) for day in answer.context["days"]) == 300


@pytest.mark.parametrize(
    "query", [{"month": "2027-13"}, {"month": "9999-12"}, {"month": "2027-05", "resource": "x" * 30}]
)
def test_a_month_that_does_not_exist_is_the_present_one(client, english, query):
    assert client.get(page("calendar"), query).status_code == 200


def test_the_month_shows_a_stop_over_midnight_on_both_days_and_only_whom_is_asked_for(client, english):
    bus = resource()
    planned = visit()
    book(stop(planned, at=MORNING.replace(hour=23), hours=2), bus)
    stop(planned)

    answer = client.get(page("calendar"), {"month": "2027-05", "resource": bus.pk})

    assert [day.on.day for day in answer.context["days"] if day.lines] == [11, 12]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_and_programme_cost_the_same_however_long(client, english, number, django_assert_max_num_queries):
    planned = visit()
    for index in range(number):
        book(stop(planned, at=MORNING + timedelta(hours=index)), resource(name=f"Bus {index}"))
        visit(f"visit-{index}", officer=english)

    for address in (page("changelist"), page("programme", planned.pk)):
        with django_assert_max_num_queries(12):
            client.get(address)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def programme():
    planned = visit(head_zh_hans="秋元市长", head_en="Mayor Akimoto")
    Member.objects.create(visit=planned, name_zh_hans="佐藤", name_en="Sato", needs="No pork")
    there = stop(planned, note="Gift: a vase")
    guide = resource(ResourceKind.PERSON, "Li Ming", phone="13900000000")
    book(there, guide, Duty.OFFICER)
    book(there, resource(name="Minibus 7"))
    return planned


def test_the_copy_for_the_delegation_holds_the_programme_and_nothing_for_officers(client, english):
    pdf = client.get(page("booklet", programme().pk, "delegation")).content

    text = text_of(pdf)
    shown = ("札幌市代表团", "Mayor Akimoto", "Sato", "09:00–10:00", "City Hall", "Li Ming", "13900000000")
    assert [word for word in shown if word not in text] == []
    assert [word for word in ("No pork", "vase", "Minibus 7") if word in text] == []


def test_the_copy_for_officers_holds_notes_needs_and_vehicles(client, english):
    text = text_of(client.get(page("booklet", programme().pk, "officers")).content)

    assert [word for word in ("No pork", "vase", "Minibus 7") if word not in text] == []


def test_whoever_only_looks_gets_no_copy_for_officers(client, db):
    client.force_login(officer("head@example.com", Role.HEAD))
    planned = programme()

    answers = [client.get(page("booklet", planned.pk, copy)).status_code for copy in ("delegation", "officers", "x")]

    assert answers == [200, 403, 404]


def test_what_no_font_can_print_is_said_in_words(client, english):
    answer = client.get(page("booklet", visit(name_en="Delegation \U0001f600").pk, "delegation"), follow=True)

    assert "cannot print these characters: \U0001f600" in answer.content.decode()


def test_the_calendar_file_is_read_back_by_another_parser(client, english):
    planned = visit()
    stop(planned, time_zone="Asia/Tokyo", name_en="Talks; first, second")

    content = client.get(page("calendar_file", planned.pk)).content

    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (event["summary"], event["dtstart"].dt, event["location"]) == (
        "talks: Talks; first, second",
        MORNING,
        "City Hall",
    )
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTART", "DTEND", "SUMMARY"))] == [
        "SUMMARY:talks: Talks\\; first\\, second",
        "DTSTART:20270511T010000Z",
        "DTEND:20270511T020000Z",
    ]
    assert "DESCRIPTION:Local time: 2027-05-11 10:00 (Asia/Tokyo)" in lines


def test_the_briefing_tells_ties_visits_and_outcomes_with_the_open_ones_first(client, english):
    partner = make_tie().partner
    received = public_visit()
    received.partners.add(partner)
    outcome(received, state="done", done_on=date(2024, 6, 1))
    still_open = outcome(received, name_en="An open promise", officer=english, due_on=date(2024, 7, 1))

    answer = client.get(page("briefing", partner.pk))

    briefing = answer.context["briefing"]
    assert (briefing.visits, briefing.outcomes[0], len(briefing.ties)) == ([received], still_open, 1)
    assert "An open promise" in answer.content.decode()


def test_officers_are_told_of_follow_up_before_and_after_its_day(protocol):
    late = outcome(public_visit(), officer=protocol, due_on=date(2027, 5, 1))
    outcome(public_visit("later"), officer=protocol, due_on=date(2027, 6, 20))

    with time_machine.travel("2027-05-11T10:00:00+08:00"), translation.override("en"):
        told = [(due.key, due.occasion.line, due.officers[0]) for due in follow_ups()]

    line = "Overdue since 1 May 2027: A joint project – Delegation of Sapporo"
    assert told == [(f"visit-outcome:{late.pk}:2027-05-01:overdue", line, protocol)]


def test_invented_visits_are_marked_and_never_public(db):
    made = list(invented_visits.generate(2, seed=1))

    assert [("Demonstration" in found.name_en, found.is_public, found.source) for found in made] == [
        (True, False, "")
    ] * 2
    assert made[0].stops.count() == 6
    assert all("Demonstration" in name for name in Resource.objects.values_list("name_en", flat=True))
