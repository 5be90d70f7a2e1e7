"""The action-plan board: by year and unit, what is overdue marked by word, totals counted."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from sister_cities.admin.plan_board import Totals, board
from tests.cast import officer
from tests.sister_cities.plan_makers import make_action, make_plan, make_unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 5, 20)
DONE = {"state": "done", "progress": 100, "done_on": date(2025, 3, 1)}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2025-05-20T10:00:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(officer("editor@example.com", Role.EDITOR, language="en"))
    return client


def address(query: str = "") -> str:
    return reverse("admin:sister_cities_planaction_board") + query


def names(year: str = "", programme: str = "") -> list[tuple[str, list[str]]]:
    rows = board(year=year, programme=programme).rows
    return [(row.unit.name_en, [action.name_en for action in row.actions]) for row in rows]


def test_actions_stand_under_their_unit_by_deadline():
    plan, district, office = make_plan(), make_unit(kind="district", name_en="District"), make_unit(name_en="Office")
    make_action(plan=plan, unit=office, name_en="later", due_on=date(2025, 12, 1))
    make_action(plan=plan, unit=office, name_en="sooner", due_on=date(2025, 6, 1))
    make_action(plan=plan, unit=district, name_en="theirs", due_on=date(2025, 7, 1))
    make_action(plan=plan, unit=office, name_en="next year", due_on=date(2026, 1, 1))

    assert names() == [("District", ["theirs"]), ("Office", ["sooner", "later"])]


@pytest.mark.parametrize(
    ("days", "is_overdue"),
    [(-1, True), (0, False), (1, False)],
)
def test_an_action_is_overdue_the_day_after_its_deadline(signed_in, days, is_overdue):
    make_action(due_on=TODAY + timedelta(days=days))

    text = signed_in.get(address()).content.decode()

    assert ('<span class="bo-tag bo-tag--stop">overdue</span>' in text) is is_overdue


def test_the_mark_comes_with_the_day(signed_in, today):
    make_action(due_on=TODAY)

    before = board(year="", programme="").totals.overdue
    today.shift(timedelta(days=1))

    assert (before, board(year="", programme="").totals.overdue) == (0, 1)


def test_what_is_overdue_from_earlier_years_stands_on_this_years_board_only():
    make_action(name_en="carried", due_on=date(2024, 3, 1))
    make_action(name_en="settled", due_on=date(2024, 3, 1), **DONE)
    make_action(name_en="later", due_on=date(2026, 3, 1))

    assert [[actions for _unit, actions in names(year)] for year in ("2025", "2026")] == [[["carried"]], [["later"]]]


def test_totals_are_counted_and_what_was_dropped_lowers_no_mean():
    plan, unit = make_plan(), make_unit()
    make_action(plan=plan, unit=unit, due_on=TODAY - timedelta(days=1))
    make_action(plan=plan, unit=unit, due_on=TODAY, state="under_way", progress=50)
    make_action(plan=plan, unit=unit, due_on=TODAY, **DONE)
    make_action(plan=plan, unit=unit, due_on=TODAY, state="dropped", progress=10)

    totals = board(year="", programme="").totals

    assert totals == Totals(actions=4, done=1, under_way=1, planned=1, dropped=1, overdue=1, progress=50)


def test_the_board_is_asked_by_programme():
    mine, other = make_action(name_en="mine"), make_action(name_en="other")

    found = names(programme=str(mine.plan.programme_id))

    assert ([actions for _unit, actions in found], other.name_en in str(found)) == ([["mine"]], False)


def test_what_does_not_exist_asks_for_nothing():
    make_action(name_en="mine")

    assert [actions for _unit, actions in names(year="twenty", programme="0")] == [["mine"]]


@pytest.mark.parametrize(("language", "words"), [("en", "Open a plan and add its actions"), ("zh-hans", "请打开方案")])
def test_an_empty_board_says_what_to_do(client, language, words):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))

    assert words in client.get(address()).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_board_speaks_the_officers_language(client, language):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))
    action = make_action()

    text = client.get(address()).content.decode()

    assert (action.name_en in text, action.name_zh_hans in text) == (language == "en", language != "en")


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_board_takes_seven_queries_with_those_of_the_frame(signed_in, rows, django_assert_num_queries):
    for _row in range(rows):
        make_action(officer=None)

    with django_assert_num_queries(7):
        signed_in.get(address())


def test_others_see_no_board(client):
    client.force_login(officer("reviewer@example.com", Role.REVIEWER))

    assert client.get(address()).status_code == 403
