"""Reminders of anniversaries: on which days, and in which words."""

from datetime import date

import pytest

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.tasks import remind
from shenyang_fao.core.models import Mail
from tests.cast import officer
from tests.sister_cities.reminder_makers import on, subjects, tie_of


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR, language="en", name="Editor")


@pytest.mark.parametrize(
    ("today", "count"),
    [("2026-05-21", 0), ("2026-05-22", 1), ("2026-08-20", 1), ("2026-10-19", 1), ("2026-11-18", 1), ("2026-11-19", 0)],
)
def test_an_anniversary_is_told_from_180_days_before_until_its_day(editor, today, count):
    tie_of(signed_on=date(1981, 11, 18))

    with on(today):
        remind()

    assert Mail.objects.count() == count


def test_each_step_is_told_once_on_the_way_to_the_day(editor):
    tie_of(signed_on=date(1981, 11, 18))

    told = []
    for day in ("05-21", "05-22", "05-23", "08-19", "08-20", "08-21", "10-18", "10-19", "10-20", "11-18", "11-19"):
        with on(f"2026-{day}"):
            told += [day] * remind()

    assert told == ["05-22", "08-20", "10-19"]


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
