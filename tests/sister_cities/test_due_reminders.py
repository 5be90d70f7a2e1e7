"""Reminders of actions, dormant links and agreements that end."""

from datetime import date, timedelta

import pytest

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.tasks import remind
from shenyang_fao.core.models import Mail
from sister_cities.models import Agreement, LinkActivity
from tests.cast import officer
from tests.sister_cities.factories import make_partner
from tests.sister_cities.reminder_makers import make_action, make_link, on, subjects, tie_of


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR, language="en", name="Editor")


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

    for day in ("07-03", "07-04", "07-05", "10-02", "10-03", "12-01", "12-31"):
        with on(f"2026-{day}"):
            remind()

    assert Mail.objects.count() == count
