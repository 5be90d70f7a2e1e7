"""Each step of a tie: who may, from where, with which date; publishing; two officers at once."""

import threading
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import override

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import AuditEntry
from sister_cities.actions import ties as actions
from sister_cities.enums import TIE_STEPS, TieStatus
from sister_cities.models import Tie
from tests.cast import officer
from tests.sister_cities.factories import make_partner, make_tie, shenyang

S = TieStatus
ALLOWED = [(start, end) for start, ends in TIE_STEPS.items() for end in ends]
FORBIDDEN = [(start, end) for start in S for end in S if end not in TIE_STEPS[start] and start != end]
DAY = date(2001, 5, 4)


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


def tie_in(status, **fields):
    dates = {} if status in (S.SIGNED, S.DORMANT, S.ENDED) else {"signed_on": None, "signed_precision": ""}
    return make_tie(**({"status": status.value, "is_public": False} | dates | fields))


def step(tie, status, by, **fields):
    words = {"happened_on": DAY, "precision": "day", "note": "Decided by the council."} | fields
    return actions.change_status(tie.pk, status=status, by=by, **words)


def again(tie):
    return Tie.objects.get(pk=tie.pk)


@pytest.mark.parametrize(("start", "end"), ALLOWED)
def test_a_step_of_the_table_is_taken_and_remembered(editor, start, end):
    tie = tie_in(start, signed_on=None, signed_precision="")

    step(tie, end, editor)

    written = again(tie).steps.get()
    assert again(tie).status == end
    assert (written.status, written.happened_on, written.note, written.by) == (
        end, DAY, "Decided by the council.", editor,
    )  # fmt: skip


@pytest.mark.parametrize(("start", "end"), FORBIDDEN)
def test_a_step_beside_the_table_is_refused_and_changes_nothing(editor, start, end):
    tie = tie_in(start)

    with pytest.raises(NotNow):
        step(tie, end, editor)

    assert (again(tie).status, tie.steps.count()) == (start, 0)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_take_no_step_and_publish_nothing(db, role):
    tie, other = tie_in(S.SIGNED), officer("other@example.com", role)

    for refused in (actions.publish, actions.unpublish):
        with pytest.raises(PermissionDenied):
            refused(tie.pk, by=other)
    with pytest.raises(PermissionDenied):
        step(tie, S.DORMANT, other)

    assert (again(tie).status, again(tie).is_public) == (S.SIGNED, False)


def test_the_same_step_twice_is_one_step(editor):
    tie = tie_in(S.SIGNED)

    step(tie, S.DORMANT, editor)
    step(tie, S.DORMANT, editor)

    assert again(tie).steps.count() == 1


def test_another_officer_s_step_to_the_same_status_is_refused(editor):
    tie = tie_in(S.SIGNED)
    step(tie, S.DORMANT, editor)

    with pytest.raises(NotNow):
        step(tie, S.DORMANT, editor, happened_on=date(2002, 1, 1))

    assert again(tie).steps.count() == 1


def test_the_signature_gives_the_tie_its_date(editor):
    tie = tie_in(S.UNDER_APPROVAL)

    step(tie, S.SIGNED, editor, precision="month")

    assert (again(tie).signed_on, again(tie).signed_precision) == (DAY, "month")


def test_a_signature_of_unknown_date_leaves_the_tie_without_one(editor):
    tie = tie_in(S.PROPOSED)

    step(tie, S.SIGNED, editor, happened_on=None, precision="")

    assert (again(tie).status, again(tie).signed_on) == (S.SIGNED, None)


def test_a_tie_that_wakes_up_keeps_its_first_date(editor):
    tie = tie_in(S.DORMANT, signed_on=date(1981, 11, 18))

    step(tie, S.SIGNED, editor)

    assert again(tie).signed_on == date(1981, 11, 18)


def test_an_ended_tie_that_is_proposed_anew_is_hidden_and_has_no_date(editor):
    tie = tie_in(S.ENDED, is_public=True)

    step(tie, S.PROPOSED, editor)

    found = again(tie)
    assert (found.is_public, found.signed_on, found.signed_precision) == (False, None, "")


@time_machine.travel("2026-11-22 20:00:00+00:00", tick=False)
def test_tomorrow_in_shenyang_is_the_future(editor):
    tie = tie_in(S.PROPOSED)

    with pytest.raises(Refusal):
        step(tie, S.SIGNED, editor, happened_on=date(2026, 11, 24))
    step(tie, S.SIGNED, editor, happened_on=date(2026, 11, 23))

    assert again(tie).signed_on == date(2026, 11, 23)


def test_no_tie_ends_before_it_was_signed(editor):
    tie = tie_in(S.SIGNED, signed_on=date(1990, 6, 1))

    with pytest.raises(Refusal):
        step(tie, S.ENDED, editor, happened_on=date(1990, 5, 31))
    # Of this one only the year is known, and later in that year it was signed.
    step(tie, S.ENDED, editor, happened_on=date(1990, 1, 1), precision="year")

    assert again(tie).status == S.ENDED


def test_a_new_tie_begins_its_history(editor):
    tie = Tie(local=shenyang(), partner=make_partner(), level="sister")

    actions.enter_tie(tie, by=editor)

    written = tie.steps.get()
    assert (written.status, written.by) == (S.PROPOSED, editor)
    entry = AuditEntry.objects.get(table="sister_cities_tie", row=str(tie.pk))
    assert entry.actor_id == editor.pk


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"source": "", "source_grade": ""}, "It names no source."),
        ({"source_grade": ""}, "The weight of its source is not given."),
        ({"level": "unclear"}, "Its level is not clear."),
        ({"status": "proposed", "signed_on": None, "signed_precision": ""}, "The tie has not been signed."),
        ({"status": "ended", "signed_on": None, "signed_precision": ""}, "The tie has not been signed."),
    ],
)
def test_a_tie_on_weak_ground_is_not_published_and_the_officer_reads_why(editor, fields, obstacle):
    tie = make_tie(**({"is_public": False} | fields))

    with override("en"), pytest.raises(Refusal) as refused:
        actions.publish(tie.pk, by=editor)

    assert obstacle in str(refused.value)
    assert again(tie).is_public is False


def test_publishing_and_taking_off_again_are_harmless_twice(editor):
    tie = tie_in(S.SIGNED)

    acts = (actions.publish, actions.publish, actions.unpublish, actions.unpublish)
    seen = [act(tie.pk, by=editor).is_public for act in acts]

    assert seen == [True, True, False, False]
    assert AuditEntry.objects.filter(table="sister_cities_tie", row=str(tie.pk), operation="UPDATE").count() == 2


def race(*acts):
    """Let each act in its own thread and connection; return what each was refused with, or None."""
    answers = [None] * len(acts)

    def run(place, act):
        try:
            act()
        except Refusal as refusal:
            answers[place] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_officers_at_once_one_signs_and_the_other_is_told(transactional_db):
    first, second = officer("a@example.com", Role.EDITOR), officer("b@example.com", Role.EDITOR)
    tie = tie_in(S.PROPOSED)

    answers = race(
        lambda: step(tie, S.SIGNED, first),
        lambda: step(tie, S.SIGNED, second, happened_on=date(1999, 1, 1)),
    )

    assert sorted(answers, key=str) == sorted([None, NotNow], key=str)
    assert again(tie).steps.count() == 1


def test_the_lock_is_what_holds_the_second_officer_back(transactional_db):
    """The positive control of the race: without waiting, the second one would have gone through."""
    by = officer("a@example.com", Role.EDITOR)
    tie = tie_in(S.PROPOSED)
    is_done = threading.Event()

    def sign():
        step(tie, S.SIGNED, by)
        is_done.set()
        connection.close()

    with transaction.atomic():
        Tie.objects.select_for_update().get(pk=tie.pk)
        thread = threading.Thread(target=sign)
        thread.start()
        waited = not is_done.wait(0.5)
    thread.join()

    assert waited
    assert again(tie).status == S.SIGNED
