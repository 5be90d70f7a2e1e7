"""Reminders of close-outs by the calendar."""

from datetime import timedelta

import pytest
import time_machine

from enterprises import reminders
from enterprises.invitations import closing
from enterprises.tasks import remind
from shenyang_fao.core.models import Mail
from tests.cast import assemble
from tests.enterprises.closed import issued, noon

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def counts():
    return [Mail.objects.filter(key__startswith=f"close-out-{which}").count() for which in ("early", "last")]


def run_on(*days):
    for day in days:
        with time_machine.travel(noon(day), tick=False):
            reminders.run()


@pytest.fixture
def case(cast):
    return issued(cast)


def test_nothing_is_sent_before_the_last_week(case):
    run_on(case.close_out_due_on - WEEK - DAY)

    assert counts() == [0, 0]


def test_a_week_before_and_on_the_day_one_reminder_each_however_often_the_beat_runs(case):
    due = case.close_out_due_on

    run_on(due - WEEK, due - WEEK, due - WEEK + DAY)
    before = counts()
    run_on(due, due, due + DAY)

    assert (before, counts()) == ([1, 0], [1, 1])


def test_a_beat_that_was_down_sends_the_last_one_alone(case):
    run_on(case.close_out_due_on + DAY, case.close_out_due_on + 2 * DAY)

    assert counts() == [0, 1]


def test_who_has_reported_is_not_reminded(cast, case):
    closing.report(case.pk, reports=[], is_cancelled=True, by=cast.owner)

    run_on(case.close_out_due_on - WEEK, case.close_out_due_on)

    assert counts() == [0, 0]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "销签"), ("en", "report on the visit")])
def test_a_reminder_names_the_request_and_leads_to_the_form(cast, case, language, words):
    cast.owner.language = language
    cast.owner.save()

    run_on(case.close_out_due_on - WEEK)

    mail = Mail.objects.get(key__startswith="close-out-early")
    assert case.number in mail.subject
    assert words in mail.subject
    assert f"/{language}/company/requests/{case.number}/close-out/" in mail.body
    assert ("您好" in mail.body) == (language == "zh-hans")


@pytest.mark.django_db(transaction=True)
def test_the_beats_own_task_reminds():
    case = issued(assemble())

    with time_machine.travel(noon(case.close_out_due_on), tick=False):
        remind()

    assert counts() == [0, 1]
