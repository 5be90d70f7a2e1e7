"""A visit moves along its states, and only what took place and has a source becomes public."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from delegations.visits.actions import visits as actions
from delegations.visits.enums import VisitState
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow, Refusal
from tests.cast import officer
from tests.delegations.makers import visit

S = VisitState


@pytest.mark.parametrize(("today", "steps"), [("2027-05-14T10:00+08:00", [S.CONFIRMED, S.UNDER_WAY, S.COMPLETED])])
def test_a_visit_goes_from_proposed_to_completed(protocol, time_machine, today, steps):
    time_machine.move_to(today)
    received = visit()

    for state in steps:
        actions.change_state(received.pk, state=state, by=protocol)

    received.refresh_from_db()
    assert received.state == S.COMPLETED


@pytest.mark.parametrize(
    ("state", "target", "words"),
    [
        (S.PROPOSED, S.COMPLETED, "from there it cannot become"),
        (S.COMPLETED, S.PROPOSED, "from there it cannot become"),
        (S.CONFIRMED, S.UNDER_WAY, "The delegation arrives on"),
        (S.UNDER_WAY, S.COMPLETED, "The delegation leaves on"),
    ],
)
def test_a_step_that_is_not_open_is_refused_in_words(protocol, state, target, words, time_machine):
    time_machine.move_to("2027-05-10T10:00+08:00")

    with translation.override("en"), pytest.raises(NotNow, match=words):
        actions.change_state(visit(state=state).pk, state=target, by=protocol)


def test_a_visit_without_days_is_not_confirmed(protocol):
    undated = visit(arrives_on=None, arrives_precision="", departs_on=None)

    with pytest.raises(Refusal):
        actions.change_state(undated.pk, state=S.CONFIRMED, by=protocol)


def test_what_keeps_a_visit_from_being_public_is_said_at_once(protocol):
    with translation.override("en"), pytest.raises(Refusal) as refused:
        actions.publish(visit().pk, by=protocol)

    assert str(refused.value) == (
        "The visit has not been completed. It names no source. The weight of its source is not given."
    )


def test_a_completed_visit_with_a_source_becomes_public_and_private_again(protocol):
    done = visit(state=S.COMPLETED, source="https://www.shenyang.gov.cn/", source_grade="official")

    actions.publish(done.pk, by=protocol)
    done.refresh_from_db()
    was_public = done.is_public
    actions.unpublish(done.pk, by=protocol)

    done.refresh_from_db()
    assert (was_public, done.is_public) == (True, False)


def test_an_auditor_moves_no_visit(db):
    with pytest.raises(PermissionDenied):
        actions.change_state(visit().pk, state=S.CONFIRMED, by=officer("auditor@example.com", Role.AUDITOR))
