"""The tiles of the register: each number is the length of the list it leads to."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from shenyang_fao.accounts.enums import Role
from sister_cities.dashboard import sister_cities
from tests.cast import officer
from tests.sister_cities.factories import make_tie
from tests.sister_cities.test_reminders import make_action, make_link


@pytest.fixture
def editor(client, db):
    person = officer("editor@example.com", Role.EDITOR, language="en")
    client.force_login(person)
    return person


def tiles(user):
    with override("en"):
        return [(str(tile.title), tile.count, tile.is_urgent) for tile in sister_cities(user).tiles]


def test_nothing_waits_in_an_empty_register(editor):
    assert [count for _title, count, _urgent in tiles(editor)] == [0, 0, 0, 0]


@time_machine.travel("2026-12-01 04:00:00+00:00", tick=False)
def test_each_tile_leads_to_a_list_of_that_length(client, editor):
    make_tie(signed_on=date(1981, 12, 1))
    make_tie(signed_on=date(1981, 3, 1))
    make_tie(signed_on=date(1996, 2, 29), source_grade="secondary")
    make_tie(signed_on=date(1981, 3, 2))
    make_tie(signed_on=date(1981, 11, 30))
    make_tie(signed_on=date(1981, 12, 1), signed_precision="month")
    make_tie(signed_on=date(1981, 12, 5), status="ended", is_public=False)
    make_tie(level="unclear", status="proposed", signed_on=None, signed_precision="", is_public=False)
    make_action(due_on=date(2026, 11, 30))
    make_link()

    shown = sister_cities(editor).tiles
    client.force_login(editor)
    lengths = [len(client.get(tile.url).context["cl"].result_list) for tile in shown]

    assert [tile.count for tile in shown] == [3, 1, 1, 2]
    assert lengths == [3, 1, 1, 2]


@time_machine.travel("2026-11-30 04:00:00+00:00", tick=False)
def test_the_29th_of_february_is_kept_on_the_28th(client, editor):
    make_tie(signed_on=date(1996, 2, 29))

    assert tiles(editor)[0] == ("Anniversaries within 90 days", 1, False)


def test_only_overdue_actions_are_urgent(editor):
    assert [title for title, _count, is_urgent in tiles(editor) if is_urgent] == ["Overdue actions"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_have_no_tiles_of_the_register(db, role):
    assert sister_cities(officer("other@example.com", role)) is None


def test_three_queries_count_everything_whatever_there_is(editor):
    editor.has_perm("sister_cities.view_tie")
    counts = []
    for _number in range(3):
        make_tie()
        with CaptureQueriesContext(connection) as queries:
            sister_cities(editor)
        counts.append(len(queries))

    assert counts == [3, 3, 3]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "90天内结好周年"), ("en", "Anniversaries within 90 days")])
def test_the_start_page_shows_them_in_the_officer_s_language(client, db, language, words):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))

    assert words in client.get("/admin/").content.decode()
