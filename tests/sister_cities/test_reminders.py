"""The one mail a day: to whom, once, in which order."""

import threading
from datetime import date

import pytest
import time_machine
from django.db import connection

from shenyang_fao.accounts import reminders
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import Reminder
from shenyang_fao.accounts.tasks import remind
from shenyang_fao.core.models import Mail
from sister_cities.reminders import STEPS
from tests.cast import officer
from tests.sister_cities.factories import make_tie
from tests.sister_cities.reminder_makers import bodies, make_action, make_link, on, tie_of


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR, language="en", name="Editor")


@pytest.mark.parametrize(
    ("days", "step"),
    [(200, None), (181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)],
)
def test_a_day_counts_by_its_nearest_step(days, step):
    assert reminders.step_of(days, STEPS) == step


def test_the_owner_officer_is_told_and_nobody_else(editor):
    owner = officer("owner@example.com", Role.EDITOR)
    tie_of(signed_on=date(1981, 11, 18), officer=owner)

    with on("2026-10-20"):
        remind()

    assert list(Mail.objects.values_list("to", flat=True)) == ["owner@example.com"]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_for_an_owner_who_no_longer_serves_all_editors_are_told(editor, fields):
    officer("second@example.com", Role.EDITOR)
    officer("gone@example.com", Role.EDITOR, is_active=False)
    officer("reception@example.com", Role.RECEPTION)
    tie_of(signed_on=date(1981, 11, 18), officer=officer("owner@example.com", **fields))

    with on("2026-10-20"):
        remind()

    assert sorted(Mail.objects.values_list("to", flat=True)) == ["editor@example.com", "second@example.com"]


def test_told_twice_a_day_is_told_once(editor):
    tie_of(signed_on=date(1981, 11, 18))

    with on("2026-10-20"):
        written = [remind(), remind()]

    assert (written, Mail.objects.count()) == ([1, 0], 1)


def test_everything_of_a_day_comes_in_one_mail_by_headings(editor):
    tie_of(signed_on=date(1981, 3, 20))
    make_action(due_on=date(2026, 2, 20))
    make_link()

    with on("2026-03-01"):
        remind()

    mail = Mail.objects.get()
    assert mail.subject == (
        "3 reminders, among them: Round anniversary: Shenyang and Sapporo, 45 years on 20 March 2026 (in 19 days)"
    )
    assert [mail.body.index(heading) for heading in ("Anniversaries\n", "Actions of", "Counterpart links")] == sorted(
        mail.body.index(heading) for heading in ("Anniversaries\n", "Actions of", "Counterpart links")
    )
    assert mail.body.count("/admin/sister_cities/") == 3


def test_what_comes_up_later_in_the_day_waits_for_tomorrow(editor):
    tie_of(signed_on=date(1981, 11, 18))
    with on("2026-10-20"):
        remind()
    make_action(due_on=date(2026, 10, 25))

    with on("2026-10-20"):
        same_day = remind()
    with on("2026-10-21"):
        next_day = remind()

    assert (same_day, next_day) == (0, 1)


def test_more_than_anybody_reads_waits_for_the_next_days(editor):
    for _number in range(reminders.AT_MOST + 1):
        make_tie(signed_on=date(1981, 11, 18))

    written = []
    for day in ("2026-10-20", "2026-10-21", "2026-10-22"):
        with on(day):
            written.append(remind())

    assert written == [1, 1, 0]
    assert [body.count("\n- ") for body in bodies()] == [reminders.AT_MOST, 1]


def test_nobody_to_tell_is_no_fault(db):
    tie_of(signed_on=date(1981, 11, 18))

    with on("2026-10-20"):
        assert remind() == 0


@time_machine.travel("2026-10-20 04:00:00+00:00", tick=True)
def test_two_beats_at_once_write_one_mail(transactional_db):
    officer("editor@example.com", Role.EDITOR)
    tie_of(signed_on=date(1981, 11, 18))

    def beat():
        try:
            remind()
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Mail.objects.count(), Reminder.objects.count()) == (1, 1)


def test_the_beat_rings_in_the_hours_of_the_day(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["remind"]

    assert entry["task"] == remind.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == (set(range(7, 21)), {10})
