"""Progress of the plans' actions: who may report it, and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import AuditEntry, StoredFile
from sister_cities.actions import plans as actions
from sister_cities.enums import ActionState
from sister_cities.models import ActionReport
from tests.cast import officer
from tests.sister_cities.plan_makers import TODAY, evidence, make_action, report, standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may_2025")]


@pytest.mark.parametrize(
    ("progress", "after"),
    [
        (0, (ActionState.PLANNED, 0, None)),
        (1, (ActionState.UNDER_WAY, 1, None)),
        (99, (ActionState.UNDER_WAY, 99, None)),
        (100, (ActionState.DONE, 100, TODAY)),
    ],
)
def test_a_report_moves_the_action(editor, progress, after):
    action = make_action()

    report(action, editor, progress)

    assert standing(action) == after


def test_nothing_new_leaves_an_action_under_way(editor):
    action = make_action(state=ActionState.UNDER_WAY, progress=30)

    report(action, editor, 0)

    assert standing(action) == (ActionState.UNDER_WAY, 0, None)


def test_a_report_keeps_its_evidence_in_private_and_its_author_in_the_trail(editor):
    action = make_action()

    made = report(action, editor, file=evidence())

    assert StoredFile.objects.get(pk=made.file_id).created_by == editor
    entry = AuditEntry.objects.get(table="sister_cities_planaction", row=str(action.pk), operation="UPDATE")
    assert entry.actor_id == editor.pk


def test_the_same_report_twice_is_one(editor):
    action = make_action()

    first = report(action, editor, 100, file=evidence())
    second = report(action, editor, 100, file=evidence())

    assert (first, ActionReport.objects.count(), StoredFile.objects.count()) == (second, 1, 1)


def test_the_same_words_with_other_evidence_are_another_report(editor):
    action = make_action()

    report(action, editor, file=evidence("white"))
    report(action, editor, file=evidence("black"))

    assert ActionReport.objects.count() == 2


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("verb", ["report_progress", "drop", "reopen"])
def test_only_editors_move_an_action(role, verb):
    action, other = make_action(), officer("other@example.com", role)
    said: dict[str, Any] = {"reason": "x"}
    if verb == "report_progress":
        said = {"on": TODAY, "progress": 50, "note": "x"}

    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(action.pk, **said, by=other)

    assert standing(action) == (ActionState.PLANNED, 0, None)


@pytest.mark.parametrize(
    "said", [{"on": TODAY + timedelta(days=1)}, {"progress": 101}, {"progress": -1}, {"on": TODAY - timedelta(days=3)}]
)
def test_a_report_that_cannot_be_true_is_refused(editor, said):
    action = make_action()
    report(action, editor, 10, on=TODAY - timedelta(days=2))

    with pytest.raises(Refusal):
        report(action, editor, **said)

    assert standing(action) == (ActionState.UNDER_WAY, 10, None)


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.DROPPED])
def test_nobody_reports_on_what_is_done_or_dropped(editor, state):
    is_done = state == ActionState.DONE
    action = make_action(state=state, progress=100 if is_done else 20, done_on=TODAY if is_done else None)

    with pytest.raises(NotNow):
        report(action, editor, 50)

    assert not ActionReport.objects.exists()


def test_an_action_is_dropped_with_a_reason_and_only_once(editor):
    action = make_action(state=ActionState.UNDER_WAY, progress=30)

    actions.drop(action.pk, reason="The partner withdrew.", by=editor)
    actions.drop(action.pk, reason="The partner withdrew.", by=editor)

    assert standing(action) == (ActionState.DROPPED, 30, None)
    assert [(each.note, each.state) for each in action.reports.all()] == [("The partner withdrew.", "dropped")]


def test_what_is_done_is_not_dropped(editor):
    action = make_action(state=ActionState.DONE, progress=100, done_on=TODAY)

    with pytest.raises(NotNow):
        actions.drop(action.pk, reason="x", by=editor)

    assert standing(action) == (ActionState.DONE, 100, TODAY)


def test_what_was_done_by_mistake_falls_back_to_the_progress_before(editor):
    action = make_action()
    report(action, editor, 60)
    report(action, editor, 100)

    actions.reopen(action.pk, reason="One visit is missing.", by=editor)

    assert standing(action) == (ActionState.UNDER_WAY, 60, None)


def test_what_was_dropped_before_anything_was_done_is_planned_again(editor):
    action = make_action()
    actions.drop(action.pk, reason="x", by=editor)

    actions.reopen(action.pk, reason="y", by=editor)
    actions.reopen(action.pk, reason="y", by=editor)

    assert standing(action) == (ActionState.PLANNED, 0, None)
    assert [each.note for each in action.reports.all()] == ["y", "x"]
