"""The queue of requests in the back office."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enterprises.actions.moves import mark_of
from enterprises.admin.queue import Next
from enterprises.enums import RequestState
from enterprises.models import ServiceRequest
from tests.cast import bring_to, complete_invitation, draft

QUEUE = reverse("admin:enterprises_servicerequest_changelist")


@pytest.fixture
def open_queue(client):
    def open_as(user, query=""):
        client.force_login(user)
        return client.get(f"{QUEUE}?{query}")

    return open_as


def numbers(response):
    return [row.number for row in response.context["cl"].result_list]


def test_a_draft_is_nobodys_business(open_queue, cast):
    draft(cast.company, by=cast.owner)

    assert numbers(open_queue(cast.reception)) == []


def test_a_request_shows_state_and_clock_in_words(open_queue, cast, request_in):
    request = request_in(RequestState.SUBMITTED)

    page = open_queue(cast.reception).content.decode()

    assert request.number in page
    assert "已提交" in page
    assert "剩余 5 个工作日" in page


def test_what_is_overdue_says_so_and_can_be_filtered(open_queue, cast, request_in):
    late, other = request_in(RequestState.SUBMITTED), request_in(RequestState.SUBMITTED)
    ServiceRequest.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=14))

    response = open_queue(cast.reception, "clock=overdue")

    assert numbers(response) == [late.number]
    assert other.number not in response.content.decode()
    assert "逾期" in response.content.decode()


def test_the_earliest_due_date_stands_first_and_the_closed_last(open_queue, cast, request_in):
    refused, second, first = (request_in(state) for state in ("refused", "submitted", "submitted"))
    ServiceRequest.objects.filter(pk=first.pk).update(due_on=timezone.localdate())

    assert numbers(open_queue(cast.reception)) == [first.number, second.number, refused.number]


def test_of_one_due_date_what_was_handed_in_first_stands_first(open_queue, cast, request_in):
    first, second = request_in(RequestState.SUBMITTED), request_in(RequestState.SUBMITTED)

    assert numbers(open_queue(cast.reception)) == [first.number, second.number]


def press(client, case, **data):
    seen = {"seen": mark_of(ServiceRequest.objects.get(pk=case.pk))}
    return client.post(reverse("admin:enterprises_servicerequest_accept", args=[case.pk]), seen | data)


def test_a_decision_leads_to_the_next_case_when_asked_to(client, cast, request_in):
    first, second, third = (request_in(RequestState.SUBMITTED) for _case in range(3))
    client.force_login(cast.reception)

    answers = [press(client, second, next="1"), press(client, third, next="1"), press(client, first, next="1")]

    assert [answer["Location"].split("/")[-3] for answer in answers] == [str(case.pk) for case in (third, first, first)]


def test_a_refused_press_stays_with_its_case(client, cast, request_in):
    first, _second = request_in(RequestState.SUBMITTED), request_in(RequestState.SUBMITTED)
    client.force_login(cast.reception)

    answer = press(client, first, next="1", seen="old")

    assert answer["Location"].split("/")[-3] == str(first.pk)


def test_a_case_names_the_next_one_and_how_many_wait(client, cast, request_in):
    first, second = request_in(RequestState.SUBMITTED), request_in(RequestState.SUBMITTED)
    request_in(RequestState.ACCEPTED)
    client.force_login(cast.reception)
    press(client, first)

    page = client.get(reverse("admin:enterprises_servicerequest_change", args=[first.pk]))

    assert page.context["next_case"] == Next(second.pk, second.number, waiting=1)
    assert "autofocus>看下一件</a>" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "state"), [("reception", "submitted"), ("reviewer", "accepted"), ("approver", "reviewed")]
)
def test_waiting_for_me_follows_the_role(open_queue, cast, request_in, role, state):
    made = {name: request_in(RequestState(name)) for name in ("submitted", "accepted", "reviewed")}

    assert numbers(open_queue(getattr(cast, role), "waiting=me")) == [made[state].number]


@pytest.mark.parametrize("text", ["number", "浑河", "Hunhe"])
def test_search_by_number_and_company(open_queue, cast, request_in, text):
    request = request_in(RequestState.SUBMITTED)
    query = request.number if text == "number" else text

    assert numbers(open_queue(cast.reception, f"q={query}")) == [request.number]


def test_more_rows_cost_no_more_queries(client, cast, request_in):
    client.force_login(cast.reception)
    client.get(QUEUE)
    counts = []
    for target in (1, 3, 30):
        while ServiceRequest.objects.count() < target:
            bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


@pytest.mark.parametrize("user", ["owner", "outsider"])
def test_companies_have_no_queue(client, cast, user):
    client.force_login(getattr(cast, user))

    assert client.get(QUEUE).status_code in {302, 403}


@pytest.mark.parametrize("door", ["add/", "1/delete/"])
def test_nothing_is_added_or_deleted_here(client, cast, request_in, door):
    request = request_in(RequestState.SUBMITTED)
    client.force_login(cast.reception)

    assert client.post(f"{QUEUE}{door.replace('1', str(request.pk))}").status_code == 403
