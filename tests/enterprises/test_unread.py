"""How many messages wait to be read: in the company's list and menu, and in the officers' queue."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import Message, ServiceRequest
from tests.cast import Cast, draft
from tests.enterprises.guided import text_of

LIST = reverse("enterprises:request_list")
QUEUE = reverse("admin:enterprises_servicerequest_changelist")


@pytest.fixture
def case(request_in: Callable[[RequestState], ServiceRequest]) -> ServiceRequest:
    return request_in(RequestState.ACCEPTED)


@pytest.fixture
def told_twice(case: ServiceRequest, cast: Cast) -> ServiceRequest:
    for body in ("First.", "Second."):
        requests.write_message(case.pk, body=body, by=cast.reception)
    return case


def to_read(user: object) -> int:
    return Message.objects.to_read_for(user).count()


def unread_in_list(client: Client) -> dict[str, int]:
    return {str(row.case): row.case.unread for row in client.get(LIST).context["rows"]}


def unread_in_queue(client: Client) -> dict[str, int]:
    return {row.number: row.unread for row in client.get(QUEUE).context["cl"].result_list}


def test_the_companys_list_counts_what_the_office_wrote(client, cast, told_twice):
    requests.write_message(told_twice.pk, body="Ours does not count.", by=cast.owner)
    client.force_login(cast.owner)

    assert unread_in_list(client) == {told_twice.number: 2}


def test_reading_the_request_empties_list_and_menu(client, cast, told_twice):
    client.force_login(cast.owner)
    before = (unread_in_list(client)[told_twice.number], to_read(cast.owner))

    client.get(reverse("enterprises:request", args=[told_twice.number]))

    assert before == (2, 2)
    assert (unread_in_list(client)[told_twice.number], to_read(cast.owner)) == (0, 0)


def test_what_is_read_for_the_first_time_is_marked_as_new_once(client, cast, told_twice):
    client.force_login(cast.owner)
    address = f"/en/company/requests/{told_twice.number}/"

    first, second = (text_of(client.get(address)).count(">new<") for _time in range(2))

    assert (first, second) == (2, 0)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2 条未读消息"), ("en", "2 unread messages")])
def test_the_menu_of_every_page_says_it(client, cast, told_twice, language, words):
    client.force_login(cast.owner)

    # The menu stands twice on a page: wide, and folded for phones.
    assert text_of(client.get(f"/{language}/")).count(words) == 2


def test_nothing_unread_is_not_said(client, cast, case):
    client.force_login(cast.owner)

    assert "unread message" not in text_of(client.get("/en/"))


def test_nobody_else_counts_them(client, cast, told_twice):
    client.force_login(cast.outsider)

    assert "unread message" not in text_of(client.get("/en/"))
    assert to_read(cast.outsider) == 0


def test_a_visitor_costs_no_question(client, told_twice):
    with CaptureQueriesContext(connection) as captured:
        page = text_of(client.get("/en/"))

    assert "nav-list__count" not in page
    assert not [query for query in captured if "enterprises_message" in query["sql"]]


def test_the_menu_asks_once_a_page(client, cast, told_twice):
    client.force_login(cast.owner)

    with CaptureQueriesContext(connection) as captured:
        client.get("/en/")

    assert len([query for query in captured if "enterprises_message" in query["sql"]]) == 1


def test_the_queue_counts_what_the_company_wrote_until_an_officer_reads_it(client, cast, told_twice):
    for body in ("One.", "Two.", "Three."):
        requests.write_message(told_twice.pk, body=body, by=cast.owner)
    client.force_login(cast.reception)
    before = unread_in_queue(client)

    client.get(reverse("admin:enterprises_servicerequest_change", args=[told_twice.pk]))

    assert (before, unread_in_queue(client)) == ({told_twice.number: 3}, {told_twice.number: 0})


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "1 条未读消息"), ("en", "1 unread message")])
def test_the_queue_says_it_in_words(client, cast, case, language, words):
    requests.write_message(case.pk, body="One.", by=cast.owner)
    cast.auditor.language = language
    cast.auditor.save()
    client.force_login(cast.auditor)

    assert words in client.get(QUEUE).content.decode()


def test_the_filter_and_the_number_agree(client, cast, told_twice, request_in):
    written = request_in(RequestState.SUBMITTED)
    requests.write_message(written.pk, body="One.", by=cast.owner)
    client.force_login(cast.auditor)

    counted = {number for number, count in unread_in_queue(client).items() if count}

    assert counted == {case.number for case in ServiceRequest.objects.with_unread()}


def test_thirty_requests_cost_as_much_as_one(client, cast):
    client.force_login(cast.owner)
    counts = []

    for wanted in (1, 3, 30):
        while cast.company.requests.count() < wanted:
            case = draft(cast.company, by=cast.owner)
            Message.objects.create(request=case, by=cast.reception, is_from_office=True, body="Hello")
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2]


def test_a_message_that_came_after_the_page_was_made_stays_unread(cast, told_twice):
    shown = list(told_twice.messages.all())
    requests.write_message(told_twice.pk, body="Third.", by=cast.reception)

    requests.mark_read(told_twice, shown=shown, by=cast.owner)

    assert [message.body for message in Message.objects.to_read_for(cast.owner)] == ["Third."]
