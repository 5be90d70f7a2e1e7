"""The decision clock: lanes, stops and starts, days waited, the traffic light."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import override

from enterprises.actions import moves, requests
from enterprises.actions.corrections import Item
from enterprises.admin import tags
from enterprises.enums import Lane, RequestState
from enterprises.models import ServiceRequest
from shenyang_fao.core import workdays
from shenyang_fao.core.errors import NotNow, Refusal
from tests.enterprises.corrected import again, at

S = RequestState
DAY = date(2026, 9, 28)  # a Monday; 1-7 October is a holiday


@pytest.fixture
def clock():
    with time_machine.travel(at(DAY), tick=False) as traveller:
        yield traveller


def go_to(clock, working_days):
    clock.move_to(at(workdays.add_working_days(DAY, working_days)))


def hasten(case, cast, lane=Lane.GREEN, reason="The fair opens on Friday."):
    requests.set_lane(case.pk, lane=lane, reason=reason, by=cast.reception)


def test_a_holiday_week_does_not_count(clock, cast, request_in):
    # Tuesday and Wednesday, then Thursday the 8th and Friday the 9th, then a Saturday that is worked.
    assert request_in(S.SUBMITTED).due_on == date(2026, 10, 10)


def test_the_green_channel_has_its_own_term(clock, cast, request_in):
    case = request_in(S.SUBMITTED)

    hasten(case, cast)

    assert again(case).due_on == workdays.add_working_days(DAY, 2)


def test_the_green_channel_promises_nothing_for_the_past_and_never_more_than_the_normal_lane(clock, cast, request_in):
    early, late = request_in(S.SUBMITTED), request_in(S.ACCEPTED)
    go_to(clock, 2)
    hasten(early, cast)
    go_to(clock, 4)
    hasten(late, cast)

    assert again(early).due_on == workdays.add_working_days(DAY, 4)
    assert again(late).due_on == workdays.add_working_days(DAY, 5)


def test_back_in_the_normal_lane_the_normal_term_counts_from_the_start(clock, cast, request_in):
    case = request_in(S.SUBMITTED)
    hasten(case, cast)
    go_to(clock, 1)

    hasten(case, cast, Lane.NORMAL, "It can wait.")

    assert again(case).due_on == workdays.add_working_days(DAY, 5)


def test_each_change_of_lanes_stands_in_the_timeline_once(cast, request_in):
    case = request_in(S.SUBMITTED)

    for _press in range(2):
        hasten(case, cast)

    lines = case.events.filter(verb="hasten").values_list("note", "by", "from_state", "to_state")
    assert list(lines) == [("The fair opens on Friday.", cast.reception.pk, S.SUBMITTED, S.SUBMITTED)]


def test_a_change_of_lanes_needs_a_reason(cast, request_in):
    with pytest.raises(Refusal):
        hasten(request_in(S.SUBMITTED), cast, reason=" ")


@pytest.mark.parametrize("who", ["reception", "reviewer", "approver", "head"])
def test_handlers_and_the_head_set_the_lane(cast, request_in, who):
    case = request_in(S.SUBMITTED)

    requests.set_lane(case.pk, lane=Lane.GREEN, reason="Urgent.", by=getattr(cast, who))

    assert again(case).is_green


@pytest.mark.parametrize("who", ["auditor", "owner", "outsider"])
def test_nobody_else_sets_the_lane(cast, request_in, who):
    with pytest.raises(PermissionDenied):
        requests.set_lane(request_in(S.SUBMITTED).pk, lane=Lane.GREEN, reason="Urgent.", by=getattr(cast, who))


@pytest.mark.parametrize("state", [S.APPROVED, S.REFUSED, S.WITHDRAWN])
def test_the_lane_of_what_is_decided_stays(cast, request_in, state):
    with pytest.raises(NotNow):
        hasten(request_in(state), cast)


def test_a_lane_nobody_knows_is_refused_by_the_database(cast, request_in):
    case = request_in(S.SUBMITTED)

    with pytest.raises(IntegrityError, match="request_lane_known"), transaction.atomic():
        ServiceRequest.objects.filter(pk=case.pk).update(lane="express")


def test_a_lane_set_while_the_company_corrects_counts_from_its_return(clock, cast, request_in):
    case = request_in(S.RETURNED)
    hasten(case, cast)
    before = again(case).due_on
    go_to(clock, 3)

    requests.submit(case.pk, by=cast.owner)

    assert (before, again(case).due_on) == (None, workdays.add_working_days(DAY, 5))


def test_a_page_left_open_stays_good_when_only_the_lane_changed(cast, request_in):
    case = request_in(S.SUBMITTED)
    seen = moves.mark_of(case)
    hasten(case, cast)

    requests.accept(case.pk, seen=seen, by=cast.reception)

    assert again(case).state == S.ACCEPTED


def test_time_at_the_company_is_not_waited(clock, cast, request_in):
    case = request_in(S.SUBMITTED)
    go_to(clock, 2)
    requests.send_back(case.pk, items=[Item("papers", "?")], by=cast.reception)
    go_to(clock, 6)
    at_company = again(case).days_waited
    requests.submit(case.pk, by=cast.owner)
    go_to(clock, 9)

    assert (at_company, again(case).days_waited) == (2, 5)
    assert again(case).due_on == workdays.add_working_days(DAY, 11)


@pytest.mark.parametrize("end", ["refuse", "withdraw", "approve"])
def test_the_days_stand_still_once_the_office_is_done(clock, cast, request_in, end):
    case = request_in(S.REVIEWED)
    go_to(clock, 3)
    ends = {
        "refuse": lambda: requests.refuse(case.pk, reason="No.", remedy="File anew.", by=cast.reception),
        "withdraw": lambda: requests.withdraw(case.pk, by=cast.owner),
        "approve": lambda: requests.approve(case.pk, by=cast.approver),
    }

    ends[end]()
    go_to(clock, 20)

    assert again(case).days_waited == 3


def test_the_database_counts_the_days_as_python_does(clock, cast, request_in):
    cases = [request_in(S.SUBMITTED)]
    go_to(clock, 4)
    cases += [request_in(S.ACCEPTED), request_in(S.RETURNED)]
    go_to(clock, 7)

    found = ServiceRequest.objects.with_days_waited().order_by("pk")
    assert [row.waited for row in found] == [row.days_waited for row in found] == [7, 3, 0]


def test_with_nothing_running_nothing_is_counted(cast, request_in):
    request_in(S.WITHDRAWN)

    assert [row.waited for row in ServiceRequest.objects.with_days_waited()] == [0]


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (5, "剩余 5 个工作日", "ok"),
        (1, "剩余 1 个工作日", "warn"),
        (0, "今日到期", "warn"),
        (-2, "逾期 2 个工作日", "stop"),
    ],
)
@pytest.mark.parametrize("lane", Lane)
def test_the_light_says_in_words_and_colour(clock, lane, days, words, tone):
    due = workdays.add_working_days(DAY, days) if days >= 0 else _back(DAY, -days)
    case = ServiceRequest(state=S.ACCEPTED, lane=lane, due_on=due)

    with override("zh-hans"):
        light = tags.clock(case)

    assert f"bo-tag--{tone}" in light
    assert words in light


def _back(day, working_days):
    while workdays.working_days_between(day, DAY) < working_days:
        day -= timedelta(days=1)
    return day
