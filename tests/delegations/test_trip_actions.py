"""The steps of an official trip: who may take them, when, and what stands still meanwhile."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import override
from time_machine import travel

from delegations.trips import actions
from delegations.trips.deviations import deviations, report_due_on
from delegations.trips.enums import TripLane, TripState
from delegations.trips.models import Trip, TripMember
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import CountryGroupKind
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.models import AuditEntry, CountryGroup
from tests.cast import officer
from tests.delegations import trip_makers as make

pytestmark = pytest.mark.django_db
S = TripState


def test_a_trip_goes_its_whole_way_with_a_number_frozen_findings_and_a_signed_timeline():
    trip = make.bring(make.draft(), S.REPORTED)
    with travel(f"{make.BACK}T02:00Z", tick=False):
        actions.hand_in(trip.pk, on=date(2026, 4, 20), by=make.filer())
        actions.close(trip.pk, by=make.reviewer())

    trip.refresh_from_db()
    verbs = list(trip.events.values_list("verb", flat=True))
    assert (trip.state, trip.number, trip.due_on) == (S.CLOSED, "SYFAO-TRIP-2026-000001", date(2026, 3, 24))
    assert verbs == ["publish", "file", "review", "approve", "report", "documents", "close"]
    assert {line["rule"]: line["finding"] for line in trip.findings}["plan"] == "warn"
    assert trip.findings[0]["reason"]["en"] == "2 of at most 6 people, interpreter included."
    assert trip.findings[0]["reason"]["zh-hans"] == "团组 2 人（含翻译），限额 6 人。"
    entry = AuditEntry.objects.filter(table="delegations_trip", row=str(trip.pk)).order_by("pk").last()
    assert entry.actor_id == make.reviewer().pk


@pytest.mark.parametrize("day", [make.MONDAY, make.SUNDAY, "2026-03-16"])
def test_nothing_is_filed_before_its_notice_ran_five_working_days(day):
    trip = make.bring(make.draft(), S.NOTICED)

    with travel(f"{day}T02:00Z", tick=False), pytest.raises(Refusal, match="working days"), override("en"):
        actions.file(trip.pk, by=make.filer())

    assert Trip.objects.get().state == S.NOTICED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people": 7}, "7 people; at most 6 may travel"),
        ({"people": 0}, "Nobody is named yet"),
        ({"returns_on": date(2026, 4, 18)}, "6 days; at most 5"),
        ({"budget": None}, "must be named"),
        ({"leaves_on": date(2026, 3, 9), "returns_on": date(2026, 3, 13)}, "not ahead any more"),
    ],
)
def test_what_could_never_be_filed_is_not_put_on_notice(change, said):
    trip = make.draft(**change)

    with travel(f"{make.MONDAY}T02:00Z", tick=False), override("en"), pytest.raises(Refusal, match=said):
        actions.publish(trip.pk, by=make.filer())


def test_taken_back_for_changes_the_notice_begins_anew_and_the_number_stays():
    trip = make.bring(make.draft(), S.REVIEWED)

    with travel(f"{make.TUESDAY}T03:00Z", tick=False):
        actions.resume(trip.pk, note="日程变更", by=make.filer())
        actions.publish(trip.pk, by=make.filer())
        with pytest.raises(Refusal):
            actions.file(trip.pk, by=make.filer())

    trip.refresh_from_db()
    assert (trip.noticed_on, trip.filed_on, trip.reviewed_by, trip.findings) == (date(2026, 3, 17), None, None, [])
    assert trip.number == "SYFAO-TRIP-2026-000001"


def test_whoever_reviewed_does_not_sign_off_by_the_button_or_by_the_shell():
    trip = make.bring(make.draft(), S.REVIEWED)
    both = make.reviewer()
    both.add_role(Role.APPROVER)
    both = type(both).objects.get(pk=both.pk)

    with pytest.raises(TwoPersonRule):
        actions.approve(trip.pk, seen=make.newest(trip), by=both)
    with pytest.raises(IntegrityError, match="trip_two_persons"), transaction.atomic():
        Trip.objects.filter(pk=trip.pk).update(state=S.APPROVED, approved_by=both)


def test_a_decision_on_what_somebody_changed_meanwhile_is_not_taken():
    trip = make.bring(make.draft(), S.FILED)
    seen = make.newest(trip)
    with travel(f"{make.TUESDAY}T03:00Z", tick=False):
        actions.resume(trip.pk, note="变更", by=make.filer())
        actions.publish(trip.pk, by=make.filer())
    with travel("2026-03-25T02:00Z", tick=False):
        actions.file(trip.pk, by=make.filer())

    with pytest.raises(NotNow):
        actions.review(trip.pk, seen=seen, by=make.reviewer())


@pytest.mark.parametrize(
    "meddle",
    [
        lambda trip: TripMember.objects.filter(trip=trip).update(post_zh_hans="局长"),
        lambda trip: trip.members.all().delete(),
        lambda trip: make.leg(trip, "US"),
        lambda trip: Trip.objects.filter(pk=trip.pk).update(budget=900000),
        lambda trip: Trip.objects.filter(pk=trip.pk).update(state=S.CLOSED),
    ],
)
def test_what_is_on_notice_stands_against_every_hand(meddle):
    trip = make.bring(make.draft(), S.NOTICED)

    with pytest.raises(DatabaseError), transaction.atomic():
        meddle(trip)


def test_the_same_day_lane_is_due_on_the_day_of_filing_where_every_destination_belongs():
    CountryGroup.objects.create(group=CountryGroupKind.RCEP, country="JP", source="s")

    japan = make.bring(make.draft(lane=TripLane.SAME_DAY), S.FILED)
    elsewhere = make.draft("2026-04-b", lane=TripLane.SAME_DAY)
    elsewhere.legs.update(country="DE")
    elsewhere = make.bring(elsewhere, S.FILED)

    assert (japan.due_on, elsewhere.due_on) == (date(2026, 3, 17), date(2026, 3, 24))


@pytest.mark.parametrize(
    ("role", "state", "act"),
    [
        (Role.AUDITOR, S.DRAFT, lambda trip, by: actions.publish(trip.pk, by=by)),
        (Role.HEAD, S.FILED, lambda trip, by: actions.review(trip.pk, seen=make.newest(trip), by=by)),
        (Role.PROTOCOL, S.FILED, lambda trip, by: actions.review(trip.pk, seen=make.newest(trip), by=by)),
        (Role.REVIEWER, S.REVIEWED, lambda trip, by: actions.approve(trip.pk, seen=make.newest(trip), by=by)),
        (Role.REVIEWER, S.REVIEWED, lambda trip, by: actions.refuse(trip.pk, note="x", by=by)),
        (Role.APPROVER, S.FILED, lambda trip, by: actions.refuse(trip.pk, note="x", by=by)),
    ],
)
def test_each_step_asks_for_its_right(role, state, act):
    trip = make.draft()
    trip = make.bring(trip, state) if state != S.DRAFT else trip

    with pytest.raises(PermissionDenied):
        act(trip, officer("somebody@example.com", role))


def test_the_report_names_what_went_otherwise_than_approved():
    trip = make.bring(make.draft(), S.APPROVED)
    with travel(f"{make.BACK}T02:00Z", tick=False):
        make.reported(trip, returned_on=date(2026, 4, 19), visited=["KR"])

    with override("en"):
        found = deviations(Trip.objects.get())

    assert found == [
        "Returned on 19 April 2026 instead of 17 April 2026.",
        "7 days abroad instead of 5.",
        "Not approved, but visited: Republic of Korea.",
        "Approved, but not visited: Japan.",
    ]


def test_a_trip_closes_only_when_report_and_documents_are_in():
    trip = make.bring(make.draft(), S.REPORTED)

    with pytest.raises(NotNow):
        actions.close(trip.pk, by=make.reviewer())


@pytest.mark.parametrize(
    ("back", "due"),
    [("2026-01-31", "2026-02-28"), ("2028-01-30", "2028-02-29"), ("2026-12-15", "2027-01-15"), ("2026-11-30", "2026-12-30")],
)  # fmt: skip
def test_a_month_after_the_return_is_a_month_of_the_calendar(back, due):
    assert report_due_on(date.fromisoformat(back)) == date.fromisoformat(due)
