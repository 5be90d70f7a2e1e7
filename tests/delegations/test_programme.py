"""Stops are added, moved and copied; whoever is taken is named with the stop of the visit that has them."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.utils import timezone, translation

from delegations.models import Booking, Stop
from delegations.visits.actions import programme
from delegations.visits.clashes import Clash
from delegations.visits.days import days_of
from delegations.visits.enums import Duty, ResourceKind, VisitState
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow
from tests.cast import officer
from tests.delegations.makers import MORNING, book, resource, stop, visit

WORDS = {
    "kind": "talks",
    "name_zh_hans": "会谈",
    "name_en": "Talks",
    "place_zh_hans": "市政府",
    "place_en": "City Hall",
}


def times(at=MORNING, hours=1.0):
    return {"starts_at": at, "ends_at": at + timedelta(hours=hours)}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_a_clash_is_said_at_its_duty_with_stop_visit_and_time(protocol):
    bus = resource()
    book(stop(visit("one")), bus)
    second = visit("two")

    with pytest.raises(Clash) as refused:
        programme.save_stop(second.pk, values=WORDS | times(), wanted={Duty.VEHICLE: [bus.pk]}, by=protocol)

    said = "Minibus 1 is taken: Talks of “Delegation of Sapporo”, 2027-05-11 09:00–10:00."
    assert refused.value.places == {"vehicle": [said]}
    assert not second.stops.exists()


@pytest.mark.django_db(transaction=True)
def test_a_clash_that_only_the_database_notices_is_said_in_the_same_words():
    by = officer("protocol@example.com", Role.PROTOCOL, language="en")
    bus, first, second = resource(), stop(visit("one")), visit("two")
    said = []

    def ask():
        with translation.override("en"), pytest.raises(Clash) as refused:
            programme.save_stop(second.pk, values=WORDS | times(), wanted={Duty.VEHICLE: [bus.pk]}, by=by)
        said.append(refused.value.places)
        connections.close_all()

    asking = threading.Thread(target=ask)
    with transaction.atomic():
        book(first, bus)
        asking.start()
        wait_until_somebody_waits_for_us()
    asking.join()

    assert [list(places) for places in said] == [["vehicle"]]


def wait_until_somebody_waits_for_us():
    """Until the other connection stands before the row that this one has not committed."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        for _attempt in range(200):
            # Within a transaction the first answer would stand for all.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("nobody waited")


def test_two_stops_at_once_are_refused_at_the_beginning(protocol):
    whole = visit()
    stop(whole)

    with pytest.raises(Clash) as refused:
        programme.save_stop(whole.pk, values=WORDS | times(MORNING + timedelta(minutes=30)), wanted={}, by=protocol)

    assert list(refused.value.places) == ["starts_at"]


def test_nobody_does_two_duties_at_one_stop(protocol):
    person = resource(ResourceKind.PERSON, "Li")
    both = {Duty.OFFICER: [person.pk], Duty.INTERPRETER: [person.pk]}

    with pytest.raises(Clash) as refused:
        programme.save_stop(visit().pk, values=WORDS | times(), wanted=both, by=protocol)

    assert list(refused.value.places) == ["interpreter"]


def test_a_changed_stop_keeps_who_stays_and_lets_go_of_the_others(protocol):
    bus, car = resource(), resource(name="Car")
    there = stop(visit())
    kept = book(there, bus)
    book(there, car)

    later = times(MORNING + timedelta(hours=3))
    programme.save_stop(
        there.visit_id, stop_id=there.pk, values=WORDS | later, wanted={Duty.VEHICLE: [bus.pk]}, by=protocol
    )

    held = Booking.objects.get()
    assert (held.pk, held.during.lower) == (kept.pk, later["starts_at"])


def test_a_stop_moves_with_all_that_is_booked_and_keeps_its_length(protocol):
    there = stop(visit(), hours=2)
    book(there, resource())

    programme.move_stop(there.pk, starts_at=MORNING + timedelta(days=1), by=protocol)

    held = Booking.objects.get().during
    assert (held.lower, held.upper) == (MORNING + timedelta(days=1), MORNING + timedelta(days=1, hours=2))


def test_a_stop_that_is_taken_out_frees_everybody(protocol):
    there = stop(visit())
    book(there, resource())

    programme.remove_stop(there.pk, by=protocol)

    assert not Booking.objects.exists()


def test_a_copy_comes_days_later_and_names_whoever_is_taken(protocol):
    bus, guide = resource(), resource(ResourceKind.PERSON, "Li")
    source, target = visit("one"), visit("two")
    there = stop(source)
    book(there, bus)
    book(there, guide, Duty.OFFICER)
    book(stop(visit("three"), at=MORNING + timedelta(days=7)), bus)

    done = programme.copy_programme(target.pk, source_id=source.pk, days=7, by=protocol)

    copied = target.stops.get()
    assert (copied.starts_at, copied.name_zh_hans) == (MORNING + timedelta(days=7), "会谈")
    assert [booking.resource for booking in copied.bookings.all()] == [guide]
    said = "Minibus 1 is taken: Talks of “Delegation of Sapporo”, 2027-05-18 09:00–10:00."
    assert (done.stops, done.left) == (1, [f"Talks: {said}"])


def test_a_copy_leaves_out_what_lies_over_a_stop_that_is_there(protocol):
    source, target = visit("one"), visit("two")
    stop(source)
    stop(target, name_en="Signing")

    done = programme.copy_programme(target.pk, source_id=source.pk, days=0, by=protocol)

    assert (done.stops, done.left) == (0, ["Talks: left out, for “Signing” lies in that time."])


def test_a_copy_keeps_the_time_of_day_across_a_change_of_the_clock(protocol):
    berlin = ZoneInfo("Europe/Berlin")
    source, target = visit("one"), visit("two")
    stop(source, at=datetime(2027, 3, 27, 9, 0, tzinfo=berlin), time_zone="Europe/Berlin")

    programme.copy_programme(target.pk, source_id=source.pk, days=1, by=protocol)

    assert target.stops.get().starts_at.astimezone(berlin) == datetime(2027, 3, 28, 9, 0, tzinfo=berlin)


def test_a_copy_over_the_end_of_february_lands_on_a_day_that_exists(protocol):
    source, target = visit("one"), visit("two")
    stop(source, at=MORNING.replace(year=2028, month=2, day=29))

    programme.copy_programme(target.pk, source_id=source.pk, days=366, by=protocol)

    assert timezone.localtime(target.stops.get().starts_at).date().isoformat() == "2029-03-01"


@pytest.mark.parametrize("state", [VisitState.COMPLETED, VisitState.CANCELLED])
def test_the_programme_of_a_closed_visit_stays_as_it_is(protocol, state):
    with pytest.raises(NotNow):
        programme.save_stop(visit(state=state).pk, values=WORDS | times(), wanted={}, by=protocol)


def test_somebody_without_the_right_changes_no_programme(db):
    there = stop(visit())

    with pytest.raises(PermissionDenied):
        programme.remove_stop(there.pk, by=officer("auditor@example.com", Role.AUDITOR))

    assert Stop.objects.exists()


def test_a_stop_over_midnight_stands_on_the_day_it_begins_and_says_that_it_ends_later(db):
    stop(visit(), at=MORNING.replace(hour=23), hours=2)

    (day,) = days_of(visit_of())

    assert (day.on.isoformat(), day.lines[0].time) == ("2027-05-11", "23:00–01:00 (+1)")


def test_a_stop_abroad_is_told_by_the_clock_there(db):
    stop(visit(), time_zone="Asia/Tokyo")

    (day,) = days_of(visit_of())

    assert (day.lines[0].time, day.lines[0].zone) == ("10:00–11:00", "Asia/Tokyo")


def visit_of():
    return Stop.objects.get().visit
