"""What officers are reminded of: when, whom, once, in which words."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import reminders
from shenyang_fao.core.models import Mail, Reminder, Unit
from shenyang_fao.core.tasks import remind
from sister_cities.models import Agreement, CounterpartLink, LinkActivity, Plan, PlanAction, Programme
from sister_cities.reminders import STEPS
from tests.cast import officer
from tests.sister_cities.factories import make_partner, make_tie, shenyang


def on(day):
    return time_machine.travel(f"{day} 04:00:00+00:00", tick=False)


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR, language="en", name="Editor")


def tie_of(*, officer=None, **fields):
    names = {"name": "札幌市", "name_zh_hans": "札幌市", "name_en": "Sapporo"}
    return make_tie(**({"partner": make_partner(officer=officer, **names)} | fields))


def make_action(*, due_on, officer=None, partner=None, **fields):
    programme = Programme.objects.create(
        slug="p", kind="action_plan", name="行动计划", name_zh_hans="行动计划", name_en="Action plan"
    )
    plan = Plan.objects.create(programme=programme, partner=partner)
    words = {"name": "互访", "name_zh_hans": "互访", "name_en": "Mutual visits"}
    return PlanAction.objects.create(plan=plan, unit=shenyang(), due_on=due_on, officer=officer, **(words | fields))


def make_link(**fields):
    school = Unit.objects.create(
        slug="school", kind="institution", name="实验学校", name_zh_hans="实验学校", name_en="Trial School"
    )
    words = {"foreign": "友谊学校", "foreign_zh_hans": "友谊学校", "foreign_en": "Friendship School", "country": "JP"}
    return CounterpartLink.objects.create(local=school, kind="school", **(words | fields))


def bodies():
    return [mail.body for mail in Mail.objects.order_by("pk")]


def subjects():
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("days", "step"),
    [(200, None), (181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)],
)
def test_a_day_counts_by_its_nearest_step(days, step):
    assert reminders.step_of(days, STEPS) == step


@pytest.mark.parametrize(
    ("today", "count"),
    [("2026-05-21", 0), ("2026-05-22", 1), ("2026-08-20", 1), ("2026-10-19", 1), ("2026-11-18", 1), ("2026-11-19", 0)],
)
def test_an_anniversary_is_told_from_180_days_before_until_its_day(editor, today, count):
    tie_of(signed_on=date(1981, 11, 18))

    with on(today):
        remind()

    assert Mail.objects.count() == count


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


def test_each_step_is_told_once_on_the_way_to_the_day(editor):
    tie_of(signed_on=date(1981, 11, 18))

    told = []
    for day in range(200):
        with on(date(2026, 5, 15) + timedelta(days=day)):
            told += [timezone.localdate()] * remind()

    assert told == [date(2026, 5, 22), date(2026, 8, 20), date(2026, 10, 19)]


def test_a_missed_day_is_caught_up(editor):
    tie_of(signed_on=date(1981, 11, 18))

    with on("2026-08-19"):
        remind()
    with on("2026-08-25"):
        remind()

    assert subjects() == [
        "Round anniversary: Shenyang and Sapporo, 45 years on 18 November 2026 (in 91 days)",
        "Round anniversary: Shenyang and Sapporo, 45 years on 18 November 2026 (in 85 days)",
    ]


def test_a_late_start_tells_the_nearest_step_only(editor):
    tie_of(signed_on=date(1981, 11, 18))

    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        with on(day):
            remind()

    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("zh-hans", "逢五逢十周年：沈阳市与札幌市结好45周年，2026年11月18日（还有30天）"),
        ("en", "Round anniversary: Shenyang and Sapporo, 45 years on 18 November 2026 (in 30 days)"),
    ],
)
def test_a_round_anniversary_is_marked_in_the_officer_s_language(db, language, subject):
    tie_of(signed_on=date(1981, 11, 18), officer=officer("owner@example.com", language=language))

    with on("2026-10-19"):
        remind()

    mail = Mail.objects.get()
    assert mail.subject == subject
    assert f"- {subject}" in mail.body


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("zh-hans", "沈阳市与札幌市结好46周年，2027年11月18日（还有30天）"),
        ("en", "Shenyang and Sapporo, 46 years on 18 November 2027 (in 30 days)"),
    ],
)
def test_other_anniversaries_are_not_marked(db, language, subject):
    tie_of(signed_on=date(1981, 11, 18), officer=officer("owner@example.com", language=language))

    with on("2027-10-19"):
        remind()

    assert subjects() == [subject]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "ended"},
        {"signed_precision": "month"},
        {"signed_precision": "year"},
        {"level": "unclear", "is_public": False},
    ],
)
def test_a_tie_that_ended_or_has_no_known_day_has_no_anniversary(editor, fields):
    tie_of(**({"signed_on": date(1981, 11, 18)} | fields))

    with on("2026-10-20"):
        remind()

    assert Mail.objects.count() == 0


def test_a_tie_of_the_29th_of_february_is_told_on_the_way_to_the_28th(editor):
    tie_of(signed_on=date(2020, 2, 29))

    with on("2027-01-29"):
        remind()

    assert subjects() == ["Shenyang and Sapporo, 7 years on 28 February 2027 (in 30 days)"]


def test_in_a_leap_year_it_is_the_29th_itself(editor):
    tie_of(signed_on=date(2020, 2, 29))

    with on("2028-02-28"):
        remind()

    assert subjects() == ["Shenyang and Sapporo, 8 years on 29 February 2028 (in 1 day)"]


def test_the_day_of_the_signature_is_no_anniversary(editor):
    tie_of(signed_on=date(2026, 3, 1))

    with on("2026-03-01"):
        remind()

    assert Mail.objects.count() == 0


def test_an_anniversary_of_next_january_is_told_in_december(editor):
    tie_of(signed_on=date(2025, 1, 5))

    with on("2026-12-20"):
        remind()

    assert subjects() == ["Shenyang and Sapporo, 2 years on 5 January 2027 (in 16 days)"]


@pytest.mark.parametrize(
    ("today", "subject"),
    [
        ("2026-06-16", None),
        ("2026-06-17", "Due on 1 July 2026 (in 14 days): Mutual visits – Sapporo · Action plan"),
        ("2026-07-01", "Due on 1 July 2026 (today): Mutual visits – Sapporo · Action plan"),
        ("2026-07-02", "Overdue since 1 July 2026: Mutual visits – Sapporo · Action plan"),
    ],
)
def test_an_action_is_told_14_days_before_and_when_it_is_overdue(editor, today, subject):
    make_action(due_on=date(2026, 7, 1), partner=tie_of(signed_on=None, signed_precision="").partner)

    with on(today):
        remind()

    assert subjects() == ([subject] if subject else [])


def test_an_action_is_told_twice_in_all(editor):
    make_action(due_on=date(2026, 7, 1))

    for day in range(60):
        with on(date(2026, 6, 1) + timedelta(days=day)):
            remind()

    assert Mail.objects.count() == 2


def test_a_deadline_that_was_moved_is_told_anew(editor):
    action = make_action(due_on=date(2026, 7, 1))
    with on("2026-06-20"):
        remind()

    action.due_on = date(2026, 9, 1)
    action.save()
    with on("2026-08-20"):
        remind()

    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    "fields", [{"state": "dropped"}, {"state": "done", "progress": 100, "done_on": date(2026, 6, 1)}]
)
def test_an_action_that_is_closed_is_not_told(editor, fields):
    make_action(due_on=date(2026, 7, 1), **fields)

    with on("2026-07-05"):
        remind()

    assert Mail.objects.count() == 0


def test_an_action_is_told_to_who_is_in_charge_else_to_the_partner_s_owner(db):
    owner, in_charge = officer("owner@example.com"), officer("charge@example.com")
    action = make_action(due_on=date(2026, 7, 1), officer=in_charge, partner=make_partner(officer=owner))

    with on("2026-06-20"):
        remind()
    action.officer = None
    action.save()
    with on("2026-06-20"):
        remind()

    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == ["charge@example.com", "owner@example.com"]


def test_a_dormant_link_is_told_once_and_again_after_it_woke_up_and_fell_asleep(editor):
    link = make_link(signed_on=date(2020, 1, 1), signed_precision="day")
    activity = {"link": link, "name": "互访", "name_zh_hans": "互访", "name_en": "Visit"}

    counts = []
    for day in ("2026-03-01", "2026-03-02"):
        with on(day):
            remind()
        counts.append(Mail.objects.count())
    LinkActivity.objects.create(happened_on=date(2026, 3, 3), **activity)
    for day in ("2026-03-04", "2027-03-03", "2027-03-04"):
        with on(day):
            remind()
        counts.append(Mail.objects.count())

    assert counts == [1, 1, 1, 1, 2]
    assert set(subjects()) == {"No activity for twelve months: Trial School – Friendship School"}


def test_a_link_s_own_officer_is_told(editor):
    make_link(officer=officer("link@example.com"))

    with on("2026-03-01"):
        remind()

    assert list(Mail.objects.values_list("to", flat=True)) == ["link@example.com"]


@pytest.mark.parametrize(("status", "count"), [("signed", 3), ("ended", 0)])
def test_the_end_of_an_agreement_is_told_in_three_steps(editor, status, count):
    words = {"name": "协议", "name_zh_hans": "协议", "name_en": "Agreement"}
    tie = tie_of(status=status, signed_on=None, signed_precision="")
    Agreement.objects.create(tie=tie, valid_until=date(2026, 12, 31), **words)

    for day in range(0, 250, 5):
        with on(date(2026, 5, 1) + timedelta(days=day)):
            remind()

    assert Mail.objects.count() == count


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
