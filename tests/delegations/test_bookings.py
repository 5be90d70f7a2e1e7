"""Nobody and nothing is in two places at once: the database itself refuses it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from delegations.models import Booking
from delegations.visits.enums import VisitState
from tests.delegations.makers import MORNING, book, resource, stop, visit

pytestmark = pytest.mark.django_db


def test_a_vehicle_is_not_booked_for_two_visits_at_once():
    bus = resource()
    book(stop(visit("one")), bus)

    with pytest.raises(IntegrityError, match="booking_once_at_a_time"), transaction.atomic():
        book(stop(visit("two"), at=MORNING + timedelta(minutes=59)), bus)


def test_a_vehicle_is_free_from_the_minute_in_which_a_stop_ends():
    bus = resource()
    book(stop(visit("one")), bus)

    book(stop(visit("two"), at=MORNING + timedelta(hours=1)), bus)

    assert Booking.objects.count() == 2


def test_a_stop_takes_its_bookings_along_and_is_refused_where_they_are_taken():
    bus = resource()
    book(stop(visit("one")), bus)
    later = stop(visit("two"), at=MORNING + timedelta(hours=2))
    book(later, bus)

    with pytest.raises(IntegrityError, match="booking_once_at_a_time"), transaction.atomic():
        type(later).objects.filter(pk=later.pk).update(starts_at=MORNING, ends_at=MORNING + timedelta(hours=1))

    later.refresh_from_db()
    assert later.starts_at == MORNING + timedelta(hours=2)


def test_a_cancelled_visit_holds_nobody():
    bus = resource()
    first = visit("one")
    book(stop(first), bus)

    first.state = VisitState.CANCELLED
    first.save()

    book(stop(visit("two")), bus)
    assert [booking.stop.visit.slug for booking in Booking.objects.all()] == ["two"]


def test_two_stops_of_one_programme_do_not_overlap_unless_the_delegation_splits_up():
    whole = visit()
    stop(whole)

    with pytest.raises(IntegrityError, match="stop_one_at_a_time"), transaction.atomic():
        stop(whole, at=MORNING + timedelta(minutes=30))
    stop(whole, at=MORNING + timedelta(minutes=30), group="B")

    assert whole.stops.count() == 2


def test_a_visit_moves_along_its_table_only():
    done = visit(state=VisitState.COMPLETED)

    done.state = VisitState.PROPOSED
    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        done.save()
