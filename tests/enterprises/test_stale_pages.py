"""An officer decides on what was read, not on what came after."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from enterprises.actions import moves, requests
from enterprises.enums import RequestState
from enterprises.models import ServiceRequest
from shenyang_fao.core.errors import NotNow
from tests.cast import Cast
from tests.enterprises.corrected import correct_and_bring_back

S = RequestState


@pytest.fixture
def case(request_in: Callable[[RequestState], ServiceRequest]) -> ServiceRequest:
    return request_in(S.REVIEWED)


def state(case: ServiceRequest) -> str:
    return str(ServiceRequest.objects.get(pk=case.pk).state)


def test_a_sign_off_of_what_was_changed_meanwhile_is_refused(case: ServiceRequest, cast: Cast) -> None:
    seen = moves.mark_of(case)
    correct_and_bring_back(case, cast, reviewed=True)

    with pytest.raises(NotNow):
        requests.approve(case.pk, seen=seen, by=cast.approver)

    assert state(case) == S.REVIEWED


def test_a_sign_off_of_what_was_read_goes_through(case: ServiceRequest, cast: Cast) -> None:
    requests.approve(case.pk, seen=moves.mark_of(case), by=cast.approver)

    assert state(case) == S.APPROVED


def test_a_message_in_between_does_not_count_as_a_change(case: ServiceRequest, cast: Cast) -> None:
    seen = moves.mark_of(case)
    requests.write_message(case.pk, body="Any news?", by=cast.owner)

    requests.approve(case.pk, seen=seen, by=cast.approver)

    assert state(case) == S.APPROVED


def test_the_button_of_a_page_that_was_left_open_is_refused_with_words(
    client: Client, case: ServiceRequest, cast: Cast
) -> None:
    client.force_login(cast.approver)
    page = client.get(reverse("admin:enterprises_servicerequest_change", args=[case.pk])).content.decode()
    seen = re.findall(r'name="seen" value="(\d+)"', page)[0]
    correct_and_bring_back(case, cast, reviewed=True)

    door = reverse("admin:enterprises_servicerequest_approve", args=[case.pk])
    answer = client.post(door, {"seen": seen}, follow=True, headers={"Accept-Language": "zh-hans"})

    assert "请重新审阅后再作决定" in answer.content.decode()
    assert state(case) == S.REVIEWED
