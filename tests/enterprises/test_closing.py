"""The company's report after the visit, the bar on companies that do not report, and its lifting."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from enterprises import kinds
from enterprises.actions import closing as bar
from enterprises.actions import requests
from enterprises.enums import RequestState, Verb
from enterprises.invitations import amending, closing
from enterprises.invitations.closing import Report
from enterprises.invitations.results import VisitResult
from enterprises.models import BarLift, CloseOut, Membership, ServiceRequest
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import AuditEntry
from tests.cast import bring_to, complete_invitation, draft, work_off
from tests.enterprises.closed import TERM, came, close, issued, noon, overdue, visited
from tests.enterprises.corrected import again

S = RequestState


def lift(cast, *, days=7, reason="Two guests still travel.", by=None):
    until = timezone.localdate() + timedelta(days=days)
    return bar.lift_bar(cast.company.pk, reason=reason, until=until, by=by or cast.approver)


def test_the_report_is_due_thirty_days_after_the_departure(cast):
    case = issued(cast)

    assert case.close_out_due_on == case.invitation.departure_on + TERM


def test_a_report_of_each_guest_closes_the_request(cast):
    case = visited(cast, invitees=2)
    first, second = came(case)

    reports = [first, Report(second.invitee_id, came=False, why="Ill.")]
    closing.report(case.pk, reports=reports, note="All went well.", by=cast.owner)

    assert again(case).state == S.CLOSED
    assert CloseOut.objects.get(request=case).reported_by == cast.owner
    assert [(row.came, row.left_on, row.why) for row in VisitResult.objects.order_by("pk")] == [
        (True, case.invitation.departure_on, ""),
        (False, None, "Ill."),
    ]
    assert (case.events.latest("pk").verb, case.events.latest("pk").by) == (Verb.CLOSE, cast.owner)


def test_a_visit_cancelled_as_a_whole_needs_no_guests(cast):
    case = issued(cast)

    closing.report(case.pk, reports=[], is_cancelled=True, note="No visa.", by=cast.owner)

    assert (again(case).state, case.close_out.is_cancelled, VisitResult.objects.count()) == (S.CLOSED, True, 0)


def test_reporting_twice_is_reporting_once(cast):
    case = visited(cast)

    close(case, by=cast.owner)
    closing.report(case.pk, reports=[], is_cancelled=True, by=cast.owner)

    assert (CloseOut.objects.count(), VisitResult.objects.count(), case.close_out.is_cancelled) == (1, 1, False)
    assert case.events.filter(verb=Verb.CLOSE).count() == 1


@pytest.mark.parametrize("who", ["outsider", "reception", "approver"])
def test_nobody_else_reports(cast, who):
    case = visited(cast)

    with pytest.raises(ServiceRequest.DoesNotExist):
        close(case, by=getattr(cast, who))

    assert again(case).state == S.ISSUED


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.RETURNED, S.APPROVED, S.REFUSED, S.WITHDRAWN])
def test_only_what_was_issued_is_closed(cast, request_in, state):
    case = request_in(state)

    with pytest.raises(NotNow):
        closing.report(case.pk, reports=[], is_cancelled=True, by=cast.owner)

    assert again(case).state == state


def test_every_guest_is_named_once(cast):
    case = visited(cast, invitees=2)

    with pytest.raises(Refusal):
        closing.report(case.pk, reports=came(case)[:1], by=cast.owner)

    assert (again(case).state, CloseOut.objects.count()) == (S.ISSUED, 0)


@pytest.mark.parametrize(("entered", "left"), [(0, 1), (-1, -2), (-300, -290)])
def test_days_in_the_future_backwards_or_before_the_decision_are_refused(cast, entered, left):
    case, today = visited(cast), timezone.localdate()
    days = {"entered_on": today + timedelta(days=entered), "left_on": today + timedelta(days=left)}

    with pytest.raises(Refusal):
        closing.report(case.pk, reports=[Report(came(case)[0].invitee_id, came=True, **days)], by=cast.owner)

    assert again(case).state == S.ISSUED


@pytest.mark.parametrize("fields", [{"came": True}, {"came": True, "entered_on": "2026-01-02"}])
def test_the_database_wants_both_days_of_a_guest_who_came(cast, fields):
    guest = visited(cast).invitation.invitees.get()

    with pytest.raises(IntegrityError, match="visit_result_has_its_days"), transaction.atomic():
        VisitResult.objects.create(invitee=guest, **fields)


def test_the_database_keeps_a_report_as_it_is(cast):
    case = visited(cast)
    close(case, by=cast.owner)

    for rows in (CloseOut.objects.all(), VisitResult.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_what_an_amendment_closed_waits_for_no_report(cast):
    old = issued(cast)
    new = amending.amend(old.pk, by=cast.owner)
    old.invitation.__class__.objects.filter(pk=new.pk).update(is_guarantee_accepted=True, is_consent_given=True)
    bring_to(S.APPROVED, new, cast)
    from_now = again(old).close_out_due_on + timedelta(days=1)
    work_off()

    with time_machine.travel(noon(from_now), tick=False):
        assert again(old).state == S.CLOSED
        assert list(ServiceRequest.objects.close_out_overdue()) == [again(new)]


def test_the_bar_falls_the_day_after_the_due_date(cast):
    case = issued(cast)

    with time_machine.travel(noon(case.close_out_due_on), tick=False):
        assert not bar.standing_of(cast.company).is_barred
    with time_machine.travel(noon(case.close_out_due_on + timedelta(days=1)), tick=False):
        assert bar.standing_of(cast.company).overdue == [case]
        assert not bar.standing_of(cast.other_company).overdue


def test_a_barred_company_begins_nothing_and_reads_why(cast):
    late = overdue(cast)

    with pytest.raises(NotNow, match=late.number):
        draft(cast.company, by=cast.owner)


def test_a_barred_company_hands_in_nothing_new_but_its_corrections(cast, request_in):
    new = complete_invitation(cast.company, by=cast.owner, invitees=1)
    back = request_in(S.RETURNED)
    late = overdue(cast)

    with pytest.raises(NotNow, match=late.number):
        requests.submit(new.pk, by=cast.owner)
    requests.submit(back.pk, by=cast.owner)

    assert (again(new).state, again(back).state) == (S.DRAFT, S.SUBMITTED)


def test_a_barred_company_amends_nothing(cast):
    running, late = issued(cast), overdue(cast)

    with pytest.raises(NotNow, match=late.number):
        amending.amend(running.pk, by=cast.owner)


def test_the_report_ends_the_bar(cast):
    late = overdue(cast)

    close(late, by=cast.owner)

    assert draft(cast.company, by=cast.owner).state == S.DRAFT


def test_an_approver_lifts_the_bar_until_a_day(cast):
    overdue(cast)

    until = lift(cast).until

    assert draft(cast.company, by=cast.owner).state == S.DRAFT
    with time_machine.travel(noon(until), tick=False):
        assert not bar.standing_of(cast.company).is_barred
    with time_machine.travel(noon(until + timedelta(days=1)), tick=False), pytest.raises(NotNow):
        requests.begin(kinds.all_kinds()[0], company=cast.company, by=cast.owner)


def test_lifting_is_recorded_once_and_the_newest_counts(cast):
    overdue(cast)

    lift(cast)
    lift(cast)
    shorter = lift(cast, days=1, reason="Only tomorrow.")

    assert BarLift.objects.filter(company=cast.company).count() == 2
    assert bar.standing_of(cast.company).lift == shorter
    assert AuditEntry.objects.filter(table="enterprises_barlift", actor_id=cast.approver.pk).count() == 2


@pytest.mark.parametrize("who", ["owner", "reception", "reviewer", "head", "auditor"])
def test_nobody_but_an_approver_lifts_it(cast, who):
    overdue(cast)

    with pytest.raises(PermissionDenied):
        lift(cast, by=getattr(cast, who))


def test_an_approver_does_not_lift_the_own_companys_bar(cast):
    overdue(cast)
    Membership.objects.create(user=cast.approver, company=cast.company)

    with pytest.raises(Refusal):
        lift(cast)


@pytest.mark.parametrize("words", [{"reason": "  "}, {"days": -1}])
def test_a_lift_has_a_reason_and_a_day_to_come(cast, words):
    overdue(cast)

    with pytest.raises(Refusal):
        lift(cast, **words)


def test_without_an_overdue_report_there_is_nothing_to_lift(cast):
    visited(cast)

    with pytest.raises(NotNow):
        lift(cast)
