"""Reminders, lapse and escalation by the calendar, a Chinese holiday week among the days."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from enterprises import reminders
from enterprises.actions import corrections, requests
from enterprises.enums import Lane, RequestState
from enterprises.models import ServiceRequest
from enterprises.tasks import remind
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import Mail
from tests.cast import assemble, bring_to, complete_invitation, officer
from tests.enterprises.corrected import again, at, returned

S = RequestState
# In 2026 the National Day holiday is 1-7 October; 20 September and 10 October, a Sunday and a Saturday, are worked.
ASKED = date(2026, 9, 28)


def mails(kind):
    return Mail.objects.filter(key__startswith=kind)


def run_on(clock, day, hour=9):
    clock.move_to(at(day, hour))
    reminders.run()


@pytest.fixture
def clock():
    with time_machine.travel(at(ASKED), tick=False) as traveller:
        yield traveller


@pytest.fixture
def correction(clock, cast):
    """Asked before the holiday with a term of ten working days."""
    return returned(cast, days=10)


def test_holidays_do_not_count_for_deadline_and_reminders(correction):
    days = [day for day in _days(ASKED, 40) if reminders.workdays.is_working_day(day)]

    assert correction.deadline_on == days[9]
    assert reminders.half_on(correction) == days[4]
    assert reminders.last_on(correction) == days[8]
    assert correction.deadline_on - ASKED > timedelta(days=14)


def test_nothing_is_sent_before_half_the_time(clock, correction):
    run_on(clock, reminders.half_on(correction) - timedelta(days=1))

    assert not mails("correction-").exists()


def test_half_way_one_reminder_is_sent_however_often_the_beat_runs(clock, correction):
    for hour in (7, 8, 20):
        run_on(clock, reminders.half_on(correction), hour)
    run_on(clock, reminders.half_on(correction) + timedelta(days=1))

    assert mails("correction-half").count() == 1
    assert not mails("correction-last").exists()


def test_one_working_day_before_the_end_the_second_reminder_is_sent_once(clock, correction):
    for day in _days(ASKED, (correction.deadline_on - ASKED).days):
        run_on(clock, day)

    assert [mails("correction-half").count(), mails("correction-last").count()] == [1, 1]
    assert again(correction.request).state == S.RETURNED


def test_a_beat_that_was_down_does_not_send_two_at_once(clock, correction):
    run_on(clock, reminders.last_on(correction))
    run_on(clock, correction.deadline_on)

    assert [mails("correction-half").count(), mails("correction-last").count()] == [0, 1]


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "工作日"), ("en", "working days left")])
def test_a_reminder_speaks_the_company_s_language(clock, cast, correction, language, word):
    cast.owner.language = language
    cast.owner.save()

    run_on(clock, reminders.half_on(correction))

    mail = mails("correction-half").get()
    assert word in mail.body
    assert f"/{language}/company/requests/{correction.request.number}/" in mail.body
    assert "No seal." in mail.body


def test_who_has_answered_is_not_reminded(clock, cast, correction):
    requests.submit(correction.request_id, by=cast.owner)

    run_on(clock, reminders.last_on(correction))

    assert not mails("correction-").exists()


def test_more_time_brings_new_reminders(clock, cast, correction):
    run_on(clock, reminders.last_on(correction))
    corrections.extend(correction.request_id, days=20, by=cast.reception)
    correction.refresh_from_db()

    run_on(clock, reminders.last_on(correction))

    assert mails("correction-last").count() == 2


def test_the_last_day_is_the_company_s(clock, correction):
    run_on(clock, correction.deadline_on, 20)

    assert again(correction.request).state == S.RETURNED


def test_after_the_last_day_the_system_lapses_the_request_with_a_notice_once(clock, correction):
    for hour in (7, 8):
        run_on(clock, correction.deadline_on + timedelta(days=1), hour)

    case = again(correction.request)
    assert case.state == S.LAPSED
    assert list(case.events.filter(verb="lapse").values_list("by", "from_state")) == [(None, S.RETURNED)]
    assert mails("request-lapsed").count() == 1
    assert "/company/requests/new/invitation/" in mails("request-lapsed").get().body


def test_lapsing_by_hand_before_its_day_does_nothing(correction):
    assert requests.lapse(correction.request_id, by=None) is False
    assert again(correction.request).state == S.RETURNED


def test_a_case_that_fails_keeps_no_other_from_its_turn(clock, cast, correction, monkeypatch):
    second = returned(cast, days=10)
    original = requests.lapse

    def lapse(request_id, *, by=None):
        if request_id == correction.request_id:
            raise ZeroDivisionError
        return original(request_id, by=by)

    monkeypatch.setattr(requests, "lapse", lapse)
    run_on(clock, correction.deadline_on + timedelta(days=1))

    assert [again(row.request).state for row in (correction, second)] == [S.RETURNED, S.LAPSED]


def test_the_task_is_the_door(clock, correction):
    clock.move_to(at(reminders.half_on(correction)))

    remind()

    assert mails("correction-half").count() == 1


def test_a_due_decision_is_reported_to_every_head_once(clock, cast, request_in):
    deputy = officer("deputy@example.com", Role.HEAD, language="en")
    officer("gone@example.com", Role.HEAD, is_active=False)
    due, later = request_in(S.ACCEPTED), request_in(S.SUBMITTED)
    ServiceRequest.objects.filter(pk=later.pk).update(due_on=ASKED + timedelta(days=60))
    for hour in (7, 8):
        run_on(clock, due.due_on, hour)

    assert sorted(mails("escalation").values_list("to", flat=True)) == [deputy.email, cast.head.email]
    mail = mails("escalation").get(to=cast.head.email)
    assert (due.number in mail.body, later.number in mail.body) == (True, False)
    assert list(ServiceRequest.objects.escalated()) == [due]


def test_what_is_not_yet_due_is_not_reported(clock, cast, request_in):
    case = request_in(S.SUBMITTED)

    run_on(clock, case.due_on - timedelta(days=1))

    assert not mails("escalation").exists()


def test_each_period_of_the_clock_is_reported_anew(clock, cast, request_in):
    case = request_in(S.SUBMITTED)
    run_on(clock, case.due_on)
    requests.send_back(case.pk, items=[requests.Item("papers", "?")], by=cast.reception)
    requests.submit(case.pk, by=cast.owner)

    run_on(clock, again(case).due_on)

    assert mails("escalation").count() == 2


def test_without_a_head_it_is_marked_all_the_same(clock, cast, request_in):
    cast.head.groups.clear()
    case = request_in(S.SUBMITTED)

    run_on(clock, case.due_on)

    assert again(case).escalated_at


def test_the_green_channel_is_reported_at_its_own_term(clock, cast, request_in):
    case = request_in(S.SUBMITTED)
    requests.set_lane(case.pk, lane=Lane.GREEN, reason="Urgent.", by=cast.reception)

    run_on(clock, again(case).due_on)

    assert mails("escalation").count() == 1


def test_two_beats_at_once_send_one_reminder(transactional_db):
    """The second waits for the first one's lock and finds the reminder sent."""
    with time_machine.travel(at(ASKED), tick=True):
        cast = assemble()
        correction = returned(cast, days=10)
        bring_to(S.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
        half = reminders.half_on(correction)
    with time_machine.travel(at(half), tick=True):

        def beat():
            try:
                reminders.run()
            finally:
                connection.close()

        threads = [threading.Thread(target=beat) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert mails("correction-half").count() == 1


def _days(start, count):
    return [start + timedelta(days=n) for n in range(1, count + 1)]
